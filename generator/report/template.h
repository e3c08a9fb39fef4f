/* Mustache templates: text with tags, compiled once, filled from a value.
 *
 * All modules of the public Mustache specification but lambdas: interpolation,
 * sections, inverted sections, partials, comments, set delimiters; dotted names,
 * the implicit iterator {{.}}, standalone lines, indented partials. Two things
 * are stricter than the specification, which renders a name that nobody knows as
 * nothing: an unknown name and an unknown partial are errors, with place. Known
 * and empty are: null, false, "" and the empty list. Every name inside null is
 * known, and null.
 *
 * What a tag prints:
 *   string      its text, escaped
 *   number      the shortest decimal that reads back as the same number
 *   true        true;   false and null print nothing
 *   list, object   compact JSON — meant for {{{x}}} as the body of a chart block
 * A section over a number (also 0) or a non-empty string is rendered once, with
 * it as the context. */
#ifndef OPSLEDGER_REPORT_TEMPLATE_H
#define OPSLEDGER_REPORT_TEMPLATE_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/diag.h"
#include "base/memory.h"
#include "base/value.h"

/* How {{x}} is escaped; {{{x}}} and {{&x}} never are.
 *
 * Markdown: the value comes out of the Markdown reader as the plain text that it
 * was, in a paragraph, a table cell or a heading; a newline becomes a line break.
 * Inside a fenced block (```form, ```signature …), which holds JSON, and in front
 * matter, {{x}} prints JSON, false and null too, but a string without its quotes:
 * write "{{x}}".
 * In the address of a link a value is written <{{x}}>. */
enum template_escape { TEMPLATE_MARKDOWN, TEMPLATE_HTML, TEMPLATE_PLAIN };

/* Where the texts of partials come from. */
struct template_loader {
	/* Sets *path (for diagnostics) and *text, both to outlive the
	 * template; false when there is no partial of that name. */
	bool (*load)(const char *name, const char **path, struct chunk *text, void *context);
	void *context;
};

struct template;

/* Compiles text and the partials it names, to live in arena. path and text are
 * borrowed. loader may be NULL: then there are no partials. NULL after a
 * diagnostic. */
struct template *template_compile(struct arena *arena, const char *path, struct chunk text,
                                  const struct template_loader *loader, struct diags *diags);

/* Appends the filled template to out. view is the outermost context, an object.
 * False after a diagnostic; all that is wrong is told in one run. */
bool template_render(const struct template *template, const struct value *view, enum template_escape escape,
                     struct buf *out, struct diags *diags);

#endif
