#include "source/stored.h"

#include <fcntl.h>
#include <libdeflate.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

enum { KEY_SIZE = 112 };

/* In the machine's own byte order: a file from another machine does not fit. */
struct head {
	char magic[8];
	uint64_t size; /* of the bytes behind the head */
	uint32_t check_sum, unused[3];
	char key[KEY_SIZE];
};

static const char MAGIC[8] = "opsled1";

struct stored {
	void *map;
	size_t size;
	struct chunk bytes;
};

static struct head head_of(const char *key, const struct chunk *pieces, size_t count)
{
	struct head head = { 0 };
	for (size_t i = 0; i < count; i++) {
		head.size += pieces[i].len;
		head.check_sum = libdeflate_crc32(head.check_sum, pieces[i].data, pieces[i].len);
	}
	memcpy(head.magic, MAGIC, sizeof head.magic);
	if (strlen(key) >= sizeof head.key)
		die("stored: the key is longer than %d bytes", KEY_SIZE);
	memcpy(head.key, key, strlen(key));
	return head;
}

struct stored *stored_open(const char *path, const char *key)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	struct stat facts;
	if (file < 0)
		return NULL;
	void *map = MAP_FAILED;
	size_t size = 0;
	if (fstat(file, &facts) == 0 && (size_t)facts.st_size >= sizeof(struct head)) {
		size = (size_t)facts.st_size;
		map = mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
	}
	close(file);
	if (map == MAP_FAILED)
		return NULL;
	struct chunk bytes = { (const char *)map + sizeof(struct head), size - sizeof(struct head) };
	struct head expected = head_of(key, &bytes, 1);
	if (memcmp(&expected, map, sizeof expected) != 0) {
		munmap(map, size);
		return NULL;
	}
	struct stored *stored = xmalloc(sizeof *stored);
	*stored = (struct stored){ map, size, bytes };
	return stored;
}

void stored_close(struct stored *stored)
{
	if (!stored)
		return;
	munmap(stored->map, stored->size);
	free(stored);
}

struct chunk stored_bytes(const struct stored *stored)
{
	return stored->bytes;
}

void stored_write(const char *path, const char *key, const struct chunk *pieces, size_t count)
{
	struct head head = head_of(key, pieces, count);
	struct buf beside = BUF_INIT;
	buf_printf(&beside, "%s.%ld", path, (long)getpid());
	FILE *file = fopen(buf_str(&beside), "wbe");
	bool fine = file && fwrite(&head, sizeof head, 1, file) == 1;
	for (size_t i = 0; i < count && fine; i++)
		fine = fwrite(pieces[i].data, 1, pieces[i].len, file) == pieces[i].len;
	if (file && fclose(file) != 0)
		fine = false;
	if (file && (!fine || rename(buf_str(&beside), path) != 0))
		unlink(buf_str(&beside));
	buf_free(&beside);
}
