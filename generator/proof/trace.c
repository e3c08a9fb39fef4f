#include "proof/trace.h"

#include <string.h>

const char *change_name(enum change change)
{
	static const char *const names[] = { "added", "changed", "removed" };
	return names[change];
}

const char *signature_name(enum signature_kind signature)
{
	static const char *const names[] = { NULL, "openpgp", "ssh", "x509" };
	return names[signature];
}

static struct value *string_or_null(struct arena *arena, const char *text)
{
	return text ? value_string(arena, text) : value_null(arena);
}

static struct value *instant_value(struct arena *arena, struct instant instant)
{
	char text[INSTANT_TEXT];
	return value_string(arena, instant_format(instant, text));
}

struct value *trace_fields(struct arena *arena, const struct provenance *provenance, const struct event *event,
                           struct diags *diags)
{
	struct value *fields = value_object(arena);
	size_t count;
	const struct field_change *changes = provenance_fields(provenance, event, arena, &count, diags);
	for (size_t i = 0; changes && i < count; i++) {
		struct value *pair = value_set(arena, fields, changes[i].name, value_array(arena));
		value_push(arena, pair, string_or_null(arena, changes[i].before));
		value_push(arena, pair, string_or_null(arena, changes[i].after));
	}
	return fields;
}

struct value *trace_event(struct arena *arena, const struct provenance *provenance, const struct event *event,
                          struct diags *diags)
{
	const struct life *life = provenance_life_of(provenance, event);
	const struct commit *commit = &event->commit->facts;
	struct value *json = value_object(arena);
	value_set(arena, json, "record", value_format(arena, "%s/%s/%s", life->contract, life->type, life->id));
	value_set(arena, json, "change", value_string(arena, change_name(event->change)));
	value_set(arena, json, "commit", value_string(arena, commit->id));
	value_set(arena, json, "subject", value_string(arena, commit->subject));
	value_set(arena, json, "author", value_string(arena, commit->author.name));
	value_set(arena, json, "commit_time", instant_value(arena, commit->committer.at));
	value_set(arena, json, "fields", trace_fields(arena, provenance, event, diags));
	return json;
}

static struct value *event_json(struct arena *arena, const struct provenance *provenance, const struct event *event,
                                struct diags *diags)
{
	const struct commit *commit = &event->commit->facts;
	struct value *json = value_object(arena);
	value_set(arena, json, "commit", value_string(arena, commit->id));
	value_set(arena, json, "subject", value_string(arena, commit->subject));
	value_set(arena, json, "author", value_string(arena, commit->author.name));
	value_set(arena, json, "author_time", instant_value(arena, commit->author.at));
	value_set(arena, json, "committer", value_string(arena, commit->committer.name));
	value_set(arena, json, "commit_time", instant_value(arena, commit->committer.at));
	value_set(arena, json, "signature", string_or_null(arena, signature_name(event->commit->signature)));
	value_set(arena, json, "path", value_string(arena, event->path));
	value_set(arena, json, "change", value_string(arena, change_name(event->change)));
	value_set(arena, json, "again", value_bool(arena, event->again));
	value_set(arena, json, "fields", trace_fields(arena, provenance, event, diags));
	return json;
}

struct value *trace_json(struct arena *arena, const struct provenance *provenance, const struct life *life,
                         struct diags *diags)
{
	struct value *json = value_object(arena);
	value_set(arena, json, "record", value_format(arena, "%s/%s/%s", life->contract, life->type, life->id));
	struct value *events = value_set(arena, json, "events", value_array(arena));
	for (size_t i = 0; i < life->event_count; i++)
		value_push(arena, events, event_json(arena, provenance, &life->events[i], diags));
	return json;
}

static const char *change_title(const struct event *event)
{
	switch (event->change) {
	case CHANGE_ADDED:
		return event->again ? translate("came back") : translate("added");
	case CHANGE_CHANGED:
		return translate("changed");
	case CHANGE_REMOVED:
		return translate("removed");
	}
	return "";
}

/* "2026-03-09 08:05:00 +08:00" */
static void put_instant(struct buf *out, struct instant instant)
{
	char text[INSTANT_TEXT];
	instant_format(instant, text);
	buf_printf(out, "%.10s %.8s %s", text, text + 11, text + 19);
}

static void put_person(struct buf *out, const char *title, const struct person *person)
{
	buf_printf(out, "  %s: %s <%s>, ", title, person->name, person->email);
	put_instant(out, person->at);
	buf_putc(out, '\n');
}

/* On one line. */
static void put_value(struct buf *out, const char *text)
{
	if (!text)
		buf_puts(out, translate("(empty)"));
	for (; text && *text; text++) {
		if (*text == '\n')
			buf_puts(out, "⏎");
		else if (*text != '\r')
			buf_putc(out, *text);
	}
}

static void put_field(struct buf *out, const struct schema *schema, const struct event *event,
                      const struct field_change *change)
{
	size_t field = schema ? schema_field_index(schema, change->name) : SIZE_MAX;
	const char *title = field == SIZE_MAX ? NULL : schema->fields[field].title;
	buf_printf(out, title && strcmp(title, change->name) != 0 ? "    %s (%s): " : "    %s: ",
	           title ? title : change->name, change->name);
	if (event->change == CHANGE_CHANGED) {
		put_value(out, change->before);
		buf_puts(out, " → ");
	}
	put_value(out, event->change == CHANGE_REMOVED ? change->before : change->after);
	buf_putc(out, '\n');
}

static void put_event(struct buf *out, const struct provenance *provenance, const struct life *life,
                      const struct event *event, struct arena *arena, struct diags *diags)
{
	const struct commit *commit = &event->commit->facts;
	const char *signature = signature_name(event->commit->signature);
	buf_putc(out, '\n');
	put_instant(out, commit->committer.at);
	buf_printf(out, "  %s  %.*s  %s\n", change_title(event), COMMIT_SHORT, commit->id, commit->subject);
	put_person(out, translate("author"), &commit->author);
	bool same = commit->author.at.seconds == commit->committer.at.seconds &&
	            strcmp(commit->author.name, commit->committer.name) == 0 &&
	            strcmp(commit->author.email, commit->committer.email) == 0;
	if (!same)
		put_person(out, translate("committer"), &commit->committer);
	if (signature)
		buf_printf(out, "  %s: %s\n", translate("signature, not verified"), signature);
	buf_printf(out, "  %s: %s\n", translate("file"), event->path);
	size_t count;
	const struct field_change *changes = provenance_fields(provenance, event, arena, &count, diags);
	for (size_t i = 0; changes && i < count; i++)
		put_field(out, life_schema(provenance, life), event, &changes[i]);
}

void trace_text(const struct provenance *provenance, const struct life *life, struct buf *out, struct diags *diags)
{
	struct arena *arena = arena_new();
	buf_printf(out, "%s %s/%s/%s\n", translate("record"), life->contract, life->type, life->id);
	for (size_t i = 0; i < life->event_count; i++)
		put_event(out, provenance, life, &life->events[i], arena, diags);
	arena_free(arena);
}
