/* A records repository in a temporary folder, with this repository's own calendars
 * and schemas, but for the patterns of ids, so that cases may be called I1, I2 … */
#ifndef RULES_FIXTURE_H
#define RULES_FIXTURE_H

#include "../source/fixture.h"

#include "ledger/ledger.h"
#include "source/records.h"

/* The columns that an incident must have, and a row's part of them. */
#define INCIDENT_HEAD "id,title,system,kind,channel,level,"
#define INCIDENT(id, level) id ",登录失败,office,系统故障,电话," level ","

static inline int set_up_rules(void **state)
{
	char root[4096];
	if (!getcwd(root, sizeof root) || set_up(state) != 0)
		return -1;
	struct fixture *fixture = *state;
	run(fixture,
	    arena_printf(fixture->arena,
	                 "mkdir repo/records && cp -r '%s/records/schema' '%s/records/calendar' repo/records &&"
	                 "sed -i 's/, *\"pattern\": *\"[^\"]*\"//' repo/records/schema/*.json",
	                 root, root));
	return 0;
}

/* contract.json of contract c: the term is 2026, hours are 09:00–12:00 and 13:00–18:00. */
static inline void put_contract(struct fixture *fixture, const char *members)
{
	put(fixture, "repo/records/c/contract.json",
	    arena_printf(fixture->arena,
	                 "{\"purchaser\": \"采购人\", \"provider\": \"承建运维单位\",\n"
	                 "\"term\": {\"from\": \"2026-01-01\", \"to\": \"2026-12-31\"},\n"
	                 "\"hours\": {\"shifts\": [[\"09:00\", \"12:00\"], [\"13:00\", \"18:00\"]]},\n"
	                 "\"levels\": [{\"id\": \"P1\", \"name\": \"重大故障\"}, {\"id\": \"P2\"}, {\"id\": \"P3\"}],\n"
	                 "%s}\n",
	                 members));
}

static inline void put_records(struct fixture *fixture, const char *type, const char *csv)
{
	put(fixture, arena_printf(fixture->arena, "repo/records/c/%s.csv", type), csv);
}

/* The ledger of contract c as the work tree has it; NULL when it cannot be used. */
static inline struct ledger *read_ledger(struct fixture *fixture)
{
	struct repository *repository = repository_open(path_of(fixture, "repo"), fixture->diags);
	struct snapshot *snapshot = snapshot_of_worktree(fixture->arena, repository, fixture->diags);
	struct records *records = records_read(fixture->arena, snapshot, fixture->diags);
	repository_free(repository);
	return ledger_new(fixture->arena, records, "c", fixture->diags);
}

/* As read_ledger, and nothing was found wrong. */
static inline struct ledger *read_sound_ledger(struct fixture *fixture)
{
	struct ledger *ledger = read_ledger(fixture);
	assert_string_equal(told(fixture), "");
	assert_non_null(ledger);
	return ledger;
}

/* "2026-03-09 08:05", in +08:00. */
static inline struct instant at(const char *text)
{
	struct instant instant;
	bool guessed;
	if (!instant_parse(chunk_of(text), OFFSET_CHINA, &instant, &guessed))
		fail_msg("\"%s\" is no instant", text);
	return instant;
}

static inline struct date day(const char *text)
{
	struct date date;
	bool guessed;
	if (!date_parse(chunk_of(text), &date, &guessed))
		fail_msg("\"%s\" is no date", text);
	return date;
}

static inline void assert_at(struct instant instant, const char *expected)
{
	char text[INSTANT_TEXT];
	if (instant_compare(instant, at(expected)) != 0)
		fail_msg("%s is not %s", instant_format(instant, text), expected);
}

#endif
