/* PDF: the file that is written, as bytes. What other programs say of it is in
 * tests/document/. */
#define _GNU_SOURCE
#include <string.h>

#include "document/pdf.h"
#include "document/pdf_object.h"
#include "document/qr.h"
#include "print.h"

static const char report[] =
    "# 月报\n\n## 一、概况\n\n共15起，见[附表](#一概况)和[网站](https://example.org/运维)。\n\n"
    "| 编号 | 结论 |\n|---|---|\n| 1 | 达标 |\n\n"
    "```signature\n{\"signers\": [{\"id\": \"purchaser\", \"role\": \"采购人代表\", \"seal\": true},"
    " {\"id\": \"provider\", \"role\": \"项目经理\"}]}\n```\n";

static struct pdf_facts facts(void)
{
	bool guessed;
	struct pdf_facts facts = {
		.title = "2026年3月<月报>", .author = "承建运维单位", .language = "zh-CN", .keywords = "commit 0123abcd"
	};

	assert_true(instant_parse(chunk_of("2026-04-01T09:08:07+08:00"), 0, &facts.created, &guessed));
	return facts;
}

static struct buf write_pdf(struct print *print, const char *markdown, struct pdf_facts facts)
{
	struct buf out = BUF_INIT;
	const struct document *document = document_read(print->arena, "test.md", chunk_of(markdown), print->diags);

	assert_true(pdf_write(document, print->setup, &facts, sink_to(&out), print->diags));
	return out;
}

/* How often words stand in the file, outside streams that are deflated. */
static size_t count(const struct buf *pdf, const char *words)
{
	size_t found = 0;

	for (const char *at = pdf->data; (at = memmem(at, pdf->len - (size_t)(at - pdf->data), words, strlen(words)));
	     at += strlen(words))
		found++;
	return found;
}

static void test_same_bytes(void **state)
{
	struct print *print = *state;
	struct pdf_facts later = facts();
	struct buf one = write_pdf(print, report, facts()), two = write_pdf(print, report, facts());

	assert_int_equal(one.len, two.len);
	assert_memory_equal(one.data, two.data, one.len);
	later.created.seconds++;
	struct buf three = write_pdf(print, report, later);
	const char *id = memmem(one.data, one.len, "/ID [ <", 7);
	assert_non_null(id);
	assert_null(memmem(three.data, three.len, id, 40));
	buf_free(&one);
	buf_free(&two);
	buf_free(&three);
}

/* The set-up is shared: what another document used of it leaves no trace. */
static void test_documents_are_apart(void **state)
{
	struct print *print = *state;
	struct fonts *fonts = fonts_new();
	struct print fresh = *print;
	struct buf text = BUF_INIT, one, two;

	one = write_pdf(print, "**重新**打开 `code`", facts());
	assert_true(read_file("templates/print.json", &text));
	const struct value *json = json_read(print->arena, "templates/print.json", buf_chunk(&text), print->diags);
	fresh.setup = page_setup_read(print->arena, fonts, json, print->diags);
	two = write_pdf(&fresh, "**重新**打开 `code`", facts());
	assert_int_equal(one.len, two.len);
	assert_memory_equal(one.data, two.data, one.len);
	fonts_free(fonts);
	buf_free(&text);
	buf_free(&one);
	buf_free(&two);
}

static void test_parts(void **state)
{
	struct print *print = *state;
	struct buf pdf = write_pdf(print, report, facts());

	assert_memory_equal(pdf.data, "%PDF-1.4", 8);
	assert_int_equal(count(&pdf, "/FT /Sig"), 2);
	assert_int_equal(count(&pdf, "/T (purchaser)"), 1);
	assert_int_equal(count(&pdf, "/SigFlags 3"), 1);
	assert_int_equal(count(&pdf, "/S/TH/P"), 2);
	assert_int_equal(count(&pdf, "/S/TD/P"), 2);
	assert_int_equal(count(&pdf, "/S/H2/P"), 1);
	assert_int_equal(count(&pdf, "/Marked true"), 1);
	assert_int_equal(count(&pdf, "/Lang (zh-CN)"), 1);
	assert_int_equal(count(&pdf, "/Subtype /Link"), 2);
	assert_int_equal(count(&pdf, "(https://example.org/%E8%BF%90%E7%BB%B4)"), 1);
	/* Each annotation is printed (PDF/A-1, 6.5.3). */
	assert_int_equal(count(&pdf, "/Type /Annot /F 4"), 4);
	assert_int_equal(
	    count(&pdf, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">2026年3月&lt;月报&gt;</rdf:li>"), 1);
	assert_int_equal(count(&pdf, "(D:20260401090807+08'00')"), 2);
	assert_int_equal(count(&pdf, "<xmp:CreateDate>2026-04-01T09:08:07+08:00<"), 1);
	assert_int_equal(count(&pdf, "Haru"), 0);
	buf_free(&pdf);
}

/* Two blocks may ask for the same field: names in the form are unique. */
static void test_field_names(void **state)
{
	struct print *print = *state;
	struct buf pdf = write_pdf(print,
	                           "```signature\n{\"signers\": [{\"id\": \"a\", \"role\": \"甲\"}]}\n```\n\n"
	                           "```signature\n{\"signers\": [{\"id\": \"a\", \"role\": \"乙\"}]}\n```\n",
	                           facts());

	assert_int_equal(count(&pdf, "/T (a)"), 1);
	assert_int_equal(count(&pdf, "/T (a-2)"), 1);
	buf_free(&pdf);
}

static void test_missing_character(void **state)
{
	struct print *print = *state;
	struct buf out = BUF_INIT;
	struct pdf_facts of = facts();
	const struct document *document =
	    document_read(print->arena, "test.md", chunk_of("\xF4\x8F\xBF\xBC"), print->diags);

	assert_false(pdf_write(document, print->setup, &of, sink_to(&out), print->diags));
	assert_memory_equal(out.data, "%PDF-1.4", 8);
	buf_free(&out);
}

static void test_numbers(void **state)
{
	static const struct {
		double number;
		const char *text;
	} cases[] = { { 0, "0" },         { 1, "1" },        { -1.5, "-1.5" },        { 0.001, "0.001" },
		      { 0.0004, "0" },    { -0.0004, "0" },  { 595.2756, "595.276" }, { 100, "100" },
		      { 12.34, "12.34" }, { 1e6, "1000000" } };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf out = BUF_INIT;

		pdf_put_real(&out, cases[i].number);
		assert_string_equal(buf_str(&out), cases[i].text);
		buf_free(&out);
	}
}

static void test_text_strings(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	pdf_put_text(&out, "月(a)𠮷");
	assert_string_equal(out.data, "<FEFF67080028006100"
	                              "29D842DFB7>");
	buf_free(&out);
}

static void test_qr(void **state)
{
	struct arena *arena = arena_new();
	const struct qr *qr = qr_encode(arena, "hengqin-admin/monthly/2026-03");
	char *longer = arena_alloc(arena, 4000);

	(void)state;
	assert_true(qr->size >= 21 && (qr->size - 17) % 4 == 0);
	/* A finder pattern: dark edge, light ring, dark heart. */
	assert_int_equal(qr->modules[0], 1);
	assert_int_equal(qr->modules[qr->size + 1], 0);
	assert_int_equal(qr->modules[3 * qr->size + 3], 1);
	memset(longer, 'a', 3999);
	assert_null(qr_encode(arena, longer));
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same_bytes),
		cmocka_unit_test(test_documents_are_apart),
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_field_names),
		cmocka_unit_test(test_missing_character),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_text_strings),
		cmocka_unit_test(test_qr),
	};

	return cmocka_run_group_tests(tests, print_open, print_close);
}
