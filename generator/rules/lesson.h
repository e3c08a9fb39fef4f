/* Lessons: what records teach whoever meets the same again. A case is an incident
 * that is closed and says its cause and its remedy; a question is a request that
 * was asked something and answered it. */
#ifndef OPSLEDGER_RULES_LESSON_H
#define OPSLEDGER_RULES_LESSON_H

#include "base/map.h"
#include "ledger/ledger.h"

enum lesson_kind { LESSON_CASE, LESSON_QUESTION };

struct lesson {
	enum lesson_kind kind;
	const struct ledger *ledger;
	const struct record *record;
	const char *title;
	const struct system *system; /* or NULL, as the next */
	const char *asset;
	struct lesson_term **terms; /* the pairs of characters it is about; private */
	size_t term_count, term_capacity;
	double norm; /* private */
};

struct lessons {
	struct lesson *items; /* by contract, kind, then as records are ordered */
	size_t count, capacity;
	struct map by_record; /* record name → struct lesson */
};

/* Gathers the lessons of what had happened by as_of. */
struct lessons *lessons_gather(struct arena *arena, const struct ledger *const *ledgers, size_t count,
                               struct instant as_of);

/* The lesson drawn from record, or NULL. */
const struct lesson *lesson_of(const struct lessons *lessons, const struct record *record);

/* Why another lesson is like one. */
struct likeness {
	const struct lesson *lesson;
	bool same_asset, same_system, same_words;
	double score;
};

enum { LIKENESS_MOST = 6 };

typedef bool likeness_filter(const struct likeness *like, void *context);

/* Sets those of the same kind that are most like lesson, the likest first, of
 * those that are wanted (NULL: of all); returns how many. Like are: the same
 * asset, or much the same words in title, cause or question, or the same system
 * and some of the same words. */
size_t lessons_like(const struct lessons *lessons, const struct lesson *lesson, likeness_filter *wanted, void *context,
                    struct likeness found[LIKENESS_MOST]);

#endif
