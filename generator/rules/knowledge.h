/* Knowledge: the articles of the knowledge base, as far as figures need them, and
 * whether they work: what is looked up in them, what recurs without one, which of
 * them are still to be trusted. Articles are borrowed from who read them. */
#ifndef OPSLEDGER_RULES_KNOWLEDGE_H
#define OPSLEDGER_RULES_KNOWLEDGE_H

#include "rules/lesson.h"

struct knowledge_article {
	const char *path, *title, *owner; /* owner: or NULL */
	const char **systems, **related;  /* names of systems; "CONTRACT/TYPE/ID" */
	size_t system_count, system_capacity, related_count, related_capacity;
	bool has_reviewed, has_review_by;
	struct date reviewed, review_by;
};

struct knowledge {
	struct arena *arena;
	struct map by_path;    /* "kb/manuals/x.md" → struct knowledge_article, in the order of adding */
	struct map by_related; /* "CONTRACT/TYPE/ID" → the last article that says it is about that record */
};

struct knowledge_list {
	const struct knowledge_article **items;
	size_t count, capacity;
};

/* Lives in arena. */
struct knowledge *knowledge_new(struct arena *arena);
/* Adds an article with its front matter (NULL: it has none). What front matter says in a
 * wrong form counts as not said: that is reported where articles are checked. */
void knowledge_add(struct knowledge *knowledge, const char *path, const char *title, const struct value *front);

/* The articles that an incident or a request names in its field "articles" or "article":
 * paths parted by commas. A path of none is reported, unless diags is NULL. */
struct knowledge_list knowledge_cited(struct arena *arena, const struct knowledge *knowledge,
                                      const struct record *record, struct diags *diags);
/* The articles that concern a contract, by path: their front matter names a system or a record of it, or
 * one of its incidents and requests names them. */
struct knowledge_list knowledge_concerning(struct arena *arena, const struct knowledge *knowledge,
                                           const struct ledger *ledger);

/* The cases that there is no article for: they name none, and none is about them. */
struct gaps {
	const struct lessons *lessons;
	bool *open;         /* by lesson */
	struct instant *at; /* when it happened, of the open ones */
};

/* Looks through lessons, which are borrowed. Further reports of an incident, which name it as their
 * parent, are no gaps. */
struct gaps *knowledge_gaps(struct arena *arena, const struct knowledge *knowledge, const struct lessons *lessons);

/* The case of which this one is a repeat: the likest earlier one with the same asset or
 * system and much the same words, both of them gaps. NULL when it is no such repeat. */
const struct lesson *knowledge_repeated(const struct gaps *gaps, const struct lesson *lesson);

enum review_state {
	REVIEW_UNPLANNED, /* front matter says no review_by */
	REVIEW_IN_TIME,
	REVIEW_OVERDUE /* review_by is over, and it was not reviewed after */
};

/* At the end of day; front matter tells of the last review only, so an article that
 * was reviewed later is in time. */
enum review_state knowledge_review(const struct knowledge_article *article, struct date day);
/* Adds the changes of ledger that were finished on the article's systems after the day of
 * its review, up to until, as changes are ordered. */
void knowledge_changes(struct arena *arena, const struct knowledge_article *article, const struct ledger *ledger,
                       struct instant until, struct record_list *changes);

#endif
