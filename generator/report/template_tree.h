/* What a template is compiled to; for the template's own files only. */
#ifndef OPSLEDGER_REPORT_TEMPLATE_TREE_H
#define OPSLEDGER_REPORT_TEMPLATE_TREE_H

#include "base/buffer.h"
#include "base/value.h"
#include "report/template.h"

enum part_kind { PART_TEXT, PART_VALUE, PART_SECTION, PART_INVERTED, PART_PARTIAL };

struct part {
	enum part_kind kind;
	struct place place; /* of the tag */
	struct part *next;
	struct chunk text;             /* TEXT: borrowed from the source */
	const char *name;              /* as the tag has it */
	const char *const *path;       /* name cut at its dots; empty for {{.}} */
	size_t path_length;            /* VALUE, SECTION, INVERTED */
	bool raw;                      /* VALUE: not escaped */
	bool fenced;                   /* VALUE, PARTIAL: inside a fenced block */
	struct part *parent, *first;   /* SECTION, INVERTED: what stands in it */
	const struct template *target; /* PARTIAL */
	bool standalone;               /* PARTIAL: alone on its line, whose blanks are indent */
	struct chunk indent;
};

struct template
{
	struct part *first;
};

#endif
