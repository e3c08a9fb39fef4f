/* Memory that dies at once, and arenas that free together.
 *
 * Running out of memory is no input: xmalloc and its kin print a message and
 * abort, so no caller tests for NULL. An arena owns all that is allocated from
 * it until arena_free; what is gathered from one commit lives in one arena, and
 * pointers into it are plain borrowed pointers. */
#ifndef OPSLEDGER_BASE_MEMORY_H
#define OPSLEDGER_BASE_MEMORY_H

#include <stdarg.h>
#include <stddef.h>

/* A bug or an exhausted machine: prints "opsledger: …" on standard error and
 * aborts. Never for bad input, which gets a diagnostic (diag.h). */
_Noreturn void die(const char *format, ...) __attribute__((format(printf, 1, 2)));

void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *old, size_t size);
/* As xrealloc, for an array; dies when count × size overflows. */
void *xreallocarray(void *old, size_t count, size_t size);
/* As xreallocarray, for an array of many megabytes that is filled at once: clearing a page for every 4 KB of
 * it would cost more than filling it, so the kernel is asked for larger ones. */
void *xreallocarray_large(void *old, size_t count, size_t size);
char *xstrdup(const char *text);

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena);
/* Gives arena all that other owns; other itself is gone. */
void arena_join(struct arena *arena, struct arena *other);

/* Zeroed memory, freed with the arena; aligned to 8 bytes: for pointers, doubles and integers, not for long double. */
void *arena_alloc(struct arena *arena, size_t size);
/* A NUL-terminated copy of len bytes. */
char *arena_strndup(struct arena *arena, const char *text, size_t len);
char *arena_strdup(struct arena *arena, const char *text);
char *arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list args);

/* Growing arrays inside an arena: returns the array with room for one more
 * item, moved and doubled when count has reached *capacity. */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t item_size);

/* Appends item to the growing array (items, count, capacity), three lvalues. */
#define arena_push(arena, items, count, capacity, item)                                                                \
	((items) = arena_grow((arena), (items), (count), &(capacity), sizeof *(items)), (items)[(count)++] = (item),   \
	 (void)0)

#endif
