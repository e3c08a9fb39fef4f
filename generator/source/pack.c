#include "source/pack.h"

#include <dirent.h>
#include <fcntl.h>
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

enum {
	INDEX_HEAD = 8,
	FANOUT = 256,
	INDEX_TABLES = INDEX_HEAD + 4 * FANOUT,
	CHECK_SUM = GIT_OID_RAWSZ, /* behind a pack and, twice, behind an index */
	PACK_HEAD = 12,
	FIRST_READ = 512, /* bytes: most entries are shorter */
	BLOCK = 1 << 14,  /* bytes: objects that are read one after the other lie close together */
	BLOCKS = 64
};

enum { TYPE_COMMIT = 1, TYPE_TREE = 2, TYPE_TAG = 4, TYPE_OFFSET_DELTA = 6 };

struct pack {
	int file;
	uint64_t end; /* byte behind the last entry */
	const unsigned char *index;
	size_t index_size;
	uint32_t count;
};

struct packs {
	struct pack *items;
	size_t count, capacity;
	uint32_t last; /* the pack that held what was found last: the next is likely there too */
	struct libdeflate_decompressor *inflater;
	struct block {
		struct pack_place place; /* of its first byte */
		size_t len;              /* 0: holds nothing */
	} blocks[BLOCKS];
	char *block_bytes;
	char *input; /* what crosses the end of a block */
	size_t input_capacity;
};

static uint32_t big_endian(const unsigned char *bytes)
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* Maps an index of version 2, whose tables fit its size. */
static bool map_index(struct pack *pack, const char *path)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	struct stat facts;
	if (file < 0 || fstat(file, &facts) != 0 || facts.st_size < INDEX_TABLES + 2 * CHECK_SUM) {
		if (file >= 0)
			close(file);
		return false;
	}
	pack->index_size = (size_t)facts.st_size;
	void *map = mmap(NULL, pack->index_size, PROT_READ, MAP_PRIVATE, file, 0);
	close(file);
	if (map == MAP_FAILED)
		return false;
	pack->index = map;
	pack->count = big_endian(pack->index + INDEX_TABLES - 4);
	size_t row = GIT_OID_RAWSZ + 4 + 4; /* id, check sum, offset */
	bool fits = memcmp(pack->index, "\377tOc\0\0\0\2", INDEX_HEAD) == 0 &&
	            (pack->index_size - INDEX_TABLES - 2 * CHECK_SUM) / row >= pack->count;
	for (size_t i = 1; i < FANOUT && fits; i++)
		fits =
		    big_endian(pack->index + INDEX_HEAD + 4 * (i - 1)) <= big_endian(pack->index + INDEX_HEAD + 4 * i);
	return fits;
}

static void close_pack(struct pack *pack)
{
	if (pack->index)
		munmap((void *)(uintptr_t)pack->index, pack->index_size);
	if (pack->file >= 0)
		close(pack->file);
}

static void open_pack(struct packs *packs, const char *folder, const char *name)
{
	struct buf path = BUF_INIT;
	struct pack pack = { .file = -1 };
	struct stat facts;
	int stem = (int)(strlen(name) - strlen(".idx"));
	buf_printf(&path, "%s/%s", folder, name);
	bool fine = map_index(&pack, buf_str(&path));
	buf_clear(&path);
	buf_printf(&path, "%s/%.*s.pack", folder, stem, name);
	if (fine)
		pack.file = open(buf_str(&path), O_RDONLY | O_CLOEXEC);
	buf_free(&path);
	if (pack.file < 0 || fstat(pack.file, &facts) != 0 || facts.st_size < PACK_HEAD + CHECK_SUM) {
		close_pack(&pack);
		return;
	}
	pack.end = (uint64_t)facts.st_size - CHECK_SUM;
	if (packs->count == packs->capacity) {
		packs->capacity = packs->capacity ? packs->capacity * 2 : 8;
		packs->items = xreallocarray(packs->items, packs->capacity, sizeof *packs->items);
	}
	packs->items[packs->count++] = pack;
}

struct packs *packs_open(const char *objects)
{
	struct packs *packs = xcalloc(1, sizeof *packs);
	struct buf folder = BUF_INIT;
	buf_printf(&folder, "%s/pack", objects);
	packs->block_bytes = xmalloc((size_t)BLOCKS * BLOCK);
	packs->inflater = libdeflate_alloc_decompressor();
	if (!packs->inflater)
		die("out of memory");
	DIR *dir = opendir(buf_str(&folder));
	for (const struct dirent *entry; dir && (entry = readdir(dir));) {
		size_t len = strlen(entry->d_name);
		if (len > strlen(".idx") && strcmp(entry->d_name + len - strlen(".idx"), ".idx") == 0)
			open_pack(packs, buf_str(&folder), entry->d_name);
	}
	if (dir)
		closedir(dir);
	buf_free(&folder);
	return packs;
}

void packs_free(struct packs *packs)
{
	if (!packs)
		return;
	for (size_t i = 0; i < packs->count; i++)
		close_pack(&packs->items[i]);
	free(packs->items);
	free(packs->block_bytes);
	free(packs->input);
	libdeflate_free_decompressor(packs->inflater);
	free(packs);
}

/* The offset of the object of that number in the index; 0 when it is out of range. */
static uint64_t offset_of(const struct pack *pack, uint32_t number)
{
	const unsigned char *offsets = pack->index + INDEX_TABLES + (size_t)pack->count * (GIT_OID_RAWSZ + 4);
	const unsigned char *large = offsets + (size_t)pack->count * 4;
	uint32_t offset = big_endian(offsets + (size_t)number * 4);
	if (!(offset & 0x80000000))
		return offset;
	size_t at = offset & 0x7FFFFFFF, room = (size_t)(pack->index + pack->index_size - 2 * CHECK_SUM - large) / 8;
	return at < room ? (uint64_t)big_endian(large + at * 8) << 32 | big_endian(large + at * 8 + 4) : 0;
}

static bool find_in(const struct pack *pack, const git_oid *id, uint64_t *offset)
{
	const unsigned char *ids = pack->index + INDEX_TABLES, *fanout = pack->index + INDEX_HEAD;
	uint32_t low = id->id[0] ? big_endian(fanout + 4 * (id->id[0] - 1)) : 0;
	uint32_t high = big_endian(fanout + 4 * id->id[0]);
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		int order = memcmp(ids + (size_t)middle * GIT_OID_RAWSZ, id->id, GIT_OID_RAWSZ);
		if (order == 0) {
			*offset = offset_of(pack, middle);
			return *offset != 0;
		}
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

bool packs_find(struct packs *packs, const git_oid *id, struct pack_place *out)
{
	for (size_t i = 0; i < packs->count; i++) {
		uint32_t number = (uint32_t)((packs->last + i) % packs->count);
		if (find_in(&packs->items[number], id, &out->offset)) {
			out->pack = packs->last = number;
			return true;
		}
	}
	return false;
}

/* Reads up to size bytes of a pack from place on; answers with their number. */
static size_t read_pack(const struct packs *packs, struct pack_place place, char *data, size_t size)
{
	const struct pack *pack = &packs->items[place.pack];
	size_t got = 0;
	for (ssize_t more = 1; got < size && more > 0; got += more > 0 ? (size_t)more : 0)
		more = pread(pack->file, data + got, size - got, (off_t)(place.offset + got));
	return got;
}

/* The block that begins at place, which is read where it is not held. */
static struct chunk hold_block(struct packs *packs, struct pack_place place)
{
	size_t number = (size_t)(place.offset / BLOCK % BLOCKS);
	struct block *block = &packs->blocks[number];
	char *bytes = packs->block_bytes + number * BLOCK;
	if (!block->len || block->place.pack != place.pack || block->place.offset != place.offset)
		*block = (struct block){ place, read_pack(packs, place, bytes, BLOCK) };
	return (struct chunk){ bytes, block->len };
}

/* Up to size bytes of a pack from place on, borrowed until the next call. */
static struct chunk fill_input(struct packs *packs, struct pack_place place, size_t size)
{
	const struct pack *pack = &packs->items[place.pack];
	if (place.offset >= pack->end)
		return (struct chunk){ "", 0 };
	if (size > pack->end - place.offset)
		size = (size_t)(pack->end - place.offset);
	size_t at = (size_t)(place.offset % BLOCK);
	if (at + size <= BLOCK) {
		place.offset -= at;
		struct chunk block = hold_block(packs, place);
		size_t there = block.len > at ? block.len - at : 0;
		return (struct chunk){ block.data + at, there < size ? there : size };
	}
	if (size > packs->input_capacity) {
		packs->input = xrealloc(packs->input, size);
		packs->input_capacity = size;
	}
	return (struct chunk){ packs->input, read_pack(packs, place, packs->input, size) };
}

bool pack_entry_read(struct packs *packs, struct pack_place place, struct pack_entry *out)
{
	struct chunk input = fill_input(packs, place, FIRST_READ);
	const unsigned char *bytes = (const unsigned char *)input.data;
	size_t at = 0;
	if (!input.len)
		return false;
	unsigned char byte = bytes[at++];
	unsigned type = byte >> 4 & 7, shift = 4;
	uint64_t size = byte & 15;
	for (; byte & 0x80 && at < input.len && shift < 57; shift += 7) {
		byte = bytes[at++];
		size |= (uint64_t)(byte & 0x7F) << shift;
	}
	*out = (struct pack_entry){ .is_delta = type == TYPE_OFFSET_DELTA,
		                    .is_tree = type == TYPE_TREE,
		                    .size = (size_t)size };
	if (byte & 0x80 || !(out->is_delta || (type >= TYPE_COMMIT && type <= TYPE_TAG)))
		return false;
	if (out->is_delta) {
		if (at == input.len)
			return false;
		byte = bytes[at++];
		uint64_t back = byte & 0x7F;
		while (byte & 0x80 && at < input.len && back < (uint64_t)1 << 56) {
			byte = bytes[at++];
			back = (back + 1) << 7 | (byte & 0x7F);
		}
		if (byte & 0x80 || !back || back > place.offset)
			return false;
		out->base = (struct pack_place){ place.pack, place.offset - back };
	}
	out->head = at;
	return true;
}

bool pack_entry_inflate(struct packs *packs, struct pack_place place, const struct pack_entry *entry, char *data)
{
	/* Deflate never needs more than its stored form: 5 bytes in each 65,535, and zlib's 6. */
	size_t most = entry->size + (entry->size / 16383 + 1) * 5 + 6;
	place.offset += entry->head;
	struct chunk input = fill_input(packs, place, most);
	size_t used;
	return libdeflate_zlib_decompress_ex(packs->inflater, input.data, input.len, data, entry->size, &used, NULL) ==
	       LIBDEFLATE_SUCCESS;
}

/* Seven bits a byte, the lowest first. */
static bool read_size(struct chunk *delta, size_t *out)
{
	*out = 0;
	for (unsigned shift = 0; delta->len && shift < 57; shift += 7) {
		unsigned char byte = (unsigned char)*delta->data;
		*delta = (struct chunk){ delta->data + 1, delta->len - 1 };
		*out |= (size_t)(byte & 0x7F) << shift;
		if (!(byte & 0x80))
			return true;
	}
	return false;
}

bool pack_delta_begin(struct chunk *delta, size_t *base_size, size_t *size)
{
	return read_size(delta, base_size) && read_size(delta, size);
}

bool pack_delta_next(struct chunk *delta, size_t base_size, struct pack_step *out)
{
	if (!delta->len)
		return false;
	const unsigned char *byte = (const unsigned char *)delta->data, *end = byte + delta->len;
	unsigned code = *byte++;
	if (code & 0x80) {
		size_t parts[7] = { 0 }; /* four bytes of the place, three of the length */
		for (unsigned i = 0; i < 7; i++)
			if (code >> i & 1) {
				if (byte == end)
					return false;
				parts[i] = *byte++;
			}
		size_t from = parts[0] | parts[1] << 8 | parts[2] << 16 | parts[3] << 24;
		size_t len = parts[4] | parts[5] << 8 | parts[6] << 16;
		len = len ? len : 0x10000;
		if (from > base_size || len > base_size - from)
			return false;
		*out = (struct pack_step){ true, from, { NULL, len } };
	} else {
		if (!code || code > (size_t)(end - byte))
			return false;
		*out = (struct pack_step){ false, 0, { (const char *)byte, code } };
		byte += code;
	}
	*delta = (struct chunk){ (const char *)byte, (size_t)(end - byte) };
	return true;
}
