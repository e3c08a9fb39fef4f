/* Limits, staff rules, payments, appraisal, reports and demands. */
#include <string.h>

#include "ledger/reader.h"

/* A field of any kind. */
static bool read_field(struct reader *reader, const struct value *object, const char *key, const struct schema *schema,
                       const char **out)
{
	const char *text;
	if (!read_text(reader, object, key, &text))
		return false;
	size_t index = schema_field_index(schema, text);
	if (index == SIZE_MAX) {
		FAULT(reader, value_get(object, key)->place, MSG_CONTRACT_FIELD_UNKNOWN, schema->type, text);
		return false;
	}
	*out = schema->fields[index].name;
	return true;
}

bool read_limit(struct reader *reader, const struct value *value, void *item)
{
	static const char *const keys[] = { "id", "clause",   "name", "service", "count",   "also", "from",
		                            "to", "at_least", "per",  "at_most", "warn_at", NULL };
	struct limit *out = item;
	size_t before = reader->faults;
	if (!read_keys(reader, value, "limit", keys))
		return false;
	read_item(reader, value, "limit", &out->item);
	if (!read_required(reader, value, "limit", "count") || !read_match(reader, value, "count", &out->count))
		return false;
	const struct schema *schema = out->count.schema;
	if (schema->date_field == SIZE_MAX)
		FAULT(reader, out->count.place, MSG_DUTY_UNDATED, schema->type);
	if (value_get(value, "also") && read_match(reader, value, "also", &out->also) &&
	    out->also.schema->date_field == SIZE_MAX)
		FAULT(reader, out->also.place, MSG_DUTY_UNDATED, out->also.schema->type);
	if (value_get(value, "at_least")) {
		out->kind = LIMIT_LENGTH;
		read_duration(reader, value, "at_least", &out->at_least);
		if (read_required(reader, value, "limit", "from"))
			read_time_field(reader, value, "from", schema, &out->from);
		if (read_required(reader, value, "limit", "to"))
			read_time_field(reader, value, "to", schema, &out->to);
	}
	out->per = PERIOD_TERM;
	read_period_kind(reader, value, "per", &out->per);
	if (read_required(reader, value, "limit", "at_most"))
		read_count(reader, value, "at_most", 0, &out->at_most);
	out->warn = read_count(reader, value, "warn_at", 1, &out->warn_at);
	return reader->faults == before;
}

bool read_staff_rule(struct reader *reader, const struct value *value, void *item)
{
	static const char *const keys[] = { "id",      "clause",  "name", "service",  "count", "roster",
		                            "consent", "absence", "on",   "at_least", NULL };
	static const struct {
		const char *key;
		enum staff_rule_kind kind;
		bool counts;
	} kinds[] = {
		{ "count", STAFF_HEAD_COUNT, true },
		{ "roster", STAFF_ROSTER, true },
		{ "consent", STAFF_CONSENT, false },
		{ "absence", STAFF_ABSENCE, false },
	};
	static const char *const days[] = { "day", "workday", "restday", NULL };
	struct staff_rule *out = item;
	size_t before = reader->faults, found = 0, word;
	if (!read_keys(reader, value, "staff rule", keys))
		return false;
	read_item(reader, value, "staff rule", &out->item);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (!value_get(value, kinds[i].key))
			continue;
		found++;
		out->kind = kinds[i].kind;
		read_match(reader, value, kinds[i].key, &out->match);
		if (kinds[i].counts && read_required(reader, value, "staff rule", "at_least"))
			read_count(reader, value, "at_least", 1, &out->at_least);
	}
	if (found != 1)
		FAULT(reader, value->place, MSG_STAFF_RULE_KIND);
	if (read_word(reader, value, "on", days, &word))
		out->on = (enum day_condition)word;
	return reader->faults == before;
}

/* {"after": moment, "within": duration} under key. */
static bool read_moment(struct reader *reader, const struct value *object, const char *key, const char *const moments[],
                        enum payment_moment *moment, struct duration *within)
{
	static const char *const keys[] = { "after", "within", NULL };
	const struct value *value = value_get(object, key);
	size_t word;
	if (!value || !read_keys(reader, value, key, keys) || !read_required(reader, value, key, "after") ||
	    !read_required(reader, value, key, "within") || !read_word(reader, value, "after", moments, &word))
		return false;
	*moment = (enum payment_moment)word;
	return read_duration(reader, value, "within", within);
}

bool read_payment(struct reader *reader, const struct value *value, void *item)
{
	static const char *const keys[] = { "id",    "clause", "name", "service",   "share",
		                            "every", "opens",  "due",  "condition", NULL };
	static const char *const moments[] = { "signing", "start", "end", "invoice", NULL };
	static const char *const openings[] = { "signing", "start", "end", NULL };
	static const char *const rhythms[] = { "term", "contract-year", NULL };
	struct payment *out = item;
	size_t before = reader->faults, rhythm;
	if (!read_keys(reader, value, "payment", keys))
		return false;
	read_item(reader, value, "payment", &out->item);
	if (read_required(reader, value, "payment", "share") && read_number(reader, value, "share", &out->share) &&
	    (out->share <= 0 || out->share > 100))
		FAULT(reader, value_get(value, "share")->place, MSG_PAYMENT_SHARE);
	if (read_word(reader, value, "every", rhythms, &rhythm))
		out->yearly = rhythm == 1;
	out->has_opens = read_moment(reader, value, "opens", openings, &out->opens_after, &out->opens);
	out->has_due = read_moment(reader, value, "due", moments, &out->due_after, &out->due);
	read_text(reader, value, "condition", &out->condition);
	return reader->faults == before;
}

static const struct duty *find_duty(const struct contract *contract, const char *id)
{
	for (size_t i = 0; i < contract->duty_count; i++)
		if (strcmp(contract->duties[i].item.id, id) == 0)
			return &contract->duties[i];
	return NULL;
}

void read_appraisal(struct reader *reader, const struct value *object)
{
	static const char *const keys[] = { "id",    "clause",    "name",   "service", "duty",
		                            "score", "pass_mark", "months", "grave",   NULL };
	const struct value *value = value_get(object, "appraisal");
	struct contract *contract = reader->contract;
	struct appraisal *out = &contract->appraisal;
	size_t before = reader->faults;
	if (!value || !read_keys(reader, value, "appraisal", keys))
		return;
	read_item(reader, value, "appraisal", &out->item);
	if (!contract->has_amount)
		FAULT(reader, value->place, MSG_CONTRACT_KEY_MISSING, "contract", "amount");
	if (!read_required(reader, value, "appraisal", "duty") || !read_text(reader, value, "duty", &out->duty))
		return;
	const struct duty *duty = find_duty(contract, out->duty);
	if (!duty)
		FAULT(reader, value_get(value, "duty")->place, MSG_RECORD_DUTY_UNKNOWN, out->duty);
	else if (read_required(reader, value, "appraisal", "score"))
		read_field(reader, value, "score", duty->evidence.schema, &out->score);
	if (read_required(reader, value, "appraisal", "pass_mark"))
		read_number(reader, value, "pass_mark", &out->pass_mark);
	out->months = 12;
	read_count(reader, value, "months", 1, &out->months);
	read_match(reader, value, "grave", &out->grave);
	contract->has_appraisal = reader->faults == before;
}

static void read_signers(struct reader *reader, const struct value *object, struct report_rule *out)
{
	static const char *const keys[] = { "id", "role", "party", NULL };
	static const char *const parties[] = { "purchaser", "provider", NULL };
	const struct value *list = read_list(reader, object, "signers");
	size_t capacity = 0;
	for (size_t i = 0; list && i < list->as.array.count; i++) {
		const struct value *value = list->as.array.items[i];
		struct signer signer = { .party = parties[0] };
		size_t party;
		if (!read_keys(reader, value, "signer", keys) || !read_required(reader, value, "signer", "id") ||
		    !read_required(reader, value, "signer", "role") || !read_text(reader, value, "id", &signer.id) ||
		    !read_text(reader, value, "role", &signer.role))
			continue;
		if (read_word(reader, value, "party", parties, &party))
			signer.party = parties[party];
		for (size_t j = 0; j < out->signer_count; j++)
			if (strcmp(out->signers[j].id, signer.id) == 0)
				FAULT(reader, value->place, MSG_CONTRACT_ID_TWICE, signer.id);
		arena_push(reader->arena, out->signers, out->signer_count, capacity, signer);
	}
}

bool read_report(struct reader *reader, const struct value *value, void *item)
{
	static const char *const keys[] = { "id",    "clause", "name",    "service", "kind", "template",
		                            "every", "copies", "signers", "due",     "for",  NULL };
	struct report_rule *out = item;
	size_t before = reader->faults;
	if (!read_keys(reader, value, "report", keys))
		return false;
	read_item(reader, value, "report", &out->item);
	if (read_required(reader, value, "report", "kind"))
		read_text(reader, value, "kind", &out->kind);
	read_text(reader, value, "template", &out->template);
	out->has_every = read_period_kind(reader, value, "every", &out->every);
	out->copies = 1;
	read_count(reader, value, "copies", 1, &out->copies);
	read_signers(reader, value, out);
	out->has_due = read_due(reader, value, &out->due_from, &out->due);
	read_match(reader, value, "for", &out->match);
	return reader->faults == before;
}

bool read_demand(struct reader *reader, const struct value *value, void *item)
{
	static const char *const keys[] = { "id", "clause", "name", "service", "for", "once", "fields", NULL };
	struct demand *out = item;
	size_t before = reader->faults;
	if (!read_keys(reader, value, "demand", keys))
		return false;
	read_item(reader, value, "demand", &out->item);
	if (!read_required(reader, value, "demand", "for") || !read_match(reader, value, "for", &out->match) ||
	    !read_required(reader, value, "demand", "fields"))
		return false;
	const struct schema *schema = out->match.schema;
	read_field(reader, value, "once", schema, &out->once);
	read_texts(reader, value, "fields", &out->fields, &out->field_count);
	for (size_t i = 0; i < out->field_count; i++) {
		size_t index = schema_field_index(schema, out->fields[i]);
		if (index == SIZE_MAX)
			FAULT(reader, value_get(value, "fields")->place, MSG_CONTRACT_FIELD_UNKNOWN, schema->type,
			      out->fields[i]);
		else
			out->fields[i] = schema->fields[index].name;
	}
	return reader->faults == before;
}
