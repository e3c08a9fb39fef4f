/* opsledger when: a deadline, and each rule that moved it. */
#include <stdio.h>

#include "command/session.h"
#include "source/json.h"

static const struct command_option options[] = {
	{ "from", 0, "INSTANT", N_("when the time begins to run: 2026-09-30T10:00"), true },
	{ "within", 0, "DURATION", N_("how long: 30m 2h 4wh 2wd 10d 1w 6mo 1y"), true },
	{ "contract", 0, "ID", N_("count by the hours and rules of this contract"), false },
	{ "json", 0, NULL, N_("for programs"), false },
	{ NULL, 0, NULL, NULL, false },
};

static void print_json(struct arena *arena, const struct request *request, struct instant from,
                       const struct deadline *deadline, struct buf *out)
{
	char text[INSTANT_TEXT];
	struct value *object = value_object(arena);
	value_set(arena, object, "from", value_string(arena, instant_format(from, text)));
	value_set(arena, object, "within", value_string(arena, request_value(request, "within")));
	value_set(arena, object, "deadline", value_string(arena, instant_format(deadline->at, text)));
	value_set(arena, object, "provisional", value_bool(arena, deadline->provisional));
	struct value *steps = value_set(arena, object, "steps", value_array(arena));
	for (size_t i = 0; i < deadline->step_count; i++)
		value_push(arena, steps,
		           value_format(arena, "%s：%s", deadline->steps[i].rule, deadline->steps[i].text));
	json_print(object, 2, out);
	buf_putc(out, '\n');
}

static void print_text(const struct deadline *deadline, struct buf *out)
{
	char text[INSTANT_TEXT];
	buf_printf(out, "%s%s\n", instant_format(deadline->at, text),
	           deadline->provisional ? translate(" (provisional)") : "");
	for (size_t i = 0; i < deadline->step_count; i++)
		buf_printf(out, "  %s：%s\n", deadline->steps[i].rule, deadline->steps[i].text);
}

static enum status answer(struct session *session, const struct request *request)
{
	static const struct shift office[] = { { 9 * 3600, 17 * 3600 } };
	struct work_rules rules = { .calendar = session->records->calendar,
		                    .shifts = { office, 1 },
		                    .rule = RULE_CIVIL_CODE,
		                    .offset = OFFSET_CHINA };
	if (request_has(request, "contract")) {
		const struct ledger *ledger = session_ledger(session, request);
		if (!ledger)
			return STATUS_CANNOT;
		rules = ledger->rules;
	}
	struct instant from;
	struct duration within;
	bool guessed;
	if (!instant_parse(chunk_of(request_value(request, "from")), rules.offset, &from, &guessed))
		return complain(request->command,
		                translate("--from \"%s\" is no instant; write 2026-03-09T08:05+08:00"),
		                request_value(request, "from"));
	if (!duration_parse(request_value(request, "within"), &within))
		return complain(request->command,
		                translate("--within \"%s\" is no duration; write 30m 2h 4wh 2wd 10d 1w 6mo or 1y"),
		                request_value(request, "within"));
	struct deadline deadline = { 0 };
	if (!deadline_of(session->arena, from, within, &rules, &deadline))
		return complain(request->command, "%s", translate("there is no working time within ten years"));
	struct buf out = BUF_INIT;
	if (request_has(request, "json"))
		print_json(session->arena, request, from, &deadline, &out);
	else
		print_text(&deadline, &out);
	enum status status = print_out(&out);
	buf_free(&out);
	return status;
}

static enum status run(const struct request *request)
{
	return session_run(request, answer);
}

const struct command command_when = { "when",  NULL, 0, 0, N_("compute a deadline and tell each rule that moved it"),
	                              options, run };
