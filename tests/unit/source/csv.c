/* CSV cells and where they stand (edge case 48; design chapter 3). */
#include "fixture.h"

#include "source/csv.h"

static void print_row(const struct csv_row *row, void *context)
{
	struct buf *out = context;
	for (size_t i = 0; i < row->count; i++)
		buf_printf(out, "%u:%u[%s]", row->cells[i].place.line, row->cells[i].place.column, row->cells[i].text);
	buf_printf(out, " %zu-%zu\n", row->from, row->to);
}

/* Reads text and compares rows and diagnostics with what is expected. */
static void check(const char *text, const char *rows, const char *faults)
{
	struct diags *diags = diags_new();
	struct buf out = BUF_INIT, printed = BUF_INIT;
	csv_read("f", chunk_of(text), print_row, &out, diags);
	size_t count;
	const struct diag *found = diags_sorted(diags, &count);
	for (size_t i = 0; i < count; i++)
		buf_printf(&printed, "%u:%u %s\n", found[i].place.line, found[i].place.column,
		           message_name(found[i].message));
	assert_string_equal(buf_str(&out), rows);
	assert_string_equal(buf_str(&printed), faults);
	buf_free(&out);
	buf_free(&printed);
	diags_free(diags);
}

static void columns_count_characters(void **state)
{
	(void)state;
	check("id,标题,x\n1,网络故障,2026-13-45\n",
	      "1:1[id]1:4[标题]1:7[x] 0-12\n2:1[1]2:3[网络故障]2:8[2026-13-45] 12-38\n", "");
	check("甲,\xF0\xA0\xAE\xB7,丙\n", "1:1[甲]1:3[\xF0\xA0\xAE\xB7]1:5[丙] 0-13\n", "");
}

static void blanks_around_a_cell_are_left_out(void **state)
{
	(void)state;
	check("a ,  b\t, \"c \" ,\n", "1:1[a]1:6[b]1:10[c ]1:16[] 0-16\n", "");
}

static void every_line_end_is_one(void **state)
{
	(void)state;
	check("a,b\r\nc,d\r\n", "1:1[a]1:3[b] 0-5\n2:1[c]2:3[d] 5-10\n", "");
	check("a\rb\rc", "1:1[a] 0-2\n2:1[b] 2-4\n3:1[c] 4-5\n", "");
	check("a\n\n \t\n\r\nb", "1:1[a] 0-2\n5:1[b] 8-9\n", "");
	check("", "", "");
	check("\n\n", "", "");
	check("a,", "1:1[a]1:3[] 0-2\n", "");
}

static void a_quoted_line_end_moves_what_follows(void **state)
{
	(void)state;
	check("1,\"第一行\n第二行\",x\n2,y,\"a,\"\"b\"\"\"\n",
	      "1:1[1]1:3[第一行\n第二行]2:6[x] 0-26\n3:1[2]3:3[y]3:5[a,\"b\"] 26-40\n", "");
	check("\"a\r\nb\",c\r\nd", "1:1[a\r\nb]2:4[c] 0-10\n3:1[d] 10-11\n", "");
	check("\"a\rb\",c", "1:1[a\rb]2:4[c] 0-7\n", "");
}

static void faulty_quotes_cost_one_line(void **state)
{
	(void)state;
	check("1,2\n3,a\"b\n5,6\n", "1:1[1]1:3[2] 0-4\n3:1[5]3:3[6] 10-14\n", "2:4 csv-stray-quote\n");
	check("1,2\n故,\"a\"b\n5,6\n", "1:1[1]1:3[2] 0-4\n3:1[5]3:3[6] 13-17\n", "2:3 csv-text-behind-quote\n");
	check("1,\"open,2\n3,4\n", "2:1[3]2:3[4] 10-14\n", "1:3 csv-open-quote\n");
	check("1,\"open\n3,\"x\"\n5,6", "2:1[3]2:3[x] 8-14\n3:1[5]3:3[6] 14-17\n", "1:3 csv-text-behind-quote\n");
	check("1,\"a\nb\",\"c\"d\n5,6\n", "3:1[5]3:3[6] 13-17\n", "2:4 csv-text-behind-quote\n");
}

static void the_message_says_where_the_quote_was_closed(void **state)
{
	struct fixture *fixture = *state;
	struct buf out = BUF_INIT;
	csv_read("f.csv", chunk_of("1,\"开着\n3,\"x\"\n"), print_row, &out, fixture->diags);
	assert_told(fixture, "f.csv:1:3: error: the cell opened by this quote is closed before 2:4,");
	buf_free(&out);
}

static void faults_beyond_a_hundred_end_the_reading(void **state)
{
	(void)state;
	struct diags *diags = diags_new();
	struct buf text = BUF_INIT, out = BUF_INIT;
	for (int i = 0; i < 5000; i++)
		buf_puts(&text, "a,\"b\n");
	csv_read("f", buf_chunk(&text), print_row, &out, diags);
	assert_int_equal(diags_errors(diags), 101);
	assert_string_equal(buf_str(&out), "");
	buf_free(&text);
	buf_free(&out);
	diags_free(diags);
}

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

/* A text written cell by cell, with what has to be read from it. */
struct written {
	struct buf text, expected;
	unsigned line, column;
	uint32_t seed;
};

/* Writes one character, counting lines and columns in another way than the reader does. */
static void write_character(struct written *written, const char *character)
{
	buf_puts(&written->text, character);
	bool end = strcmp(character, "\n") == 0 || strcmp(character, "\r\n") == 0;
	written->line += end;
	written->column = end ? 1 : written->column + 1;
}

static void write_cell(struct written *written)
{
	static const char *const characters[] = {
		"a", "故", "\"", ",", "\n", "\r\n", " ", "\xF0\xA0\xAE\xB7", "9", "－"
	};
	unsigned count = next_random(&written->seed) % 6;
	bool quoted = next_random(&written->seed) % 2;
	unsigned lead = next_random(&written->seed) % 3;
	while (lead--)
		write_character(written, " ");
	struct buf content = BUF_INIT;
	buf_printf(&written->expected, "%u:%u[", written->line, written->column);
	if (quoted)
		write_character(written, "\"");
	for (unsigned i = 0; i < count; i++) {
		const char *character = characters[next_random(&written->seed) % 10];
		if (!quoted && strchr("\",\n\r ", character[0]))
			character = "b";
		write_character(written, character);
		if (character[0] == '"')
			write_character(written, character);
		buf_puts(&content, character);
	}
	if (quoted)
		write_character(written, "\"");
	buf_printf(&written->expected, "%s]", buf_str(&content));
	buf_free(&content);
}

static void random_tables_are_read_as_they_were_written(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < 3000; round++) {
		struct written written = { .line = 1, .column = 1, .seed = round };
		unsigned rows = 1 + next_random(&written.seed) % 5;
		for (unsigned row = 0; row < rows; row++) {
			size_t from = written.text.len;
			unsigned cells = 2 + next_random(&written.seed) % 4;
			for (unsigned cell = 0; cell < cells; cell++) {
				if (cell)
					write_character(&written, ",");
				write_cell(&written);
			}
			if (row + 1 < rows || next_random(&written.seed) % 2)
				write_character(&written, next_random(&written.seed) % 2 ? "\n" : "\r\n");
			buf_printf(&written.expected, " %zu-%zu\n", from, written.text.len);
		}
		check(buf_str(&written.text), buf_str(&written.expected), "");
		buf_free(&written.text);
		buf_free(&written.expected);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_count_characters),
		cmocka_unit_test(blanks_around_a_cell_are_left_out),
		cmocka_unit_test(every_line_end_is_one),
		cmocka_unit_test(a_quoted_line_end_moves_what_follows),
		cmocka_unit_test(faulty_quotes_cost_one_line),
		cmocka_unit_test_setup_teardown(the_message_says_where_the_quote_was_closed, set_up, tear_down),
		cmocka_unit_test(faults_beyond_a_hundred_end_the_reading),
		cmocka_unit_test(random_tables_are_read_as_they_were_written),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
