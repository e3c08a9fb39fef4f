#include "proof/pdf_reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_REVISIONS = 1000, TAIL_BYTES = 1024, ENTRY_BYTES = 20, MAX_NUMBER = 8388607 };

/* Reading the tables, from the last one back to the first. */
struct walk {
	struct pdf_reader *reader;
	const char *fault; /* N_() */
	size_t at;         /* of the fault */
};

static bool fail(struct walk *walk, const char *fault, size_t at)
{
	walk->fault = fault;
	walk->at = at;
	return false;
}

/* A number of digits at *at, at most 10. */
static bool take_number(struct chunk file, size_t *at, size_t end, size_t *out)
{
	size_t from = *at;
	*out = 0;
	while (*at < end && file.data[*at] >= '0' && file.data[*at] <= '9' && *at - from < 11)
		*out = *out * 10 + (size_t)(file.data[(*at)++] - '0');
	return *at > from && *at - from <= 10;
}

/* "0000000015 00000 n" and two bytes that end the line (7.5.4). */
static bool read_entry(struct chunk file, size_t at, struct pdf_entry *out)
{
	size_t offset, generation, from = at;
	const char *line = file.data + at;
	bool fine = take_number(file, &at, at + 10, &offset) && at == from + 10 && line[10] == ' ';
	at++;
	fine = fine && take_number(file, &at, at + 5, &generation) && at == from + 16 && line[16] == ' ' &&
	       (line[17] == 'n' || line[17] == 'f') && strchr(" \r\n", line[18]) && strchr("\r\n", line[19]) &&
	       line[18] && line[19];
	if (fine)
		*out =
		    (struct pdf_entry){ .generation = (uint32_t)generation, .used = line[17] == 'n', .from = offset };
	return fine;
}

static int by_number(const void *a, const void *b)
{
	const struct pdf_entry *left = a, *right = b;
	return (left->number > right->number) - (left->number < right->number);
}

static int by_place(const void *a, const void *b)
{
	const struct pdf_entry *left = a, *right = b;
	return (left->from > right->from) - (left->from < right->from);
}

/* The lines of the table, at *at behind the word xref, up to the word trailer. */
static bool read_entries(struct walk *walk, size_t *at, struct pdf_revision *revision)
{
	struct chunk file = walk->reader->file;
	size_t capacity = 0;
	for (;;) {
		pdf_skip_blanks(file, at, file.len);
		if (pdf_take_word(file, at, file.len, "trailer"))
			return true;
		size_t first, count;
		if (!take_number(file, at, file.len, &first))
			return fail(walk, N_("the cross-reference table is malformed"), *at);
		pdf_skip_blanks(file, at, file.len);
		if (!take_number(file, at, file.len, &count))
			return fail(walk, N_("the cross-reference table is malformed"), *at);
		pdf_skip_blanks(file, at, file.len);
		if (count > (file.len - *at) / ENTRY_BYTES || count > MAX_NUMBER || first > MAX_NUMBER - count)
			return fail(walk, N_("the cross-reference table is cut off"), *at);
		for (size_t i = 0; i < count; i++, *at += ENTRY_BYTES) {
			struct pdf_entry entry;
			if (!read_entry(file, *at, &entry))
				return fail(walk, N_("a line of the cross-reference table is malformed"), *at);
			entry.number = (uint32_t)(first + i);
			arena_push(walk->reader->arena, revision->entries, revision->count, capacity, entry);
		}
	}
}

/* "startxref", the table's place, "%%EOF" and the end of its line. */
static bool read_end(struct walk *walk, size_t *at, const struct pdf_revision *revision)
{
	static const char end_mark[] = "%%EOF";
	struct chunk file = walk->reader->file;
	size_t table, from;
	pdf_skip_blanks(file, at, file.len);
	from = *at;
	if (!pdf_take_word(file, at, file.len, "startxref"))
		return fail(walk, N_("\"startxref\" is missing"), from);
	pdf_skip_blanks(file, at, file.len);
	if (!take_number(file, at, file.len, &table) || table != revision->table)
		return fail(walk, N_("\"startxref\" leads elsewhere than to its table"), from);
	while (*at < file.len && strchr(" \r\n", file.data[*at]) && file.data[*at])
		++*at;
	if (file.len - *at < sizeof end_mark - 1 || memcmp(file.data + *at, end_mark, sizeof end_mark - 1) != 0)
		return fail(walk, N_("\"%%EOF\" is missing"), *at);
	*at += sizeof end_mark - 1;
	if (*at < file.len && file.data[*at] == '\r')
		++*at;
	if (*at < file.len && file.data[*at] == '\n')
		++*at;
	return true;
}

static bool read_revision(struct walk *walk, size_t table, struct pdf_revision *revision)
{
	struct chunk file = walk->reader->file;
	size_t at = table;
	*revision = (struct pdf_revision){ .table = table };
	if (!pdf_take_word(file, &at, file.len, "xref"))
		return fail(walk, N_("there is no cross-reference table (cross-reference streams are not read)"),
		            table);
	if (!read_entries(walk, &at, revision))
		return false;
	if (revision->count == 0)
		return fail(walk, N_("the cross-reference table is empty"), table);
	if (!pdf_value_read(walk->reader->arena, file, &at, file.len, &revision->trailer) ||
	    revision->trailer.kind != PDF_DICTIONARY)
		return fail(walk, N_("the trailer is malformed"), at);
	if (pdf_get(&revision->trailer, "Encrypt"))
		return fail(walk, N_("the file is encrypted"), at);
	if (pdf_get(&revision->trailer, "XRefStm"))
		return fail(walk, N_("cross-reference streams are not read"), at);
	if (!read_end(walk, &at, revision))
		return false;
	revision->to = at;
	return true;
}

/* Sorts the entries, refuses a number that stands twice, and gives each object
 * the bytes up to the next. */
static bool place_objects(struct walk *walk, struct pdf_revision *revision)
{
	size_t used_end = revision->table;
	qsort(revision->entries, revision->count, sizeof *revision->entries, by_place);
	for (size_t i = revision->count; i-- > 0;) {
		struct pdf_entry *entry = &revision->entries[i];
		if (!entry->used)
			continue;
		if (entry->from < revision->from || entry->from >= used_end)
			return fail(walk, N_("the cross-reference table points outside its revision"), revision->table);
		entry->to = used_end;
		used_end = entry->from;
	}
	if (revision->from > 0) {
		size_t at = revision->from;
		pdf_skip_blanks(walk->reader->file, &at, used_end);
		if (at != used_end)
			return fail(walk, N_("bytes stand between two revisions"), revision->from);
	}
	qsort(revision->entries, revision->count, sizeof *revision->entries, by_number);
	for (size_t i = 1; i < revision->count; i++)
		if (revision->entries[i].number == revision->entries[i - 1].number)
			return fail(walk, N_("the cross-reference table names an object twice"), revision->table);
	return true;
}

/* Where the last "startxref" leads. */
static bool find_last_table(struct walk *walk, size_t *table)
{
	static const char word[] = "startxref";
	struct chunk file = walk->reader->file;
	size_t floor = file.len > TAIL_BYTES ? file.len - TAIL_BYTES : 0;
	for (size_t at = file.len; at-- > floor;) {
		size_t here = at;
		if (file.data[at] != word[0] || !pdf_take_word(file, &here, file.len, word))
			continue;
		pdf_skip_blanks(file, &here, file.len);
		if (!take_number(file, &here, file.len, table) || *table >= file.len)
			return fail(walk, N_("\"startxref\" leads outside the file"), at);
		return true;
	}
	return fail(walk, N_("\"startxref\" is missing"), floor);
}

static bool read_revisions(struct walk *walk)
{
	struct pdf_reader *reader = walk->reader;
	size_t table, capacity = 0;
	if (!find_last_table(walk, &table))
		return false;
	for (;;) {
		struct pdf_revision revision;
		if (reader->count == MAX_REVISIONS)
			return fail(walk, N_("there are more than a thousand revisions"), table);
		if (!read_revision(walk, table, &revision))
			return false;
		arena_push(reader->arena, reader->revisions, reader->count, capacity, revision);
		const struct pdf_value *previous = pdf_get(&revision.trailer, "Prev");
		if (!previous)
			break;
		if (previous->kind != PDF_INTEGER || previous->integer < 0 || (size_t)previous->integer >= table)
			return fail(walk, N_("a revision does not lead to the one before it"), previous->from);
		table = (size_t)previous->integer;
	}
	for (size_t i = 0; i < reader->count / 2; i++) {
		struct pdf_revision swap = reader->revisions[i];
		reader->revisions[i] = reader->revisions[reader->count - 1 - i];
		reader->revisions[reader->count - 1 - i] = swap;
	}
	for (size_t i = 0; i < reader->count; i++) {
		reader->revisions[i].from = i > 0 ? reader->revisions[i - 1].to : 0;
		if (reader->revisions[i].from > reader->revisions[i].table)
			return fail(walk, N_("two revisions overlap"), reader->revisions[i].table);
		if (!place_objects(walk, &reader->revisions[i]))
			return false;
	}
	size_t end = reader->revisions[reader->count - 1].to;
	return end == reader->file.len || fail(walk, N_("bytes stand behind the end of the last revision"), end);
}

struct pdf_reader *pdf_reader_open(struct arena *arena, const char *path, struct chunk bytes, struct diags *diags)
{
	struct pdf_reader *reader = arena_alloc(arena, sizeof *reader);
	struct walk walk = { .reader = reader };
	*reader = (struct pdf_reader){ .arena = arena, .file = bytes };
	bool fine = bytes.len >= 5 && memcmp(bytes.data, "%PDF-", 5) == 0
	                ? read_revisions(&walk)
	                : fail(&walk, N_("it does not begin with %PDF-"), 0);
	if (fine)
		return reader;
	char at[24];
	snprintf(at, sizeof at, "%zu", walk.at);
	DIAG(diags, ((struct place){ path, 0, 0 }), MSG_PDF_UNREADABLE, translate(walk.fault), at);
	return NULL;
}

const struct pdf_entry *pdf_reader_find(const struct pdf_reader *reader, size_t revision, uint32_t number)
{
	struct pdf_entry wanted = { .number = number };
	for (size_t i = revision + 1; i-- > 0;) {
		const struct pdf_revision *here = &reader->revisions[i];
		const struct pdf_entry *entry =
		    bsearch(&wanted, here->entries, here->count, sizeof *here->entries, by_number);
		if (entry)
			return entry->used ? entry : NULL;
	}
	return NULL;
}

uint32_t pdf_reader_size(const struct pdf_reader *reader, size_t revision)
{
	uint32_t size = 0;
	for (size_t i = 0; i <= revision; i++) {
		const struct pdf_revision *here = &reader->revisions[i];
		if (here->entries[here->count - 1].number >= size)
			size = here->entries[here->count - 1].number + 1;
	}
	return size;
}

/* The bytes of a stream whose dictionary ends at *at; they are as many as Length
 * says, and endstream stands behind. */
static bool read_stream(const struct pdf_reader *reader, size_t revision, size_t *at, size_t end,
                        struct pdf_object *out)
{
	struct chunk file = reader->file;
	struct pdf_value length = { 0 };
	const struct pdf_value *written = pdf_get(&out->value, "Length");
	/* A length elsewhere is a bare number: no stream, so this goes no deeper. */
	if (written && written->kind == PDF_REFERENCE)
		length = pdf_reader_resolve(reader, revision, written);
	else if (written)
		length = *written;
	if (*at < end && file.data[*at] == '\r')
		++*at;
	if (*at >= end || file.data[*at] != '\n')
		return false;
	++*at;
	if (length.kind != PDF_INTEGER || length.integer < 0 || (size_t)length.integer > end - *at)
		return false;
	out->stream = true;
	out->bytes = (struct chunk){ file.data + *at, (size_t)length.integer };
	*at += out->bytes.len;
	while (*at < end && (file.data[*at] == '\r' || file.data[*at] == '\n'))
		++*at;
	return pdf_take_word(file, at, end, "endstream");
}

static bool read_object(const struct pdf_reader *reader, size_t revision, uint32_t number, bool streams,
                        struct pdf_object *out)
{
	const struct pdf_entry *entry = pdf_reader_find(reader, revision, number);
	struct chunk file = reader->file;
	size_t written, generation;
	*out = (struct pdf_object){ 0 };
	if (!entry)
		return false;
	size_t at = entry->from;
	if (!take_number(file, &at, entry->to, &written) || written != number)
		return false;
	pdf_skip_blanks(file, &at, entry->to);
	if (!take_number(file, &at, entry->to, &generation) || generation != entry->generation)
		return false;
	pdf_skip_blanks(file, &at, entry->to);
	if (!pdf_take_word(file, &at, entry->to, "obj") ||
	    !pdf_value_read(reader->arena, file, &at, entry->to, &out->value))
		return false;
	pdf_skip_blanks(file, &at, entry->to);
	if (streams && pdf_take_word(file, &at, entry->to, "stream") &&
	    (out->value.kind != PDF_DICTIONARY || !read_stream(reader, revision, &at, entry->to, out)))
		return false;
	pdf_skip_blanks(file, &at, entry->to);
	if (!pdf_take_word(file, &at, entry->to, "endobj"))
		return false;
	pdf_skip_blanks(file, &at, entry->to);
	return at == entry->to;
}

bool pdf_reader_object(const struct pdf_reader *reader, size_t revision, uint32_t number, struct pdf_object *out)
{
	return read_object(reader, revision, number, true, out);
}

struct pdf_value pdf_reader_resolve(const struct pdf_reader *reader, size_t revision, const struct pdf_value *value)
{
	if (!value)
		return (struct pdf_value){ 0 };
	if (value->kind != PDF_REFERENCE)
		return *value;
	const struct pdf_entry *entry = pdf_reader_find(reader, revision, (uint32_t)value->integer);
	struct pdf_object object;
	if (entry && entry->generation == value->generation &&
	    read_object(reader, revision, entry->number, false, &object))
		return object.value;
	return (struct pdf_value){ 0 };
}

struct pdf_fields pdf_reader_fields(const struct pdf_reader *reader, size_t revision)
{
	struct pdf_fields fields = { 0 };
	struct pdf_value root =
	    pdf_reader_resolve(reader, revision, pdf_get(&reader->revisions[revision].trailer, "Root"));
	struct pdf_value form = pdf_reader_resolve(reader, revision, pdf_get(&root, "AcroForm"));
	struct pdf_value list = pdf_reader_resolve(reader, revision, pdf_get(&form, "Fields"));
	for (size_t i = 0; list.kind == PDF_ARRAY && i < list.count; i++) {
		struct pdf_value field = pdf_reader_resolve(reader, revision, &list.items[i]);
		if (list.items[i].kind != PDF_REFERENCE || !pdf_is_name(pdf_get(&field, "FT"), "Sig"))
			continue;
		struct pdf_field item = { (uint32_t)list.items[i].integer,
			                  pdf_text_of(reader->arena, pdf_get(&field, "T")), field };
		arena_push(reader->arena, fields.items, fields.count, fields.capacity, item);
	}
	return fields;
}
