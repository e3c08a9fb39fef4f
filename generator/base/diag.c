#include "base/diag.h"

#include <libintl.h>
#include <locale.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/memory.h"

static const struct {
	enum severity severity;
	const char *name, *text;
} catalogue[] = {
#define MESSAGE(symbol, severity, name, text) { SEVERITY_##severity, name, text },
#include "base/messages.def"
#undef MESSAGE
};

struct diags {
	pthread_mutex_t lock;
	struct arena *arena;
	struct map seen; /* whole printed lines */
	struct diag *items;
	size_t count, capacity;
	size_t errors, warnings;
};

struct diags *diags_new(void)
{
	struct diags *diags = xcalloc(1, sizeof *diags);
	pthread_mutex_init(&diags->lock, NULL);
	diags->arena = arena_new();
	map_init(&diags->seen, diags->arena);
	return diags;
}

void diags_free(struct diags *diags)
{
	if (!diags)
		return;
	arena_free(diags->arena);
	pthread_mutex_destroy(&diags->lock);
	free(diags);
}

enum severity message_severity(enum message message)
{
	return catalogue[message].severity;
}

const char *message_name(enum message message)
{
	return catalogue[message].name;
}

const char *message_text(enum message message)
{
	return catalogue[message].text;
}

static const char *chosen = "en"; /* the language of messages */

void messages_speak_chinese(bool always)
{
	setenv("LANGUAGE", always ? "zh_CN" : chosen, 1);
	textdomain("opsledger"); /* forgets what was translated before */
}

void messages_init(const char *locale_dir)
{
	static const char *const variables[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	const char *locale = "";
	for (size_t i = 0; i < sizeof variables / sizeof *variables && !*locale; i++) {
		const char *set = getenv(variables[i]);
		locale = set ? set : "";
	}
	bool neutral =
	    !*locale || strcmp(locale, "POSIX") == 0 || strcmp(locale, "C") == 0 || strncmp(locale, "C.", 2) == 0;
	bool chinese = neutral || strncmp(locale, "zh", 2) == 0;
	/* The C library translates only in a locale other than "C"; C.UTF-8 is always there, and
	 * LANGUAGE then says which translation. */
	setlocale(LC_CTYPE, "C.UTF-8");
	setlocale(LC_MESSAGES, "C.UTF-8");
	chosen = chinese ? "zh_CN" : "en";
	setenv("LANGUAGE", chosen, 1);
	bindtextdomain("opsledger", locale_dir);
	bind_textdomain_codeset("opsledger", "UTF-8");
	textdomain("opsledger");
}

const char *translate(const char *text)
{
	return *text ? gettext(text) : text;
}

static void fill_in(struct buf *out, const char *text, const char *const arguments[])
{
	size_t given = 0;
	while (arguments[given])
		given++;
	for (const char *at = text; *at; at++) {
		if (at[0] == '{' && at[1] >= '1' && at[1] <= '9' && at[2] == '}') {
			size_t index = (size_t)(at[1] - '1');
			if (index >= given)
				die("message \"%s\" wants argument %zu", text, index + 1);
			buf_puts(out, arguments[index]);
			at += 2;
		} else {
			buf_putc(out, *at);
		}
	}
}

static void print_one(struct buf *out, const struct diag *diag)
{
	if (diag->place.path) {
		buf_printf(out, "%s:", diag->place.path);
		if (diag->place.line)
			buf_printf(out, "%u:", diag->place.line);
		if (diag->place.line && diag->place.column)
			buf_printf(out, "%u:", diag->place.column);
		buf_putc(out, ' ');
	}
	buf_printf(out, "%s: %s\n", message_severity(diag->message) == SEVERITY_ERROR ? "error" : "warning",
	           diag->text);
}

static void file(struct diags *diags, struct diag diag)
{
	struct buf line = BUF_INIT;
	print_one(&line, &diag);
	pthread_mutex_lock(&diags->lock);
	if (!map_get(&diags->seen, buf_str(&line))) {
		map_put(&diags->seen, buf_str(&line), diags);
		diag.text = arena_strdup(diags->arena, diag.text);
		if (diag.place.path)
			diag.place.path = arena_strdup(diags->arena, diag.place.path);
		arena_push(diags->arena, diags->items, diags->count, diags->capacity, diag);
		if (message_severity(diag.message) == SEVERITY_ERROR)
			diags->errors++;
		else
			diags->warnings++;
	}
	pthread_mutex_unlock(&diags->lock);
	buf_free(&line);
}

void diags_report(struct diags *diags, struct place place, enum message message, const char *const arguments[])
{
	struct buf text = BUF_INIT;
	fill_in(&text, translate(message_text(message)), arguments);
	file(diags, (struct diag){ place, message, buf_str(&text) });
	buf_free(&text);
}

void diags_join(struct diags *diags, const struct diags *others)
{
	for (size_t i = 0; i < others->count; i++)
		file(diags, others->items[i]);
}

static int compare(const void *left, const void *right)
{
	const struct diag *a = left, *b = right;
	int order = strcmp(a->place.path ? a->place.path : "", b->place.path ? b->place.path : "");
	if (order)
		return order;
	if (a->place.line != b->place.line)
		return a->place.line < b->place.line ? -1 : 1;
	if (a->place.column != b->place.column)
		return a->place.column < b->place.column ? -1 : 1;
	return strcmp(a->text, b->text);
}

const struct diag *diags_sorted(struct diags *diags, size_t *count)
{
	if (diags->count)
		qsort(diags->items, diags->count, sizeof *diags->items, compare);
	*count = diags->count;
	return diags->items;
}

size_t diags_errors(const struct diags *diags)
{
	return diags->errors;
}

size_t diags_warnings(const struct diags *diags)
{
	return diags->warnings;
}

void diags_print(struct diags *diags, struct buf *out)
{
	size_t count;
	const struct diag *items = diags_sorted(diags, &count);
	for (size_t i = 0; i < count; i++)
		print_one(out, &items[i]);
}
