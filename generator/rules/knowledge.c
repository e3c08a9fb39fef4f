#include "rules/knowledge.h"

#include <string.h>

struct knowledge *knowledge_new(struct arena *arena)
{
	struct knowledge *knowledge = arena_alloc(arena, sizeof *knowledge);
	knowledge->arena = arena;
	map_init(&knowledge->by_path, arena);
	map_init(&knowledge->by_related, arena);
	return knowledge;
}

static bool front_date(const struct value *front, const char *key, struct date *out)
{
	const char *text = value_get_string(front, key);
	bool guessed;
	return text && date_parse(chunk_of(text), out, &guessed);
}

static const char *front_text(const struct value *front, const char *key, size_t index)
{
	const struct value *list = value_get(front, key);
	if (!list || list->kind != VALUE_ARRAY || index >= list->as.array.count)
		return NULL;
	const struct value *item = list->as.array.items[index];
	return item->kind == VALUE_STRING ? item->as.string : "";
}

void knowledge_add(struct knowledge *knowledge, const char *path, const char *title, const struct value *front)
{
	struct arena *arena = knowledge->arena;
	struct knowledge_article *article = arena_alloc(arena, sizeof *article);
	*article =
	    (struct knowledge_article){ .path = path, .title = title, .owner = value_get_string(front, "owner") };
	article->has_reviewed = front_date(front, "reviewed", &article->reviewed);
	article->has_review_by = front_date(front, "review_by", &article->review_by);
	const char *text;
	for (size_t i = 0; (text = front_text(front, "systems", i)); i++)
		arena_push(arena, article->systems, article->system_count, article->system_capacity, text);
	for (size_t i = 0; (text = front_text(front, "related", i)); i++) {
		arena_push(arena, article->related, article->related_count, article->related_capacity, text);
		map_put(&knowledge->by_related, text, article);
	}
	map_put(&knowledge->by_path, path, article);
}

struct knowledge_list knowledge_cited(struct arena *arena, const struct knowledge *knowledge,
                                      const struct record *record, struct diags *diags)
{
	struct knowledge_list cited = { 0 };
	const struct field *field = record_field(record, "articles");
	if (!field)
		field = record_field(record, "article");
	char *rest = field ? arena_strdup(arena, field->text) : NULL;
	for (char *path; (path = strsep(&rest, ",; \n"));) {
		const struct knowledge_article *article = map_get(&knowledge->by_path, path);
		if (article)
			arena_push(arena, cited.items, cited.count, cited.capacity, article);
		else if (*path && diags)
			DIAG(diags, field->place, MSG_LINK_DEAD, path);
	}
	return cited;
}

static void note_cited(struct arena *arena, const struct knowledge *knowledge, const struct ledger *ledger,
                       const char *type, struct map *paths)
{
	const struct record_list *records = ledger_records(ledger, type);
	for (size_t i = 0; i < records->count; i++) {
		struct knowledge_list cited = knowledge_cited(arena, knowledge, records->items[i], NULL);
		for (size_t j = 0; j < cited.count; j++)
			map_put(paths, cited.items[j]->path, paths);
	}
}

static bool names_contract(const struct knowledge_article *article, const struct contract *contract)
{
	size_t len = strlen(contract->id);
	for (size_t i = 0; i < article->system_count; i++)
		if (contract_system(contract, article->systems[i]))
			return true;
	for (size_t i = 0; i < article->related_count; i++)
		if (strncmp(article->related[i], contract->id, len) == 0 && article->related[i][len] == '/')
			return true;
	return false;
}

struct knowledge_list knowledge_concerning(struct arena *arena, const struct knowledge *knowledge,
                                           const struct ledger *ledger)
{
	struct knowledge_list list = { 0 };
	struct arena *scratch = arena_new();
	struct map cited;
	map_init(&cited, scratch);
	note_cited(scratch, knowledge, ledger, "incidents", &cited);
	note_cited(scratch, knowledge, ledger, "requests", &cited);
	for (size_t i = 0; i < knowledge->by_path.count; i++) {
		const struct knowledge_article *article = knowledge->by_path.entries[i].value;
		if (names_contract(article, ledger->contract) || map_get(&cited, article->path))
			arena_push(arena, list.items, list.count, list.capacity, article);
	}
	arena_free(scratch);
	return list;
}

static bool has_article(struct arena *arena, const struct knowledge *knowledge, const struct record *record)
{
	return map_get(&knowledge->by_related, record->name) ||
	       knowledge_cited(arena, knowledge, record, NULL).count > 0;
}

struct gaps *knowledge_gaps(struct arena *arena, const struct knowledge *knowledge, const struct lessons *lessons)
{
	struct arena *scratch = arena_new();
	struct gaps *gaps = arena_alloc(arena, sizeof *gaps);
	gaps->lessons = lessons;
	gaps->open = arena_alloc(arena, (lessons->count + 1) * sizeof *gaps->open);
	gaps->at = arena_alloc(arena, (lessons->count + 1) * sizeof *gaps->at);
	for (size_t i = 0; i < lessons->count; i++) {
		const struct lesson *lesson = &lessons->items[i];
		gaps->open[i] = lesson->kind == LESSON_CASE && !record_text(lesson->record, "parent") &&
		                ledger_record_at(lesson->ledger, lesson->record, &gaps->at[i]) &&
		                !has_article(scratch, knowledge, lesson->record);
	}
	arena_free(scratch);
	return gaps;
}

struct recurring {
	const struct gaps *gaps;
	struct instant at;
};

static bool is_earlier_gap(const struct likeness *like, void *context)
{
	const struct recurring *recurring = context;
	size_t index = (size_t)(like->lesson - recurring->gaps->lessons->items);
	return like->same_words && (like->same_asset || like->same_system) && recurring->gaps->open[index] &&
	       instant_compare(recurring->gaps->at[index], recurring->at) < 0;
}

const struct lesson *knowledge_repeated(const struct gaps *gaps, const struct lesson *lesson)
{
	size_t index = (size_t)(lesson - gaps->lessons->items);
	struct recurring recurring = { gaps, gaps->at[index] };
	struct likeness like[LIKENESS_MOST];
	if (!gaps->open[index] || !lessons_like(gaps->lessons, lesson, is_earlier_gap, &recurring, like))
		return NULL;
	return like[0].lesson;
}

enum review_state knowledge_review(const struct knowledge_article *article, struct date day)
{
	if (!article->has_review_by)
		return REVIEW_UNPLANNED;
	bool reviewed_later = article->has_reviewed && article->reviewed.day > day.day;
	return article->review_by.day < day.day && !reviewed_later ? REVIEW_OVERDUE : REVIEW_IN_TIME;
}

void knowledge_changes(struct arena *arena, const struct knowledge_article *article, const struct ledger *ledger,
                       struct instant until, struct record_list *changes)
{
	const struct record_list *list = ledger_records(ledger, "changes");
	for (size_t i = 0; article->has_reviewed && i < list->count; i++) {
		const struct system *system = ledger_system(ledger, list->items[i]);
		struct instant finished;
		bool concerned = false;
		for (size_t j = 0; system && j < article->system_count && !concerned; j++)
			concerned = contract_system(ledger->contract, article->systems[j]) == system;
		if (concerned && ledger_instant(ledger, list->items[i], "finished_at", &finished) &&
		    instant_compare(finished, until) <= 0 && date_of_instant(finished).day > article->reviewed.day)
			arena_push(arena, changes->items, changes->count, changes->capacity, list->items[i]);
	}
}
