#include "rules/lesson.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "text/fold.h"
#include "text/search_units.h"

struct lesson_term {
	uint32_t *lessons; /* that have it */
	size_t count, capacity;
};

static void add_terms(struct arena *arena, struct lessons *lessons, struct map *terms, const char *text)
{
	struct lesson *lesson = &lessons->items[lessons->count - 1];
	uint32_t number = (uint32_t)lessons->count - 1;
	struct buf folded = BUF_INIT, name = BUF_INIT;
	fold_for_search(chunk_of(text), &folded);
	struct search_scan scan = SEARCH_SCAN(buf_chunk(&folded));
	struct search_unit unit = { 0 };
	for (struct search_unit before = unit; search_unit_next(&scan, &unit); before = unit) {
		buf_clear(&name);
		if (unit.cjk && before.cjk && unit.joint)
			buf_put_chunk(&name, before.text);
		else if (unit.cjk)
			continue;
		buf_put_chunk(&name, unit.text);
		struct lesson_term *term = map_get(terms, buf_str(&name));
		if (!term)
			map_put(terms, buf_str(&name), term = arena_alloc(arena, sizeof *term));
		if (term->count && term->lessons[term->count - 1] == number)
			continue;
		arena_push(arena, term->lessons, term->count, term->capacity, number);
		arena_push(arena, lesson->terms, lesson->term_count, lesson->term_capacity, term);
	}
	buf_free(&folded);
	buf_free(&name);
}

static bool happened(const struct ledger *ledger, const struct record *record, const char *field, struct instant as_of)
{
	struct instant at;
	return ledger_instant(ledger, record, field, &at) && instant_compare(at, as_of) <= 0;
}

static void gather(struct arena *arena, struct lessons *lessons, struct map *terms, const struct ledger *ledger,
                   enum lesson_kind kind, struct instant as_of)
{
	bool is_case = kind == LESSON_CASE;
	const char *about = is_case ? "cause" : "question", *answer = is_case ? "remedy" : "answer";
	const struct record_list *list = ledger_records(ledger, is_case ? "incidents" : "requests");
	for (size_t i = 0; i < list->count; i++) {
		const struct record *record = list->items[i];
		if (!record_text(record, about) || !record_text(record, answer) ||
		    !happened(ledger, record, is_case ? "closed_at" : "solved_at", as_of))
			continue;
		const char *title = is_case ? record_text(record, "title") : NULL;
		struct lesson lesson = { .kind = kind,
			                 .ledger = ledger,
			                 .record = record,
			                 .title = title ? title : record_text(record, about),
			                 .system = ledger_system(ledger, record),
			                 .asset = record_text(record, "asset") };
		arena_push(arena, lessons->items, lessons->count, lessons->capacity, lesson);
		add_terms(arena, lessons, terms, lesson.title);
		add_terms(arena, lessons, terms, record_text(record, about));
	}
}

/* Rare terms tell more. Those that a fourth of all share tell nothing. */
static double weight(const struct lessons *lessons, const struct lesson_term *term)
{
	return term->count * 4 > lessons->count + 16 ? 0 : log((double)(lessons->count + 1) / (double)term->count);
}

struct lessons *lessons_gather(struct arena *arena, const struct ledger *const *ledgers, size_t count,
                               struct instant as_of)
{
	struct lessons *lessons = arena_alloc(arena, sizeof *lessons);
	struct map terms;
	map_init(&terms, arena);
	map_init(&lessons->by_record, arena);
	for (size_t i = 0; i < count; i++) {
		gather(arena, lessons, &terms, ledgers[i], LESSON_CASE, as_of);
		gather(arena, lessons, &terms, ledgers[i], LESSON_QUESTION, as_of);
	}
	for (size_t i = 0; i < lessons->count; i++) {
		struct lesson *lesson = &lessons->items[i];
		map_put(&lessons->by_record, lesson->record->name, lesson);
		for (size_t j = 0; j < lesson->term_count; j++)
			lesson->norm += pow(weight(lessons, lesson->terms[j]), 2);
		lesson->norm = sqrt(lesson->norm);
	}
	return lessons;
}

const struct lesson *lesson_of(const struct lessons *lessons, const struct record *record)
{
	return map_get(&lessons->by_record, record->name);
}

static bool same_asset(const struct lesson *a, const struct lesson *b)
{
	return a->asset && b->asset && a->ledger == b->ledger && strcmp(a->asset, b->asset) == 0;
}

size_t lessons_like(const struct lessons *lessons, const struct lesson *lesson, likeness_filter *wanted, void *context,
                    struct likeness found[LIKENESS_MOST])
{
	const double alike = 0.2, somewhat_alike = 0.08;
	size_t count = 0;
	double *words = xcalloc(lessons->count, sizeof *words);
	for (size_t i = 0; i < lesson->term_count; i++) {
		double square = pow(weight(lessons, lesson->terms[i]), 2);
		for (size_t j = 0; square > 0 && j < lesson->terms[i]->count; j++)
			words[lesson->terms[i]->lessons[j]] += square;
	}
	for (size_t i = 0; i < lessons->count; i++) {
		const struct lesson *other = &lessons->items[i];
		if (other == lesson || other->kind != lesson->kind)
			continue;
		double cosine = words[i] > 0 ? words[i] / (lesson->norm * other->norm) : 0;
		struct likeness like = { .lesson = other, .same_words = cosine >= alike };
		like.same_asset = same_asset(lesson, other);
		like.same_system = lesson->system && lesson->system == other->system;
		like.score = 4 * cosine + 2 * like.same_asset + like.same_system;
		if (!like.same_words && !like.same_asset && !(like.same_system && cosine >= somewhat_alike))
			continue;
		if (wanted && !wanted(&like, context))
			continue;
		size_t at = count < LIKENESS_MOST ? count++ : LIKENESS_MOST;
		for (; at > 0 && found[at - 1].score < like.score; at--)
			if (at < LIKENESS_MOST)
				found[at] = found[at - 1];
		if (at < LIKENESS_MOST)
			found[at] = like;
	}
	free(words);
	return count;
}
