/* The appendix: each figure with the records behind it, the commits by which
 * those records came, and those by which they were changed since. */
#include <string.h>

#include "base/map.h"
#include "report/section.h"
#include "report/view.h"
#include "report/view_value.h"
#include "report/wording.h"

enum { IDS_IN_FULL = 24 };

/* Sets records: {list} of so many names, or of more {range}: the first and the
 * last by id, how many, and the table that holds them. Names are "CONTRACT/TYPE/ID". */
static void set_records(const struct view *view, struct value *object, const struct map *names)
{
	struct value *records = value_set(view->arena, object, "records", value_object(view->arena));
	struct value *items = value_array(view->arena), *range = value_null(view->arena);
	const char *first = NULL, *last = NULL;
	for (size_t i = 0; i < names->count; i++) {
		const char *name = names->entries[i].key;
		first = !first || strcmp(name, first) < 0 ? name : first;
		last = !last || strcmp(name, last) > 0 ? name : last;
		if (names->count > IDS_IN_FULL)
			continue;
		struct value *item = value_push(view->arena, items, value_object(view->arena));
		view_text(view->arena, item, "record", name);
	}
	if (names->count > IDS_IN_FULL) {
		range = value_object(view->arena);
		view_text(view->arena, range, "first", first);
		view_text(view->arena, range, "last", last);
		view_count(view->arena, range, "times", names->count);
		view_text(view->arena, range, "table",
		          arena_strndup(view->arena, first, (size_t)(strrchr(first, '/') - first)));
	}
	value_set(view->arena, records, "list", view_list(view->arena, items));
	value_set(view->arena, records, "range", range);
}

/* "达标 3，超时 1" */
static const char *told_words(const struct view *view, const struct section *section, const struct value *item)
{
	const char *words = "";
	for (size_t i = 0; i < section->told; i++)
		words = arena_printf(view->arena, "%s%s%s %s", words, i ? "，" : "", section->columns[i].title,
		                     section_text(view->arena, item, section->columns[i].name));
	return section->told ? words : WORDING_NONE;
}

/* Where rows of the appendix go: all of them in one list, and those of a branch of the view in its own. */
struct figure_lists {
	struct value *all, *of; /* an array; {targets: array, duties: array …} */
};

static struct value *branch_list(const struct view *view, struct figure_lists *lists, const struct section *section)
{
	const char *branch = arena_strndup(view->arena, section->path, strcspn(section->path, "."));
	struct value *list = value_get(lists->of, branch);
	return list ? list : value_set(view->arena, lists->of, branch, value_array(view->arena));
}

/* A row of the appendix, unless the figure rests on no record; item is told where it is. */
static void add_figure(const struct view *view, const struct value *root, const struct section *section,
                       struct value *item, const char *anchor, struct figure_lists *lists)
{
	const char *name = section_name(view->arena, section, item);
	struct value *places[] = { lists->all, branch_list(view, lists, section) };
	struct map records;
	map_init(&records, view->arena);
	section_records(section, root, item, name, &records);
	view_text(view->arena, item, "behind", records.count ? anchor : NULL);
	for (size_t i = 0; records.count && i < sizeof places / sizeof *places; i++) {
		struct value *figure = value_push(view->arena, places[i], value_object(view->arena));
		view_text(view->arena, figure, "anchor", anchor);
		view_text(view->arena, figure, "clause", value_get_string(item, "clause"));
		view_text(view->arena, figure, "name", name);
		view_text(view->arena, figure, "figure", told_words(view, section, item));
		set_records(view, figure, &records);
	}
}

/* "figure-targets-list-1" */
static const char *anchor_of(const struct view *view, const struct section *section, size_t number)
{
	char *anchor = number ? arena_printf(view->arena, "figure-%s-%zu", section->path, number)
	                      : arena_printf(view->arena, "figure-%s", section->path);
	for (char *dot = strchr(anchor, '.'); dot; dot = strchr(dot, '.'))
		*dot = '-';
	return anchor;
}

/* Sets figures, and of: {BRANCH: list}. */
static void set_figures(const struct view *view, const struct value *root, struct value *object)
{
	size_t count;
	const struct section *sections = section_all(&count);
	struct figure_lists lists = { value_array(view->arena), value_object(view->arena) };
	for (size_t i = 0; i < count; i++) {
		branch_list(view, &lists, &sections[i]); /* named also where it stays empty */
		struct value *found = section_follow(root, sections[i].path);
		if (!sections[i].keys[0] && found)
			add_figure(view, root, &sections[i], found, anchor_of(view, &sections[i], 0), &lists);
		const struct value *items = sections[i].keys[0] ? value_get(found, "items") : NULL;
		for (size_t j = 0; items && j < items->as.array.count; j++)
			add_figure(view, root, &sections[i], items->as.array.items[j],
			           anchor_of(view, &sections[i], j + 1), &lists);
	}
	struct value *of = value_set(view->arena, object, "of", value_object(view->arena));
	for (size_t i = 0; i < lists.of->as.object.count; i++)
		value_set(view->arena, of, lists.of->as.object.members[i].name,
		          view_list(view->arena, lists.of->as.object.members[i].value));
	value_set(view->arena, object, "figures", view_list(view->arena, lists.all));
}

/* What one commit did to records of one type. */
struct deed {
	const struct schema *schema;
	const struct history_commit *commit;
	enum change change;
	struct map records, fields; /* names; titles of the fields that it changed */
};

struct deeds {
	struct map found; /* type, commit and change → struct deed */
	struct arena *arena;
};

static struct deed *deed_of(struct deeds *deeds, const struct schema *schema, const struct event *event)
{
	const char *key =
	    arena_printf(deeds->arena, "%s %s %d", schema->type, event->commit->facts.id, (int)event->change);
	struct deed *deed = map_get(&deeds->found, key);
	if (deed)
		return deed;
	deed = arena_alloc(deeds->arena, sizeof *deed);
	*deed = (struct deed){ .schema = schema, .commit = event->commit, .change = event->change };
	map_init(&deed->records, deeds->arena);
	map_init(&deed->fields, deeds->arena);
	map_put(&deeds->found, key, deed);
	return deed;
}

static void add_deed(struct deeds *deeds, const struct record *record, const struct event *event)
{
	struct deed *deed = deed_of(deeds, record->schema, event);
	map_put(&deed->records, record->name, deed);
	for (size_t i = 0; i < event->field_count && event->change == CHANGE_CHANGED; i++) {
		size_t index = schema_field_index(record->schema, event->fields[i].name);
		map_put(&deed->fields, index == SIZE_MAX ? event->fields[i].name : record->schema->fields[index].title,
		        deed);
	}
}

static struct value *deeds_value(const struct view *view, const struct deeds *deeds)
{
	static const char *const words[] = { "重新录入", "修改", "删除" };
	struct value *items = value_array(view->arena);
	for (size_t i = 0; i < deeds->found.count; i++) {
		const struct deed *deed = deeds->found.entries[i].value;
		struct value *item = value_push(view->arena, items, value_object(view->arena));
		const char *fields = NULL;
		for (size_t j = 0; j < deed->fields.count; j++)
			fields = arena_printf(view->arena, "%s%s%s", fields ? fields : "", fields ? "、" : "",
			                      deed->fields.entries[j].key);
		view_text(view->arena, item, "type", deed->schema->title);
		view_count(view->arena, item, "times", deed->records.count);
		set_records(view, item, &deed->records);
		view_text(view->arena, item, "change", words[deed->change]);
		view_text(view->arena, item, "fields", fields);
		view_text(view->arena, item, "subject", deed->commit->facts.subject);
		view_commit(view, item, deed->commit);
	}
	return view_list(view->arena, items);
}

struct value *view_appendix(const struct view *view, const struct value *root)
{
	struct value *object = value_object(view->arena);
	struct deeds arrivals = { .arena = view->arena }, changes = { .arena = view->arena };
	const struct provenance *provenance = view->reporter->source.provenance;
	const struct map *tables = &view->ledger->records->tables;
	size_t changed = 0;
	map_init(&arrivals.found, view->arena);
	map_init(&changes.found, view->arena);
	for (size_t i = 0; provenance != NULL && i < tables->count; i++) {
		const struct record_table *table = tables->entries[i].value;
		struct record_list list = { 0 };
		if (table->schema->date_field != SIZE_MAX)
			list = ledger_select(view->ledger, view->arena, table->schema->type, view->span, NULL);
		for (size_t j = 0; j < list.count; j++) {
			const struct life *life = provenance_of(provenance, list.items[j]->name);
			if (life == NULL)
				continue;
			add_deed(&arrivals, list.items[j], life_first(life));
			for (size_t e = 1; e < life->event_count; e++)
				add_deed(&changes, list.items[j], &life->events[e]);
			changed += life->event_count > 1;
		}
	}
	set_figures(view, root, object);
	value_set(view->arena, object, "entries", deeds_value(view, &arrivals));
	value_set(view->arena, object, "changed", deeds_value(view, &changes));
	view_count(view->arena, object, "changed_records", changed);
	return object;
}
