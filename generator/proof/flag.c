#include "proof/flag.h"

#include <string.h>

const char *flag_name(enum flag_kind kind)
{
	static const char *const names[FLAG_KIND_COUNT] = {
		[FLAG_RECORDED_LATE] = "recorded-late",
		[FLAG_FUTURE_DATED] = "future-dated",
		[FLAG_COMMIT_BEFORE_PARENT] = "commit-before-parent",
		[FLAG_MISS_BECAME_HIT] = "miss-became-hit",
		[FLAG_CHANGED_AFTER_SIGNING] = "changed-after-signing",
		[FLAG_ID_REUSED] = "id-reused",
		[FLAG_EDIT_IN_REORDER] = "edit-in-reorder",
		[FLAG_DROPPED_BY_MERGE] = "dropped-by-merge",
		[FLAG_HISTORY_REWRITTEN] = "history-rewritten",
	};
	return names[kind];
}

const char *flag_title(enum flag_kind kind)
{
	switch (kind) {
	case FLAG_RECORDED_LATE:
		return translate("recorded late");
	case FLAG_FUTURE_DATED:
		return translate("dated after its commit");
	case FLAG_COMMIT_BEFORE_PARENT:
		return translate("commit before its parent");
	case FLAG_MISS_BECAME_HIT:
		return translate("a miss became a hit");
	case FLAG_CHANGED_AFTER_SIGNING:
		return translate("changed after signing");
	case FLAG_ID_REUSED:
		return translate("id used again");
	case FLAG_EDIT_IN_REORDER:
		return translate("edited while re-sorting");
	case FLAG_DROPPED_BY_MERGE:
		return translate("dropped by a merge");
	case FLAG_HISTORY_REWRITTEN:
		return translate("signed commit not in history");
	case FLAG_KIND_COUNT:
		break;
	}
	return "";
}

void flag_push(struct arena *arena, struct flag_list *flags, struct flag flag, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	flag.fact = arena_vprintf(arena, format, args);
	flag.title = flag_title(flag.kind);
	va_end(args);
	arena_push(arena, flags->items, flags->count, flags->capacity, flag);
}

const char *flag_time(struct arena *arena, struct instant instant, int32_t offset)
{
	char text[INSTANT_TEXT];
	instant_format((struct instant){ instant.seconds, offset }, text);
	return arena_printf(arena, "%.10s %.8s", text, text + 11);
}

const char *flag_record(struct arena *arena, const struct life *life)
{
	return arena_printf(arena, "%s/%s/%s", life->contract, life->type, life->id);
}

bool event_replaces(const struct event *event)
{
	for (uint32_t i = 0; i < event->field_count; i++)
		if (event->fields[i].before)
			return true;
	return event->change == CHANGE_REMOVED;
}

const char *event_words(struct arena *arena, const struct provenance *provenance, const struct event *event)
{
	const struct schema *schema = life_schema(provenance, provenance_life_of(provenance, event));
	struct buf words = BUF_INIT;
	if (event->change != CHANGE_CHANGED)
		return event->change == CHANGE_REMOVED ? translate("removed") : translate("added");
	for (uint32_t i = 0; i < event->field_count; i++) {
		const struct field_change *change = &event->fields[i];
		size_t field = schema ? schema_field_index(schema, change->name) : SIZE_MAX;
		buf_printf(&words, "%s%s: %s → %s", i ? translate("; ") : "",
		           field == SIZE_MAX ? change->name : schema->fields[field].title,
		           change->before ? change->before : translate("(empty)"),
		           change->after ? change->after : translate("(empty)"));
	}
	const char *text = arena_strdup(arena, buf_str(&words));
	buf_free(&words);
	return text;
}
