/* Diagnostics: what is wrong with the input, where, and how to mend it.
 *
 * Every message is one of the closed catalogue in messages.def. Reading goes on
 * after a diagnostic, so that one run tells all; the caller asks at the end for
 * the worst. Arguments are text, filled in for {1}, {2} …:
 *
 *     DIAG(diags, cell.place, MSG_BAD_DATE, cell.text);
 *
 * Threads may report to the same diagnostics. */
#ifndef OPSLEDGER_BASE_DIAG_H
#define OPSLEDGER_BASE_DIAG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/value.h"

enum severity { SEVERITY_WARNING, SEVERITY_ERROR };

enum message {
#define MESSAGE(symbol, severity, name, text) MSG_##symbol,
#include "base/messages.def"
#undef MESSAGE
	MESSAGE_COUNT
};

struct diag {
	struct place place; /* path copied; NULL when no file is to blame */
	enum message message;
	const char *text; /* translated, arguments filled in */
};

struct diags;

struct diags *diags_new(void);
void diags_free(struct diags *diags);

#define DIAG(diags, place, message, ...)                                                                               \
	diags_report((diags), (place), (message), (const char *const[]){ NULL, ##__VA_ARGS__, NULL } + 1)

/* Files one diagnostic; arguments end in NULL and are copied. The same message
 * with the same text at the same place is filed once. */
void diags_report(struct diags *diags, struct place place, enum message message, const char *const arguments[]);

/* All, ordered by path, line, column, text; borrowed until the next
 * report. */
const struct diag *diags_sorted(struct diags *diags, size_t *count);
/* Files what others hold too. */
void diags_join(struct diags *diags, const struct diags *others);
size_t diags_errors(const struct diags *diags);
size_t diags_warnings(const struct diags *diags);

/* Prints "path:line:column: error: text" for each, a line each. Unknown parts of
 * the place are left out. */
void diags_print(struct diags *diags, struct buf *out);

enum severity message_severity(enum message message);
const char *message_name(enum message message);
/* The untranslated text. */
const char *message_text(enum message message);

/* Chooses the language of messages once, before the first diagnostic: that of
 * LC_ALL, LC_MESSAGES or LANG, the first one set; Chinese when none of them
 * names a language. locale_dir holds the compiled translations. Numbers, dates
 * and sorting never follow the locale. */
void messages_init(const char *locale_dir);
/* Has translate give Chinese whatever was chosen, for what stands on pages and
 * in files, which are the same everywhere; false: again as chosen. */
void messages_speak_chinese(bool always);
/* Marks a text that is translated where it is printed. */
#define N_(text) text
/* text in the chosen language; text itself where there is no translation. */
const char *translate(const char *text) __attribute__((format_arg(1)));

#endif
