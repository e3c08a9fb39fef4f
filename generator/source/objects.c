#include "source/objects.h"

#include <stdlib.h>

#include <string.h>

#include "base/memory.h"
#include "source/pack.h"
#include "source/repository.h"

enum {
	KEPT = 64,        /* more than the 50 links of the longest chain that git makes */
	LARGEST = 1 << 28 /* bytes: what claims to be larger is left to libgit2 */
};

/* Bytes that several objects begin with; whoever goes on where they end may append. */
struct shared {
	unsigned users;
	size_t used, capacity;
	char data[];
};

/* Lies in a pack, or has an id, or both. */
struct object {
	unsigned users;
	bool packed, named;
	bool is_tree; /* trees differ in their middle: looking for what they share is in vain */
	struct pack_place place;
	git_oid id;
	struct shared *shared; /* NULL: loose */
	git_odb_object *loose; /* what libgit2 read; or NULL */
	struct chunk bytes;
};

struct objects {
	git_odb *odb;
	struct packs *packs;
	struct object *kept[KEPT]; /* the last one first */
};

struct objects *objects_open(git_repository *git)
{
	git_odb *odb = NULL;
	if (git_repository_odb(&odb, git) != 0)
		return NULL;
	struct objects *objects = xcalloc(1, sizeof *objects);
	struct buf folder = BUF_INIT;
	buf_printf(&folder, "%sobjects", git_repository_commondir(git));
	objects->odb = odb;
	objects->packs = packs_open(buf_str(&folder));
	buf_free(&folder);
	return objects;
}

void object_release(struct object *object)
{
	if (!object || --object->users)
		return;
	if (object->shared && !--object->shared->users)
		free(object->shared);
	git_odb_object_free(object->loose);
	free(object);
}

void objects_free(struct objects *objects)
{
	if (!objects)
		return;
	for (size_t i = 0; i < KEPT; i++)
		object_release(objects->kept[i]);
	packs_free(objects->packs);
	git_odb_free(objects->odb);
	free(objects);
}

struct chunk object_bytes(const struct object *object)
{
	return object->bytes;
}

/* Puts kept[at] first, and has it used once more. */
static struct object *use_kept(struct objects *objects, size_t at)
{
	struct object *object = objects->kept[at];
	memmove(objects->kept + 1, objects->kept, at * sizeof(struct object *));
	objects->kept[0] = object;
	object->users++;
	return object;
}

static struct object *keep(struct objects *objects, struct object object)
{
	struct object *copy = xmalloc(sizeof *copy);
	*copy = object;
	copy->users = 1; /* objects' */
	object_release(objects->kept[KEPT - 1]);
	objects->kept[KEPT - 1] = copy;
	return use_kept(objects, KEPT - 1);
}

static struct object *find_by_id(struct objects *objects, const git_oid *id)
{
	for (size_t i = 0; i < KEPT && objects->kept[i]; i++)
		if (objects->kept[i]->named && git_oid_equal(&objects->kept[i]->id, id))
			return use_kept(objects, i);
	return NULL;
}

static struct object *find_by_place(struct objects *objects, struct pack_place place)
{
	for (size_t i = 0; i < KEPT && objects->kept[i]; i++) {
		const struct object *kept = objects->kept[i];
		if (kept->packed && kept->place.offset == place.offset && kept->place.pack == place.pack)
			return use_kept(objects, i);
	}
	return NULL;
}

/* Room for an object of that size and for as much again; NULL when that is too much. */
static struct shared *new_shared(size_t size)
{
	struct shared *shared = size <= LARGEST ? xmalloc(sizeof *shared + 2 * size) : NULL;
	if (shared)
		*shared = (struct shared){ .capacity = 2 * size };
	return shared;
}

/* An object that shares begins with, and uses; it is kept. */
static struct object *keep_packed(struct objects *objects, struct pack_place place, struct shared *shared, size_t size)
{
	shared->users++;
	return keep(objects, (struct object){
	                         .packed = true, .place = place, .shared = shared, .bytes = { shared->data, size } });
}

static struct object *read_whole(struct objects *objects, struct pack_place place, const struct pack_entry *entry)
{
	struct shared *shared = new_shared(entry->size);
	if (!shared || !pack_entry_inflate(objects->packs, place, entry, shared->data)) {
		free(shared);
		return NULL;
	}
	shared->used = entry->size;
	struct object *object = keep_packed(objects, place, shared, entry->size);
	object->is_tree = entry->is_tree;
	return object;
}

/* Whether other begins with what delta makes of base: *size bytes. */
static bool begins_with(struct chunk other, struct chunk base, struct chunk delta, size_t *size)
{
	size_t base_size, len = 0;
	struct pack_step step;
	if (!pack_delta_begin(&delta, &base_size, size) || base_size != base.len || *size > other.len)
		return false;
	while (pack_delta_next(&delta, base_size, &step)) {
		const char *data = step.copies ? base.data + step.from : step.data.data, *same = other.data + len;
		if (step.data.len > *size - len || (data != same && memcmp(data, same, step.data.len) != 0))
			return false;
		len += step.data.len;
	}
	return !delta.len && len == *size;
}

/* The bytes that base and what delta makes of it begin with, as far as copies tell; *size of the
 * latter. False when delta is not of this base. */
static bool common_start(struct chunk base, struct chunk delta, size_t *size, size_t *start)
{
	size_t base_size;
	struct pack_step step;
	if (!pack_delta_begin(&delta, &base_size, size) || base_size != base.len)
		return false;
	for (*start = 0; pack_delta_next(&delta, base_size, &step) && step.copies && step.from == *start;)
		*start += step.data.len;
	return *start <= *size;
}

/* Writes what delta makes of base into data, which holds the first start bytes of it and has room
 * for size. */
static bool apply_delta(struct chunk base, struct chunk delta, char *data, size_t start, size_t size)
{
	size_t base_size, claimed, len = 0;
	struct pack_step step;
	pack_delta_begin(&delta, &base_size, &claimed);
	while (pack_delta_next(&delta, base_size, &step) && step.data.len <= size - len) {
		if (len >= start)
			memcpy(data + len, step.copies ? base.data + step.from : step.data.data, step.data.len);
		len += step.data.len;
	}
	return !delta.len && len == size;
}

/* What delta makes of base; neighbour, or NULL, is an object that may be much the same. */
static struct object *make_object(struct objects *objects, const struct object *base, struct chunk delta,
                                  const struct object *neighbour, struct pack_place place)
{
	size_t size, start;
	const struct object *like[] = { base, neighbour };
	for (size_t i = 0; i < 2 && !base->is_tree; i++)
		if (like[i] && like[i]->shared && begins_with(like[i]->bytes, base->bytes, delta, &size))
			return keep_packed(objects, place, like[i]->shared, size);
	if (!common_start(base->bytes, delta, &size, &start))
		return NULL;
	struct shared *shared = base->shared, *fresh = NULL;
	if (!shared || start != shared->used || size > shared->capacity) {
		shared = fresh = new_shared(size);
		start = 0;
	}
	if (!shared || !apply_delta(base->bytes, delta, shared->data, start, size)) {
		free(fresh);
		return NULL;
	}
	shared->used = size;
	struct object *object = keep_packed(objects, place, shared, size);
	object->is_tree = base->is_tree;
	return object;
}

static struct object *read_delta(struct objects *objects, struct object *base, struct object *neighbour,
                                 struct pack_place place, const struct pack_entry *entry)
{
	char *delta = entry->size <= LARGEST ? xmalloc(entry->size) : NULL;
	struct object *object = NULL;
	if (delta && pack_entry_inflate(objects->packs, place, entry, delta))
		object = make_object(objects, base, (struct chunk){ delta, entry->size }, neighbour, place);
	free(delta);
	return object;
}

/* A delta that waits for its base. */
struct link {
	struct pack_place place;
	struct pack_entry entry;
};

/* The object at place of a pack: down the chain of deltas to what is known or whole, and up again. */
static struct object *read_packed(struct objects *objects, struct pack_place place)
{
	struct object *object = NULL;
	struct object *neighbour = objects->kept[0] ? use_kept(objects, 0) : NULL;
	struct link *links = NULL;
	size_t count = 0, capacity = 0;
	for (bool fine = true; fine && !(object = find_by_place(objects, place));) {
		struct pack_entry entry;
		fine = pack_entry_read(objects->packs, place, &entry);
		if (fine && !entry.is_delta) {
			object = read_whole(objects, place, &entry);
			break;
		}
		if (count == capacity) {
			capacity = capacity ? capacity * 2 : 64;
			links = xreallocarray(links, capacity, sizeof *links);
		}
		links[count++] = (struct link){ place, entry };
		place = entry.base;
	}
	while (object && count) {
		struct object *base = object;
		count--;
		object = read_delta(objects, base, neighbour, links[count].place, &links[count].entry);
		object_release(base);
	}
	object_release(neighbour);
	free(links);
	return object;
}

static struct object *read_by_libgit2(struct objects *objects, const git_oid *id)
{
	git_odb_object *loose = NULL;
	repository_verify_hashes(false);
	int error = git_odb_read(&loose, objects->odb, id);
	repository_verify_hashes(true);
	if (error)
		return NULL;
	return keep(objects, (struct object){ .loose = loose,
	                                      .bytes = { git_odb_object_data(loose), git_odb_object_size(loose) } });
}

struct object *object_open(struct objects *objects, const git_oid *id)
{
	struct pack_place place;
	struct object *object = find_by_id(objects, id);
	if (object)
		return object;
	if (packs_find(objects->packs, id, &place))
		object = read_packed(objects, place);
	if (!object)
		object = read_by_libgit2(objects, id);
	if (object) {
		object->named = true;
		object->id = *id;
	}
	return object;
}
