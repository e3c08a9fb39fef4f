/* Records as a version of a file wrote them: fields and their text, not yet
 * judged by any schema, so that versions of long ago can be compared. */
#ifndef OPSLEDGER_PROOF_WRITTEN_H
#define OPSLEDGER_PROOF_WRITTEN_H

#include <stdint.h>

#include "base/map.h"
#include "base/parallel.h"
#include "proof/comparer.h"

/* The fields that the files of one record type ever had, numbered: those of the
 * schema first, then whatever else a file's head or an object names. */
struct written_type {
	struct arena *arena;
	const struct schema *schema; /* NULL: the type has none (any more) */
	const char **names;
	size_t count, capacity;
	struct map numbers;    /* name or Chinese title → number, uint32_t */
	pthread_mutex_t *lock; /* of numbers while several threads read */
	uint32_t id_field;
	struct comparer *comparer; /* NULL without schema */
};

/* What one thread reads rows of a type with. */
struct written_reader {
	struct written_type *type;
	struct arena *heads; /* of the heads that it reads */
	/* Where other threads read too: a field that is new gets its number in the turn of this piece, so that numbers
	 * do not depend on who is first. NULL: no other does. */
	struct turns *turns;
	size_t turn;
};

/* arena owns it. offset: of times that have none, seconds east of UTC. */
void written_type_open(struct written_type *type, const struct schema *schema, int32_t offset, struct arena *arena);
void written_type_close(struct written_type *type);

struct written_cell {
	uint32_t field;
	const char *text; /* UTF-8, without outer blanks, never empty; of JSON numbers, lists and objects their JSON */
};

struct written_row {
	const char *id;
	const struct written_cell *cells; /* by field; empty ones are left out, and the id */
	uint32_t cell_count;
	uint32_t offset; /* where it begins: byte of the decoded text */
	uint32_t hunk;   /* number of the hunk that it was read in */
};

struct written_rows {
	struct written_row *items; /* as in the file; rows without an id are left out */
	size_t count, capacity;
};

/* The columns of a CSV file: its first row. */
struct written_head {
	uint32_t *fields; /* of each column */
	uint32_t *order;  /* the columns that hold something, by field; each field once */
	size_t ordered, id_column;
	size_t end; /* byte where the second row begins */
};

/* What a piece of a CSV file holds. */
struct written_piece {
	struct written_rows rows;
	uint32_t *starts; /* byte where each row begins, also of rows without an id, and of the head */
	size_t start_count, start_capacity;
	bool faulty;      /* quotes that do not match */
	bool starts_only; /* set before reading: rows are not wanted */
};

/* Reads text[from, to), where a row begins at from; with *head NULL the first
 * row is the head and sets it. */
void written_csv(struct arena *arena, const struct written_reader *reader, struct chunk text, size_t from, size_t to,
                 const struct written_head **head, struct written_piece *out);

/* Reads a file that holds one object; no row when it is no JSON. */
void written_json(struct arena *arena, const struct written_reader *reader, struct chunk text,
                  struct written_rows *out);

const char *written_text(const struct written_row *row, uint32_t field); /* or NULL */

#endif
