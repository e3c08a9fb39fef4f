#include "base/memory.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

void die(const char *format, ...)
{
	va_list args;
	fputs("opsledger: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	abort();
}

void *xmalloc(size_t size)
{
	void *memory = malloc(size ? size : 1);
	if (!memory)
		die("out of memory (%zu bytes)", size);
	return memory;
}

void *xcalloc(size_t count, size_t size)
{
	void *memory = calloc(count ? count : 1, size ? size : 1);
	if (!memory)
		die("out of memory (%zu × %zu bytes)", count, size);
	return memory;
}

void *xrealloc(void *old, size_t size)
{
	void *memory = realloc(old, size ? size : 1);
	if (!memory)
		die("out of memory (%zu bytes)", size);
	return memory;
}

void *xreallocarray(void *old, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		die("out of memory (%zu × %zu bytes)", count, size);
	return xrealloc(old, count * size);
}

void *xreallocarray_large(void *old, size_t count, size_t size)
{
	enum { PAGE = 4096, LARGE_PAGE = 2 << 20 };
	char *memory = xreallocarray(old, count, size);
	size_t before = (PAGE - (uintptr_t)memory % PAGE) % PAGE;
	if (count * size >= before + LARGE_PAGE)
		madvise(memory + before, count * size - before, MADV_HUGEPAGE); /* advice, which may be refused */
	return memory;
}

char *xstrdup(const char *text)
{
	size_t size = strlen(text) + 1;
	return memcpy(xmalloc(size), text, size);
}

/* Blocks double from the first size to the last: most arenas stay small. */
enum { FIRST_BLOCK = 4 * 1024, LAST_BLOCK = 64 * 1024, ALIGNMENT = 8 };

struct block {
	struct block *next;
	size_t used, size;
	uint64_t data[];
};

struct arena {
	struct block *blocks;
	size_t block_size; /* of the next block */
};

struct arena *arena_new(void)
{
	struct arena *arena = xcalloc(1, sizeof *arena);
	arena->block_size = FIRST_BLOCK;
	return arena;
}

void arena_free(struct arena *arena)
{
	if (!arena)
		return;
	for (struct block *block = arena->blocks, *next; block; block = next) {
		next = block->next;
		free(block);
	}
	free(arena);
}

void arena_join(struct arena *arena, struct arena *other)
{
	struct block **end = &arena->blocks;
	while (*end)
		end = &(*end)->next;
	*end = other->blocks;
	free(other);
}

void *arena_alloc(struct arena *arena, size_t size)
{
	if (size > SIZE_MAX - sizeof(struct block) - LAST_BLOCK)
		die("out of memory (%zu bytes)", size);
	size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	struct block *block = arena->blocks;
	if (!block || block->size - block->used < size) {
		/* A large piece gets a block of its own behind the current one, so that the rest of
		 * the current block stays in use. */
		bool own = block && size > arena->block_size / 4;
		size_t room = size > arena->block_size / 4 ? size : arena->block_size;
		struct block *fresh = xcalloc(1, sizeof *fresh + room);
		fresh->size = room;
		if (arena->block_size < LAST_BLOCK)
			arena->block_size *= 2;
		if (own) {
			fresh->next = block->next;
			block->next = fresh;
		} else {
			fresh->next = block;
			arena->blocks = fresh;
		}
		block = fresh;
	}
	void *memory = (char *)block->data + block->used;
	block->used += size;
	return memory;
}

char *arena_strndup(struct arena *arena, const char *text, size_t len)
{
	char *copy = arena_alloc(arena, len + 1);
	if (len)
		memcpy(copy, text, len);
	return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
	return arena_strndup(arena, text, strlen(text));
}

char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	char brief[128], *text; /* most texts are, and need not be made twice */
	int len = vsnprintf(brief, sizeof brief, format, args);
	if (len < 0)
		die("cannot format \"%s\"", format);
	if ((size_t)len < sizeof brief) {
		text = arena_strndup(arena, brief, (size_t)len);
	} else {
		text = arena_alloc(arena, (size_t)len + 1);
		vsnprintf(text, (size_t)len + 1, format, again);
	}
	va_end(again);
	return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *text = arena_vprintf(arena, format, args);
	va_end(args);
	return text;
}

void *arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t item_size)
{
	if (count < *capacity)
		return items;
	size_t room = *capacity ? *capacity * 2 : 8;
	if (room > SIZE_MAX / item_size)
		die("out of memory (%zu × %zu bytes)", room, item_size);
	void *grown = arena_alloc(arena, room * item_size);
	if (count)
		memcpy(grown, items, count * item_size);
	*capacity = room;
	return grown;
}
