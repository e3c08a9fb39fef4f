/* The one value type: what JSON and front matter are read into, what templates
 * print, what --json writes.
 *
 * A value belongs to the arena it was made in and never changes owner. Members
 * of an object keep the order in which they were set. Every value remembers the
 * place it was read from, so that whoever finds fault with it can say where. */
#ifndef OPSLEDGER_BASE_VALUE_H
#define OPSLEDGER_BASE_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"

/* Where something was read. Line and column start at 1; a column counts
 * characters (code points), not bytes; 0 means the file as a whole. path is
 * borrowed, relative to the repository's root; NULL when the program made it. */
struct place {
	const char *path;
	unsigned line, column;
};

enum value_kind { VALUE_NULL, VALUE_BOOL, VALUE_NUMBER, VALUE_STRING, VALUE_ARRAY, VALUE_OBJECT };

struct member;

struct value {
	enum value_kind kind;
	struct place place;
	union {
		bool boolean;
		double number;
		const char *string; /* UTF-8 without NUL inside */
		struct {
			struct value **items;
			size_t count, capacity;
		} array;
		struct {
			struct member *members;
			size_t count, capacity;
		} object;
	} as;
};

struct member {
	const char *name;
	struct place place; /* of the name */
	struct value *value;
};

struct value *value_null(struct arena *arena);
struct value *value_bool(struct arena *arena, bool boolean);
struct value *value_number(struct arena *arena, double number);
/* Copies text. */
struct value *value_string(struct arena *arena, const char *text);
struct value *value_format(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct value *value_array(struct arena *arena);
struct value *value_object(struct arena *arena);

/* Appends to an array; returns item. */
struct value *value_push(struct arena *arena, struct value *array, struct value *item);
/* Sets a member, replacing one of that name; returns item. Copies name. */
struct value *value_set(struct arena *arena, struct value *object, const char *name, struct value *item);

/* The member's value, or NULL when object is no object or has no such member. */
struct value *value_get(const struct value *object, const char *name);
/* The text of a string member, or NULL when absent or no string. */
const char *value_get_string(const struct value *object, const char *name);

#endif
