/* The container of the search's files: deflated bytes in a script that a page can
 * load from file:// as well as from a server.
 *
 * A file is UTF-16LE with a byte order mark and holds Q("NAME","DATA",BYTES,SIZE):
 * DATA has 15 bits of the deflated bytes (RFC 1951, BYTES of them) in each code
 * unit, the highest first, from U+3000 on; SIZE bytes come out of it. */
#ifndef OPSLEDGER_SITE_SEARCH_PACK_H
#define OPSLEDGER_SITE_SEARCH_PACK_H

#include <stdint.h>

#include "base/buffer.h"

struct packer;

/* dictionary: the 32 KB or less that unpacking begins with; empty for none.
 * Borrowed until the packer is freed. */
struct packer *packer_new(struct chunk dictionary);
void packer_free(struct packer *packer);

/* Appends the file of that name to out. */
void pack(struct packer *packer, const char *name, struct chunk bytes, struct buf *out);

/* Appends number, 7 bits a byte, the lowest first, bit 7 set on all but the last. */
void put_varint(struct buf *out, uint32_t number);
uint32_t get_varint(struct chunk bytes, size_t *at);

#endif
