/* The pack files of a repository, read only as far as they have to be.
 *
 * A version of a file that only grew is kept in a pack as a few bytes against
 * another version. libgit2 gives whole objects alone, and copying them is most
 * of the cost of a walk through history; the delta itself says what two versions
 * have in common (gitformat-pack(5)). What is not read here, libgit2 reads:
 * loose objects, those of alternates, deltas that name their base by id. */
#ifndef OPSLEDGER_SOURCE_PACK_H
#define OPSLEDGER_SOURCE_PACK_H

#include <git2.h>
#include <stdbool.h>

#include "base/buffer.h"

struct packs;

/* Opens the packs below objects ("….git/objects"); none that cannot be read. */
struct packs *packs_open(const char *objects);
void packs_free(struct packs *packs);

/* Where an object lies. */
struct pack_place {
	uint32_t pack;
	uint64_t offset;
};

/* False when no pack holds it. */
bool packs_find(struct packs *packs, const git_oid *id, struct pack_place *out);

/* An object as its pack has it. */
struct pack_entry {
	bool is_delta, is_tree; /* is_tree: of no delta */
	struct pack_place base; /* of a delta; it lies before the entry, so that chains end */
	size_t size;            /* bytes: of the object, or of the delta */
	size_t head;            /* bytes before the deflated ones; private */
};

/* False for a malformed entry, and for one that is not read here. */
bool pack_entry_read(struct packs *packs, struct pack_place place, struct pack_entry *out);
/* The entry's bytes, inflated into data, which has room for entry->size. Their
 * check sum is verified, the object's hash is not. False when they are malformed. */
bool pack_entry_inflate(struct packs *packs, struct pack_place place, const struct pack_entry *entry, char *data);

/* One instruction of a delta. */
struct pack_step {
	bool copies;       /* from the base, else bytes are new */
	size_t from;       /* of the base */
	struct chunk data; /* len also of a copy; data only of new bytes, borrowed from the delta */
};

/* Reads the sizes of base and result, and goes on to the first instruction. */
bool pack_delta_begin(struct chunk *delta, size_t *base_size, size_t *size);
/* The next instruction; false when there is none, or it is malformed. */
bool pack_delta_next(struct chunk *delta, size_t base_size, struct pack_step *out);

#endif
