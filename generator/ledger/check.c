#include "ledger/check.h"

#include <string.h>

/* Fields whose text has to be one of the contract's systems or levels. */
static void check_names(const struct ledger *ledger, const struct record *record, struct diags *diags)
{
	static const char *const level_fields[] = { "level", "from_level", "to_level" };
	const struct contract *contract = ledger->contract;
	const struct field *system = record_field(record, "system");
	if (system && contract->system_count && !contract_system(contract, system->text))
		DIAG(diags, system->place, MSG_SYSTEM_UNKNOWN, system->text);
	for (size_t i = 0; i < sizeof level_fields / sizeof *level_fields; i++) {
		const struct field *level = record_field(record, level_fields[i]);
		if (level && level->text && contract->level_count && !contract_level(contract, level->text))
			DIAG(diags, level->place, MSG_LEVEL_UNKNOWN, level->text);
	}
}

/* Reports where late, a field of record, is before early. */
static void check_order(const struct ledger *ledger, const struct record *record, const char *early, const char *late,
                        struct diags *diags)
{
	struct instant a, b;
	if (ledger_instant(ledger, record, early, &a) && ledger_instant(ledger, record, late, &b) &&
	    instant_compare(b, a) < 0 &&
	    record->schema->fields[schema_field_index(record->schema, early)].type ==
	        record->schema->fields[schema_field_index(record->schema, late)].type)
		DIAG(diags, record_field(record, late)->place, MSG_TIMES_OUT_OF_ORDER, late, early, record->id);
}

static void check_times(const struct ledger *ledger, const struct record *record, struct diags *diags)
{
	const struct contract *contract = ledger->contract;
	/* A reopened incident is restored again after what followed the first time. */
	if (ledger_referring(ledger, "reopenings", "incident", record->id)->count)
		return;
	for (size_t i = 0; i < contract->target_count; i++) {
		const struct target *target = &contract->targets[i];
		if (target->from && match_holds(&target->applies, record))
			check_order(ledger, record, target->from, target->to, diags);
	}
}

static void check_demands(const struct ledger *ledger, const struct record *record, struct diags *diags)
{
	const struct contract *contract = ledger->contract;
	for (size_t i = 0; i < contract->demand_count; i++) {
		const struct demand *demand = &contract->demands[i];
		if (!match_holds(&demand->match, record) || (demand->once && !record_field(record, demand->once)) ||
		    !ledger_item_covers(ledger, &demand->item, record))
			continue;
		for (size_t f = 0; f < demand->field_count; f++)
			if (!record_field(record, demand->fields[f]))
				DIAG(diags, record->place, MSG_FIELD_DEMANDED, record->id, demand->fields[f],
				     demand->item.clause, demand->item.name);
	}
}

static void check_pause(const struct ledger *ledger, const struct record *pause, struct diags *diags)
{
	const struct contract *contract = ledger->contract;
	const char *reason = record_text(pause, "reason");
	const struct field *named = record_field(pause, "target");
	bool known = false, allowed = false;
	check_order(ledger, pause, "from", "to", diags);
	for (size_t i = 0; i < contract->target_count; i++) {
		const struct target *target = &contract->targets[i];
		if (named && strcmp(named->text, target->item.id) != 0)
			continue;
		known = true;
		for (size_t r = 0; r < target->pause_reason_count; r++)
			allowed |= reason && strcmp(target->pause_reasons[r], reason) == 0;
	}
	if (named && !known)
		DIAG(diags, named->place, MSG_RECORD_TARGET_UNKNOWN, named->text);
	else if (reason && !allowed)
		DIAG(diags, record_field(pause, "reason")->place, MSG_PAUSE_REASON, reason);
}

static void check_waiver(const struct ledger *ledger, const struct record *waiver, struct diags *diags)
{
	const struct contract *contract = ledger->contract;
	const struct field *duty = record_field(waiver, "duty");
	bool known = !duty;
	for (size_t i = 0; i < contract->duty_count && !known; i++)
		known = strcmp(contract->duties[i].item.id, duty->text) == 0;
	if (!known)
		DIAG(diags, duty->place, MSG_RECORD_DUTY_UNKNOWN, duty->text);
	check_order(ledger, waiver, "period_from", "period_to", diags);
}

/* A reopening continues what was restored last before it, if it came in time. */
static void check_reopening(const struct ledger *ledger, const struct record *reopening, struct diags *diags)
{
	const struct contract *contract = ledger->contract;
	const char *id = record_text(reopening, "incident");
	const struct record *incident = id ? ledger_find(ledger, "incidents", id) : NULL;
	struct instant at, end, other;
	struct deadline last;
	if (!contract->has_reopen || !incident || !ledger_instant(ledger, reopening, "at", &at) ||
	    !ledger_instant(ledger, incident, "restored_at", &end))
		return;
	const struct record_list *rows = ledger_referring(ledger, "reopenings", "incident", id);
	for (size_t i = 0; i < rows->count; i++)
		if (ledger_instant(ledger, rows->items[i], "restored_at", &other) && instant_compare(other, at) <= 0 &&
		    instant_compare(other, end) > 0)
			end = other;
	if (deadline_of(NULL, end, contract->reopen, &ledger->rules, &last) && instant_compare(at, last.at) > 0)
		DIAG(diags, record_field(reopening, "at")->place, MSG_REOPENING_LATE, id);
}

static void check_table(const struct ledger *ledger, const struct record_table *table, struct diags *diags)
{
	static const struct {
		const char *type;
		void (*check)(const struct ledger *ledger, const struct record *record, struct diags *diags);
	} special[] = { { "pauses", check_pause }, { "waivers", check_waiver }, { "reopenings", check_reopening } };
	for (size_t i = 0; i < table->list.count; i++) {
		const struct record *record = table->list.items[i];
		check_names(ledger, record, diags);
		check_times(ledger, record, diags);
		check_demands(ledger, record, diags);
		for (size_t s = 0; s < sizeof special / sizeof *special; s++)
			if (strcmp(special[s].type, table->schema->type) == 0)
				special[s].check(ledger, record, diags);
	}
}

void ledger_check(const struct ledger *ledger, struct diags *diags)
{
	for (size_t i = 0; i < ledger->records->tables.count; i++)
		check_table(ledger, ledger->records->tables.entries[i].value, diags);
}
