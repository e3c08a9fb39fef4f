#include "site/search_pack.h"

#include <stdlib.h>
#include <zlib.h>

#include "base/memory.h"

/* Level 9 takes a quarter longer for a third of a percent. */
enum { LEVEL = 6, FIRST_UNIT = 0x3000, UNIT_BITS = 15 };

struct packer {
	z_stream stream;
	struct chunk dictionary;
	struct buf deflated;
};

static void check(int status, int wanted)
{
	if (status != wanted)
		die("zlib answers %d", status);
}

struct packer *packer_new(struct chunk dictionary)
{
	struct packer *packer = xcalloc(1, sizeof *packer);
	packer->dictionary = dictionary;
	check(deflateInit2(&packer->stream, LEVEL, Z_DEFLATED, -MAX_WBITS, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY), Z_OK);
	return packer;
}

void packer_free(struct packer *packer)
{
	deflateEnd(&packer->stream);
	buf_free(&packer->deflated);
	free(packer);
}

static void deflate_whole(struct packer *packer, struct chunk bytes)
{
	z_stream *stream = &packer->stream;
	check(deflateReset(stream), Z_OK);
	if (packer->dictionary.len)
		check(
		    deflateSetDictionary(stream, (const Bytef *)packer->dictionary.data, (uInt)packer->dictionary.len),
		    Z_OK);
	size_t room = deflateBound(stream, bytes.len);
	buf_clear(&packer->deflated);
	buf_reserve(&packer->deflated, room);
	/* zlib reads only, but its type does not say so. */
	union {
		const char *constant;
		Bytef *variable;
	} input = { bytes.data };
	stream->next_in = input.variable;
	stream->avail_in = (uInt)bytes.len;
	stream->next_out = (Bytef *)packer->deflated.data;
	stream->avail_out = (uInt)room;
	check(deflate(stream, Z_FINISH), Z_STREAM_END);
	packer->deflated.len = stream->total_out;
}

static void put_unit(struct buf *out, unsigned unit)
{
	buf_putc(out, (char)(unit & 0xFF));
	buf_putc(out, (char)(unit >> 8));
}

static void put_ascii(struct buf *out, const char *text)
{
	for (; *text; text++)
		put_unit(out, (unsigned char)*text);
}

void pack(struct packer *packer, const char *name, struct chunk bytes, struct buf *out)
{
	deflate_whole(packer, bytes);
	const struct buf *deflated = &packer->deflated;
	buf_reserve(out, deflated->len * 16 / UNIT_BITS + 64);
	put_unit(out, 0xFEFF);
	put_ascii(out, "Q(\"");
	put_ascii(out, name);
	put_ascii(out, "\",\"");
	uint32_t bits = 0;
	unsigned held = 0;
	for (size_t i = 0; i < deflated->len; i++) {
		bits = bits << 8 | (unsigned char)deflated->data[i];
		held += 8;
		if (held >= UNIT_BITS) {
			held -= UNIT_BITS;
			put_unit(out, FIRST_UNIT + (bits >> held & 0x7FFF));
		}
	}
	if (held)
		put_unit(out, FIRST_UNIT + (bits << (UNIT_BITS - held) & 0x7FFF));
	struct buf end = BUF_INIT;
	buf_printf(&end, "\",%zu,%zu)", deflated->len, bytes.len);
	put_ascii(out, buf_str(&end));
	buf_free(&end);
}

void put_varint(struct buf *out, uint32_t number)
{
	for (; number >= 0x80; number >>= 7)
		buf_putc(out, (char)(number | 0x80));
	buf_putc(out, (char)number);
}

uint32_t get_varint(struct chunk bytes, size_t *at)
{
	uint32_t number = 0;
	for (unsigned shift = 0;; shift += 7) {
		unsigned char byte = (unsigned char)bytes.data[(*at)++];
		number |= (uint32_t)(byte & 0x7F) << shift;
		if (byte < 0x80)
			return number;
	}
}
