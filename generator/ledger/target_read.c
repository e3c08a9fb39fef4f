#include <string.h>

#include "ledger/reader.h"

static const char *const ALLOWANCE_KEYS[] = { "on", "within", NULL };

static bool read_allowance(struct reader *reader, const struct value *value, const struct schema *schema,
                           struct allowance *out)
{
	static const char *const days[] = { "workday", "restday", NULL };
	static const enum day_condition day_values[] = { ON_WORKDAY, ON_RESTDAY };
	size_t day;
	if (value->kind != VALUE_OBJECT) {
		FAULT(reader, value->place, MSG_CONTRACT_WRONG_KIND, "within", "{\"within\": \"1h\"}");
		return false;
	}
	if (read_word(reader, value, "on", days, &day))
		out->on = day_values[day];
	return read_conditions(reader, value, schema, ALLOWANCE_KEYS, &out->when) &&
	       read_required(reader, value, "within", "within") && read_duration(reader, value, "within", &out->within);
}

static bool is_unconditional(const struct allowance *allowance)
{
	return allowance->on == ON_ANY_DAY && !allowance->when.count;
}

/* "2h", or a list of which the first entry that fits holds. */
static bool read_allowances(struct reader *reader, const struct value *object, struct target *out)
{
	const struct value *within = value_get(object, "within");
	size_t capacity = 0;
	if (within->kind != VALUE_ARRAY) {
		struct allowance allowance = { .when.schema = out->applies.schema };
		if (!read_duration(reader, object, "within", &allowance.within))
			return false;
		arena_push(reader->arena, out->allowances, out->allowance_count, capacity, allowance);
		return true;
	}
	for (size_t i = 0; i < within->as.array.count; i++) {
		const struct value *value = within->as.array.items[i];
		struct allowance allowance = { .on = ON_ANY_DAY };
		if (!read_allowance(reader, value, out->applies.schema, &allowance))
			return false;
		if (i && is_unconditional(&out->allowances[i - 1])) {
			FAULT(reader, value->place, MSG_ALLOWANCE_UNREACHED, out->item.id);
			return false;
		}
		arena_push(reader->arena, out->allowances, out->allowance_count, capacity, allowance);
	}
	if (!out->allowance_count)
		FAULT(reader, within->place, MSG_TARGET_IMPOSSIBLE, out->item.id, "within: []");
	return out->allowance_count > 0;
}

/* "reported_at", or {"missed": "solve"}. */
static bool read_from(struct reader *reader, const struct value *object, struct target *out)
{
	static const char *const keys[] = { "missed", NULL };
	const struct value *from = value_get(object, "from");
	if (from->kind != VALUE_OBJECT)
		return read_time_field(reader, object, "from", out->applies.schema, &out->from);
	return read_keys(reader, from, "from", keys) && read_required(reader, from, "from", "missed") &&
	       read_text(reader, from, "missed", &out->from_missed);
}

/* The same field stands at two ends, or the record may not have what it is to reach. */
static void check_ends(struct reader *reader, const struct value *object, const struct target *target)
{
	const struct condition *empty = match_condition(&target->applies, target->to);
	struct place place = value_get(object, "to")->place;
	if (target->from && strcmp(target->from, target->to) == 0)
		FAULT(reader, place, MSG_TARGET_IMPOSSIBLE, target->item.id, "from = to");
	if (target->by && strcmp(target->by, target->to) == 0)
		FAULT(reader, place, MSG_TARGET_IMPOSSIBLE, target->item.id, "by = to");
	if (target->unless && strcmp(target->unless, target->to) == 0)
		FAULT(reader, place, MSG_TARGET_IMPOSSIBLE, target->item.id, "unless = to");
	if (empty && empty->absent && !empty->text_count)
		FAULT(reader, target->applies.place, MSG_TARGET_IMPOSSIBLE, target->item.id,
		      arena_printf(reader->arena, "for: %s = null", target->to));
}

bool read_target(struct reader *reader, const struct value *value, void *item)
{
	static const char *const keys[] = { "id",          "clause",      "name", "service",  "for", "counts_if",
		                            "excluded_by", "from",        "to",   "within",   "by",  "unless",
		                            "pause",       "each_ticket", "rule", "day_ends", NULL };
	static const char *const counts_except[] = { NULL };
	static const char *const rules[] = { "civil-code", "same-clock", "count-first-day", NULL };
	static const enum day_rule rule_values[] = { RULE_CIVIL_CODE, RULE_SAME_CLOCK, RULE_COUNT_FIRST_DAY };
	static const char *const ends[] = { "midnight", "close", NULL };
	struct target *out = item;
	size_t before = reader->faults, word;
	if (!read_keys(reader, value, "target", keys))
		return false;
	read_item(reader, value, "target", &out->item);
	if (!read_required(reader, value, "target", "for") || !read_match(reader, value, "for", &out->applies))
		return false;
	const struct schema *schema = out->applies.schema;
	const struct value *counts_if = read_object(reader, value, "counts_if");
	if (counts_if)
		read_conditions(reader, counts_if, schema, counts_except, &out->counts_if);
	read_clause(reader, value, "excluded_by", &out->excluded_by);
	bool has_within = value_get(value, "within"), has_by = value_get(value, "by");
	if (has_within == has_by)
		FAULT(reader, value->place, MSG_TARGET_LIMIT, out->item.id ? out->item.id : "");
	if (read_required(reader, value, "target", "to") && read_time_field(reader, value, "to", schema, &out->to)) {
		if (value_get(value, "from"))
			read_from(reader, value, out);
		else if (has_within)
			read_required(reader, value, "target", "from");
		if (has_by)
			read_time_field(reader, value, "by", schema, &out->by);
		read_time_field(reader, value, "unless", schema, &out->unless);
		check_ends(reader, value, out);
	}
	if (has_within)
		read_allowances(reader, value, out);
	read_texts(reader, value, "pause", &out->pause_reasons, &out->pause_reason_count);
	read_boolean(reader, value, "each_ticket", &out->each_ticket);
	out->has_rule = read_word(reader, value, "rule", rules, &word);
	if (out->has_rule)
		out->rule = rule_values[word];
	out->has_day_ends = read_word(reader, value, "day_ends", ends, &word);
	out->ends_at_close = out->has_day_ends && word == 1;
	return reader->faults == before;
}

static const struct target *any_version(const struct contract *contract, const char *id)
{
	for (size_t i = 0; i < contract->target_count; i++)
		if (strcmp(contract->targets[i].item.id, id) == 0)
			return &contract->targets[i];
	return NULL;
}

void check_targets(struct reader *reader)
{
	const struct contract *contract = reader->contract;
	for (size_t i = 0; i < contract->target_count; i++) {
		const struct target *target = &contract->targets[i];
		const struct target *missed = target;
		size_t steps = 0;
		while (missed && missed->from_missed && steps++ <= contract->target_count) {
			const struct target *next = any_version(contract, missed->from_missed);
			if (!next || next->applies.schema != target->applies.schema) {
				FAULT(reader, missed->item.place, MSG_TARGET_MISSED_UNKNOWN, missed->from_missed);
				break;
			}
			missed = next;
		}
		if (steps > contract->target_count)
			FAULT(reader, target->item.place, MSG_TARGET_IMPOSSIBLE, target->item.id,
			      arena_printf(reader->arena, "missed: %s", target->from_missed));
	}
}
