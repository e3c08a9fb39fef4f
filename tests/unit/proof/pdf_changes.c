/* Revisions of small files: which files are read at all, and which updates are
 * blamed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "proof/pdf_changes.h"
#include "proof/pdf_date.h"

/* Writes files as the table has them: objects first, then xref and trailer. */
struct writer {
	struct buf out;
	size_t places[16];
	bool written[16], deleted[16];
	size_t table;
};

static void add_object(struct writer *writer, unsigned number, const char *body)
{
	writer->places[number] = writer->out.len;
	writer->written[number] = true;
	buf_printf(&writer->out, "%u 0 obj\n%s\nendobj\n", number, body);
}

static void close_revision(struct writer *writer, const char *trailer)
{
	size_t previous = writer->table;
	writer->table = writer->out.len;
	buf_puts(&writer->out, "xref\n");
	for (unsigned i = 0; i < 16; i++)
		if (writer->written[i] || writer->deleted[i])
			buf_printf(&writer->out, "%u 1\n%010zu 00000 %c\r\n", i,
			           writer->written[i] ? writer->places[i] : 0, writer->written[i] ? 'n' : 'f');
	buf_printf(&writer->out, "trailer\n<< /Size 16 %s", trailer);
	if (previous)
		buf_printf(&writer->out, " /Prev %zu", previous);
	buf_printf(&writer->out, " >>\nstartxref\n%zu\n%%%%EOF\n", writer->table);
	memset(writer->written, 0, sizeof writer->written);
	memset(writer->deleted, 0, sizeof writer->deleted);
}

#define ROOT "/Root 1 0 R /Info 6 0 R"
#define FIELD "/FT /Sig /T (a) /Rect [0 0 90 40.50]"

static void add_first(struct writer *writer)
{
	*writer = (struct writer){ 0 };
	buf_puts(&writer->out, "%PDF-1.4\n");
	add_object(writer, 1, "<< /Type /Catalog /AcroForm 2 0 R >>");
	add_object(writer, 2, "<< /Fields [3 0 R] /SigFlags 1 >>");
	add_object(writer, 3, "<< " FIELD " /AP << /N 4 0 R >> >>");
	add_object(writer, 4, "<< /Length 1 >>\nstream\n\n\nendstream");
	add_object(writer, 5, "<< /Length 3 >>\nstream\n0 w\nendstream");
	add_object(writer, 6, "<< /Title (t) >>");
	close_revision(writer, ROOT);
}

static struct pdf_reader *open_file(struct arena *arena, struct chunk bytes)
{
	struct diags *diags = diags_new();
	struct pdf_reader *reader = pdf_reader_open(arena, "a.pdf", bytes, diags);
	assert_int_equal(diags_errors(diags), reader ? 0 : 1);
	diags_free(diags);
	return reader;
}

/* Every change of the file as "OBJECT what;", the file freed. */
static void assert_changes(struct writer *writer, const char *expected)
{
	struct arena *arena = arena_new();
	struct buf said = BUF_INIT;
	struct pdf_reader *reader = open_file(arena, buf_chunk(&writer->out));
	assert_non_null(reader);
	struct pdf_changes changes = pdf_changes_find(reader);
	for (size_t i = 0; i < changes.count; i++)
		buf_printf(&said, "%u %s;", changes.items[i].object, changes.items[i].what);
	assert_string_equal(buf_str(&said), expected);
	buf_free(&said);
	buf_free(&writer->out);
	arena_free(arena);
}

static void test_signature(void **state)
{
	(void)state;
	struct writer writer;
	add_first(&writer);
	add_object(&writer, 3, "<< " FIELD " /AP << /N 8 0 R >> /V 7 0 R /M (D:2026) >>");
	add_object(&writer, 4, "<< /Length 0 >>\nstream\n\nendstream");
	add_object(&writer, 7, "<< /Type /Sig /Reference [9 0 R] >>");
	add_object(&writer, 8, "<< /Length 1 >>\nstream\n \nendstream");
	add_object(&writer, 9, "<< /Type /SigRef >>");
	add_object(&writer, 2, "<< /SigFlags 3 /Fields [3 0 R] >>");
	add_object(&writer, 1, "<< /Type /Catalog /AcroForm 2 0 R /DSS 10 0 R >>");
	add_object(&writer, 10, "<< /Type /DSS >>");
	close_revision(&writer, ROOT);
	assert_changes(&writer, "");
}

static void test_field(void **state)
{
	(void)state;
	static const struct {
		const char *field, *said;
	} cases[] = {
		{ "/FT /Sig /T (a) /Rect [0 0 590 840] /V 7 0 R", "3 changes /Rect;" },
		{ FIELD " /V 7 0 R /F 2", "3 adds /F;" },
		{ "/FT /Sig /T (a) /V 7 0 R", "3 takes away /Rect;" },
		{ FIELD " /AP << /N 5 0 R >>", "3 changes the field \"a\" and signs nothing;7 adds an object of type "
		                               "/Sig, which no signature needs;" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct writer writer;
		char body[200];
		snprintf(body, sizeof body, "<< %s >>", cases[i].field);
		add_first(&writer);
		add_object(&writer, 3, body);
		add_object(&writer, 7, "<< /Type /Sig >>");
		close_revision(&writer, ROOT);
		assert_changes(&writer, cases[i].said);
	}
}

static void test_signed_again(void **state)
{
	(void)state;
	struct writer writer;
	add_first(&writer);
	add_object(&writer, 3, "<< " FIELD " /V 7 0 R >>");
	add_object(&writer, 7, "<< /Type /Sig >>");
	close_revision(&writer, ROOT);
	add_object(&writer, 3, "<< " FIELD " /V 8 0 R >>");
	add_object(&writer, 8, "<< /Type /Sig >>");
	close_revision(&writer, ROOT);
	assert_changes(&writer, "3 changes the field \"a\", which was signed before;"
	                        "8 adds an object of type /Sig, which no signature needs;");
}

static void test_forgeries(void **state)
{
	(void)state;
	static const struct {
		unsigned number;
		const char *body, *said;
	} cases[] = {
		{ 5, "<< /Length 3 >>\nstream\n1 w\nendstream",
		  "5 writes a stream anew: what a page or an appearance shows;" },
		{ 5, "<< /Length 3 >>\nstream\n0 w\nendstream", "" },
		{ 5, "<< /Length 3 /Filter /X >>\nstream\n0 w\nendstream", "5 adds /Filter;" },
		{ 4, "<< /Length 3 >>\nstream\n1 w\nendstream",
		  "4 writes a stream anew: what a page or an appearance shows;" },
		{ 4, "<< /Length 0 >>\nstream\n\nendstream",
		  "4 writes a stream anew: what a page or an appearance shows;" },
		{ 1, "<< /Type /Catalog /AcroForm 2 0 R /OpenAction 5 0 R >>", "1 adds /OpenAction;" },
		{ 1, "<< /Type /Catalog /AcroForm 5 0 R >>", "1 changes /AcroForm;" },
		{ 2, "<< /Fields [] /SigFlags 1 >>", "2 changes /Fields;" },
		{ 6, "<< /Title (u) >>", "6 changes /Title;" },
		{ 6, "[]", "6 writes an object anew;" },
		{ 6, "<< /Title", "6 writes an object that is malformed;" },
		{ 9, "<< /Type /Page >>", "9 adds an object of type /Page, which no signature needs;" },
		{ 9, "12", "9 adds an object, which no signature needs;" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct writer writer;
		add_first(&writer);
		add_object(&writer, cases[i].number, cases[i].body);
		close_revision(&writer, ROOT);
		assert_changes(&writer, cases[i].said);
	}
}

static void test_deleted_and_trailer(void **state)
{
	(void)state;
	struct writer writer;
	add_first(&writer);
	writer.deleted[5] = true;
	writer.deleted[12] = true; /* never was */
	close_revision(&writer, "/Root 6 0 R /Info 6 0 R /ID [(a) (b)]");
	assert_changes(&writer, "0 changes /ID;0 changes /Root;5 deletes an object;");
}

/* References name a generation, and objects from the size on are not there. */
static void test_lost_objects(void **state)
{
	(void)state;
	struct writer writer;
	struct arena *arena = arena_new();
	add_first(&writer);
	size_t table = writer.table, at = writer.out.len;
	buf_puts(&writer.out, "5 1 obj\n<< /Length 3 >>\nstream\n0 w\nendstream\nendobj\n");
	writer.table = writer.out.len;
	buf_printf(&writer.out, "xref\n5 1\n%010zu 00001 n\r\ntrailer\n<< /Size 6 " ROOT " /Prev %zu >>\n", at, table);
	buf_printf(&writer.out, "startxref\n%zu\n%%%%EOF\n", writer.table);
	assert_changes(&writer, "0 changes /Size to fewer objects than there are;"
	                        "5 writes an object under another generation;");

	add_first(&writer);
	table = writer.table;
	writer.table = writer.out.len;
	buf_printf(&writer.out, "xref\ntrailer\n<< /Size 16 " ROOT " /Prev %zu >>\n", table);
	buf_printf(&writer.out, "startxref\n%zu\n%%%%EOF\n", writer.table);
	assert_null(open_file(arena, buf_chunk(&writer.out)));
	buf_free(&writer.out);
	arena_free(arena);
}

/* Files that are not read: the first byte of each is told, and nothing crashes. */
static void test_refused(void **state)
{
	(void)state;
	struct writer writer;
	add_first(&writer);
	struct arena *arena = arena_new();
	struct chunk whole = buf_chunk(&writer.out);
	assert_non_null(open_file(arena, whole));
	for (size_t len = 0; len + 1 < whole.len; len++)
		assert_null(open_file(arena, (struct chunk){ whole.data, len }));
	for (size_t at = 0; at < whole.len; at++) {
		char kept = writer.out.data[at];
		for (int bit = 0; bit < 8; bit++) {
			writer.out.data[at] = (char)(kept ^ 1 << bit);
			struct pdf_reader *reader = open_file(arena, whole);
			if (reader)
				pdf_changes_find(reader);
		}
		writer.out.data[at] = kept;
	}
	buf_puts(&writer.out, "more");
	assert_null(open_file(arena, buf_chunk(&writer.out)));
	buf_free(&writer.out);
	arena_free(arena);
}

static void test_pages(void **state)
{
	(void)state;
	struct writer writer = { 0 };
	struct arena *arena = arena_new();
	buf_puts(&writer.out, "%PDF-1.4\n");
	add_object(&writer, 1, "<< /Type /Catalog /Pages 2 0 R >>");
	/* The tree leads back to itself, which must not be followed for ever. */
	add_object(&writer, 2, "<< /Type /Pages /Kids [3 0 R 4 0 R 2 0 R] >>");
	add_object(&writer, 3, "<< /Type /Page /Contents 7 0 R >>");
	add_object(&writer, 4, "<< /Type /Page /Contents [5 0 R 6 0 R] >>");
	add_object(&writer, 6, "<< /Length 1 >>\nstream\nS\nendstream");
	close_revision(&writer, ROOT);
	add_object(&writer, 3, "<< /Type /Page /Contents 6 0 R >>");
	add_object(&writer, 6, "<< /Length 1 >>\nstream\nf\nendstream");
	add_object(&writer, 9, "<< >>");
	close_revision(&writer, ROOT);
	struct pdf_reader *reader = open_file(arena, buf_chunk(&writer.out));
	struct pdf_changes changes = pdf_changes_find(reader);
	static const unsigned objects[] = { 3, 6, 9 }, pages[] = { 1, 2, 0 };
	assert_int_equal(changes.count, 3);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(changes.items[i].object, objects[i]);
		assert_int_equal(changes.items[i].page, pages[i]);
	}
	buf_free(&writer.out);
	arena_free(arena);
}

/* An update whose table leads into the first revision hides what it writes. */
static void test_foreign_offset(void **state)
{
	(void)state;
	struct writer writer;
	struct arena *arena = arena_new();
	add_first(&writer);
	writer.places[6] = writer.places[5];
	writer.written[6] = true;
	close_revision(&writer, ROOT);
	assert_null(open_file(arena, buf_chunk(&writer.out)));
	buf_free(&writer.out);
	arena_free(arena);
}

static void test_dates(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		const char *instant; /* NULL: no date */
	} cases[] = {
		{ "D:20260309080500+08'00'", "2026-03-09T08:05:00+08:00" },
		{ "D:20260309080500+08'00", "2026-03-09T08:05:00+08:00" },
		{ "D:20260309080500-03'30'", "2026-03-09T08:05:00-03:30" },
		{ "D:20260309000500Z", "2026-03-09T00:05:00+00:00" },
		{ "D:2026", "2026-01-01T00:00:00+00:00" },
		{ "D:20260230080500Z", NULL },
		{ "D:20260309240000Z", NULL },
		{ "D:202603x9", NULL },
		{ "D:20260309080500+08'00'x", NULL },
		{ "20260309080500Z", NULL },
		{ "D:", NULL },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct instant at;
		char text[INSTANT_TEXT], date[PDF_DATE_TEXT];
		bool fine = pdf_date_parse(chunk_of(cases[i].text), &at);
		assert_int_equal(fine, cases[i].instant != NULL);
		if (!fine)
			continue;
		assert_string_equal(instant_format(at, text), cases[i].instant);
		assert_true(pdf_date_parse(chunk_of(pdf_date_format(at, date)), &at));
		assert_string_equal(instant_format(at, text), cases[i].instant);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_signature),      cmocka_unit_test(test_field),
		cmocka_unit_test(test_signed_again),   cmocka_unit_test(test_forgeries),
		cmocka_unit_test(test_refused),        cmocka_unit_test(test_deleted_and_trailer),
		cmocka_unit_test(test_foreign_offset), cmocka_unit_test(test_dates),
		cmocka_unit_test(test_pages),          cmocka_unit_test(test_lost_objects),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
