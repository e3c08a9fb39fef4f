/* Provenance against an independent answer over random histories (issue 7), and what only few
 * histories show. OPSLEDGER_HISTORIES sets the number of random ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/output.h"
#include "proof/provenance.h"

enum { HISTORIES = 40, BATCH = 50 };

static const char *const change_names[] = { "added", "changed", "removed" };

static void put_escaped(struct buf *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '\n')
			buf_puts(out, "\\n");
		else if (*text == '\r')
			buf_puts(out, "\\r");
		else if (*text == '\t')
			buf_puts(out, "\\t");
		else if (*text == '\\')
			buf_puts(out, "\\\\");
		else
			buf_putc(out, *text);
	}
}

static void put_value(struct buf *out, const char *text)
{
	buf_puts(out, text ? " =" : " -");
	put_escaped(out, text ? text : "");
}

static int by_name(const void *left, const void *right)
{
	const struct field_change *a = left, *b = right;
	return strcmp(a->name, b->name);
}

static int by_text(const void *left, const void *right)
{
	const char *const *a = left, *const *b = right;
	return strcmp(*a, *b);
}

static const char *event_line(const struct provenance *provenance, const struct life *life, const struct event *event,
                              struct arena *arena, struct diags *diags)
{
	struct buf line = BUF_INIT;
	size_t count;
	const struct field_change *fields = provenance_fields(provenance, event, arena, &count, diags);
	struct field_change *sorted = arena_alloc(arena, (count + 1) * sizeof *sorted);
	memcpy(sorted, fields, count * sizeof *sorted);
	qsort(sorted, count, sizeof *sorted, by_name);
	buf_printf(&line, "%s/%s/%s\t%s\t%s%s", life->contract, life->type, life->id, event->commit->facts.id,
	           change_names[event->change], event->again ? " again" : "");
	for (size_t i = 0; i < count; i++) {
		buf_printf(&line, "\t%s", sorted[i].name);
		put_value(&line, sorted[i].before);
		put_value(&line, sorted[i].after);
	}
	const char *text = arena_strdup(arena, buf_str(&line));
	buf_free(&line);
	return text;
}

/* All events of the history behind main, a line each, sorted. */
static void tell_events(const char *folder, struct buf *out)
{
	struct arena *arena = arena_new();
	struct diags *diags = diags_new(), *ignored = diags_new();
	struct repository *repository = repository_open(folder, diags);
	assert_non_null(repository);
	struct commit tip;
	assert_true(repository_resolve(repository, arena, "main", &tip, diags));
	const struct snapshot *snapshot = snapshot_of_commit(arena, repository, tip.id, diags);
	const struct records *records = records_read(arena, snapshot, ignored);
	struct provenance *provenance = provenance_read(repository, tip.id, records, diags);
	assert_non_null(provenance);
	assert_int_equal(diags_errors(diags), 0);
	const char **lines = NULL;
	size_t count = 0, capacity = 0;
	for (size_t i = 0; i < provenance->life_count; i++) {
		const struct life *life = &provenance->lives[i];
		const char *name = arena_printf(arena, "%s/%s/%s", life->contract, life->type, life->id);
		assert_ptr_equal(provenance_of(provenance, name), life);
		assert_true(life->event_count > 0);
		for (size_t e = 0; e < life->event_count; e++) {
			const char *line = event_line(provenance, life, &life->events[e], arena, diags);
			arena_push(arena, lines, count, capacity, line);
		}
	}
	if (count)
		qsort(lines, count, sizeof *lines, by_text);
	for (size_t i = 0; i < count; i++)
		buf_printf(out, "%s\n", lines[i]);
	provenance_free(provenance);
	repository_free(repository);
	diags_free(diags);
	diags_free(ignored);
	arena_free(arena);
}

/* Says where two texts first differ, by line. */
static void assert_same_lines(const char *folder, const char *expected, const char *found)
{
	for (size_t line = 1; *expected || *found; line++) {
		size_t len = strcspn(expected, "\n"), found_len = strcspn(found, "\n");
		if (len != found_len || memcmp(expected, found, len) != 0) {
			print_message("%s: line %zu\nexpected: %.*s\nfound:    %.*s\n", folder, line, (int)len,
			              expected, (int)found_len, found);
			fail();
		}
		expected += len + (expected[len] == '\n');
		found += found_len + (found[found_len] == '\n');
	}
}

static void run(const char *command)
{
	if (system(command) != 0)
		fail_msg("failed: %s", command);
}

static void test_random_histories(void **state)
{
	(void)state;
	const char *wanted = getenv("OPSLEDGER_HISTORIES"), *first = getenv("OPSLEDGER_FIRST_SEED");
	int count = wanted ? atoi(wanted) : HISTORIES, base = first ? atoi(first) : 1;
	for (int seed = base; seed < base + count; seed += BATCH) {
		char folder[] = "/tmp/opsledger-histories-XXXXXX", command[256];
		assert_non_null(mkdtemp(folder));
		int batch = base + count - seed < BATCH ? base + count - seed : BATCH;
		snprintf(command, sizeof command, "python3 tests/story/random_histories.py %s %d %d", folder, seed,
		         batch);
		run(command);
		for (int i = seed; i < seed + batch; i++) {
			char path[256];
			struct buf expected = BUF_INIT, found = BUF_INIT;
			snprintf(path, sizeof path, "%s/%d.expected", folder, i);
			assert_true(read_file(path, &expected));
			snprintf(path, sizeof path, "%s/%d", folder, i);
			tell_events(path, &found);
			assert_same_lines(path, buf_str(&expected), buf_str(&found));
			buf_free(&expected);
			buf_free(&found);
		}
		snprintf(command, sizeof command, "rm -rf %s", folder);
		run(command);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_random_histories) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
