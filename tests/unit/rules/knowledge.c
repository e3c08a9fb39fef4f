/* Whether knowledge works: use, repeats, reviews, changes since (A-R6, C-R5, E-R2). */
#include "fixture.h"

#include "rules/knowledge.h"
#include "source/json.h"

#define SYSTEMS "\"systems\":[{\"id\":\"office\",\"name\":\"办公系统\"},{\"id\":\"cases\",\"name\":\"案件系统\"}]"
#define HEAD "id,title,system,asset,level,kind,channel,reported_at,closed_at,cause,remedy,parent,articles\n"

static struct ledger *ledger_of(struct fixture *fixture, const char *type, const char *csv)
{
	put_contract(fixture, SYSTEMS);
	put_records(fixture, "assets", "id,name,kind,system\nDB-1,数据库,数据库,office\nDB-2,数据库,数据库,office\n");
	put_records(fixture, type, csv);
	return read_sound_ledger(fixture);
}

static void add(struct fixture *fixture, struct knowledge *knowledge, const char *path, const char *front)
{
	knowledge_add(knowledge, path, path, json_read(fixture->arena, path, chunk_of(front), fixture->diags));
}

static const struct knowledge_article *article(const struct knowledge *knowledge, const char *path)
{
	const struct knowledge_article *found = map_get(&knowledge->by_path, path);
	assert_non_null(found);
	return found;
}

static const char *paths(struct fixture *fixture, struct knowledge_list list)
{
	const char *text = "";
	for (size_t i = 0; i < list.count; i++)
		text = arena_printf(fixture->arena, "%s%s ", text, list.items[i]->path);
	return text;
}

static void records_name_articles_by_their_paths(void **state)
{
	struct fixture *fixture = *state;
	struct ledger *ledger =
	    ledger_of(fixture, "incidents",
	              HEAD "I1,慢,office,,P1,性能问题,电话,2026-03-01 08:00,,,,,\"kb/a.md, kb/b.md\"\n"
	                   "I2,慢,office,,P1,性能问题,电话,2026-03-02 08:00,,,,,kb/none.md;kb/b.md\n"
	                   "I3,慢,office,,P1,性能问题,电话,2026-03-03 08:00,,,,,\n");
	struct knowledge *knowledge = knowledge_new(fixture->arena);
	add(fixture, knowledge, "kb/a.md", "{}");
	add(fixture, knowledge, "kb/b.md", "{}");
	const struct record_list *list = ledger_records(ledger, "incidents");
	assert_string_equal(paths(fixture, knowledge_cited(fixture->arena, knowledge, list->items[0], fixture->diags)),
	                    "kb/a.md kb/b.md ");
	assert_string_equal(told(fixture), "");
	assert_string_equal(paths(fixture, knowledge_cited(fixture->arena, knowledge, list->items[1], NULL)),
	                    "kb/b.md ");
	assert_string_equal(told(fixture), "");
	knowledge_cited(fixture->arena, knowledge, list->items[1], fixture->diags);
	assert_non_null(strstr(told(fixture), "incidents.csv:3:"));
	assert_non_null(strstr(told(fixture), "kb/none.md"));
	assert_string_equal(paths(fixture, knowledge_cited(fixture->arena, knowledge, list->items[2], NULL)), "");
}

static void articles_concern_a_contract_by_system_record_or_use(void **state)
{
	struct fixture *fixture = *state;
	struct ledger *ledger =
	    ledger_of(fixture, "incidents", HEAD "I1,慢,office,,P1,性能问题,电话,2026-03-01 08:00,,,,,kb/used.md\n");
	struct knowledge *knowledge = knowledge_new(fixture->arena);
	add(fixture, knowledge, "kb/name.md", "{\"systems\":[\"办公系统\"]}");
	add(fixture, knowledge, "kb/id.md", "{\"systems\":[\"门户\",\"cases\"]}");
	add(fixture, knowledge, "kb/record.md", "{\"related\":[\"other/incidents/I1\",\"c/incidents/I1\"]}");
	add(fixture, knowledge, "kb/used.md", "{\"systems\":[\"门户\"]}");
	add(fixture, knowledge, "kb/other.md", "{\"systems\":[\"门户\"],\"related\":[\"c2/incidents/I1\"]}");
	add(fixture, knowledge, "kb/wrong.md", "{\"systems\":\"办公系统\",\"related\":[3],\"reviewed\":\"昨天\"}");
	knowledge_add(knowledge, "kb/bare.md", "没有题头", NULL);
	assert_string_equal(paths(fixture, knowledge_concerning(fixture->arena, knowledge, ledger)),
	                    "kb/name.md kb/id.md kb/record.md kb/used.md ");
	assert_false(article(knowledge, "kb/wrong.md")->has_reviewed);
}

static void a_review_is_overdue_when_its_day_is_over(void **state)
{
	struct fixture *fixture = *state;
	struct knowledge *knowledge = knowledge_new(fixture->arena);
	add(fixture, knowledge, "kb/a.md", "{\"reviewed\":\"2026-01-31\",\"review_by\":\"2026-03-31\"}");
	add(fixture, knowledge, "kb/never.md", "{\"review_by\":\"2026-03-31\"}");
	add(fixture, knowledge, "kb/free.md", "{\"reviewed\":\"2026-01-31\"}");
	assert_int_equal(knowledge_review(article(knowledge, "kb/a.md"), day("2026-03-31")), REVIEW_IN_TIME);
	assert_int_equal(knowledge_review(article(knowledge, "kb/a.md"), day("2026-04-01")), REVIEW_OVERDUE);
	assert_int_equal(knowledge_review(article(knowledge, "kb/never.md"), day("2026-04-01")), REVIEW_OVERDUE);
	assert_int_equal(knowledge_review(article(knowledge, "kb/free.md"), day("2026-04-01")), REVIEW_UNPLANNED);
	/* Reviewed after that day, late as it was: what it was like before is not known. */
	add(fixture, knowledge, "kb/late.md", "{\"reviewed\":\"2026-04-10\",\"review_by\":\"2026-04-05\"}");
	assert_int_equal(knowledge_review(article(knowledge, "kb/late.md"), day("2026-04-09")), REVIEW_IN_TIME);
	assert_int_equal(knowledge_review(article(knowledge, "kb/late.md"), day("2026-04-10")), REVIEW_OVERDUE);
}

static void changes_since_the_review_are_those_of_its_systems(void **state)
{
	struct fixture *fixture = *state;
	struct ledger *ledger =
	    ledger_of(fixture, "changes",
	              "id,title,kind,system,asset,planned_from,finished_at\n"
	              "C1,升级,补丁升级,office,,2026-03-01 20:00,2026-03-01 21:00\n" /* the day of the review */
	              "C2,升级,补丁升级,office,,2026-03-02 00:00,2026-03-02 00:30\n"
	              "C3,升级,补丁升级,,DB-1,2026-03-03 20:00,2026-03-03 21:00\n"
	              "C4,升级,补丁升级,cases,,2026-03-04 20:00,2026-03-04 21:00\n"
	              "C5,升级,补丁升级,office,,2026-03-05 20:00,\n"
	              "C6,升级,补丁升级,office,,2026-03-31 20:00,2026-03-31 21:00\n");
	struct knowledge *knowledge = knowledge_new(fixture->arena);
	add(fixture, knowledge, "kb/a.md", "{\"systems\":[\"办公系统\"],\"reviewed\":\"2026-03-01\"}");
	add(fixture, knowledge, "kb/never.md", "{\"systems\":[\"办公系统\"]}");
	struct record_list changes = { 0 };
	knowledge_changes(fixture->arena, article(knowledge, "kb/a.md"), ledger, at("2026-03-31 20:59"), &changes);
	assert_int_equal(changes.count, 2);
	assert_string_equal(changes.items[0]->id, "C2");
	assert_string_equal(changes.items[1]->id, "C3");
	knowledge_changes(fixture->arena, article(knowledge, "kb/a.md"), ledger, at("2026-03-31 21:00"), &changes);
	assert_int_equal(changes.count, 2 + 3);
	assert_string_equal(changes.items[4]->id, "C6");
	knowledge_changes(fixture->arena, article(knowledge, "kb/never.md"), ledger, at("2026-03-31 21:00"), &changes);
	assert_int_equal(changes.count, 5);
}

#define CERTIFICATE "登录页提示证书无效"
#define EXPIRED "证书过期没有续签"

/* The id of the earlier case, or "". */
static const char *earlier(struct fixture *fixture, const struct ledger *ledger, const struct knowledge *knowledge,
                           const char *id)
{
	const struct lessons *lessons = lessons_gather(fixture->arena, &ledger, 1, at("2026-12-31 00:00"));
	const struct lesson *lesson = lesson_of(lessons, ledger_find(ledger, "incidents", id));
	assert_non_null(lesson);
	const struct gaps *gaps = knowledge_gaps(fixture->arena, knowledge, lessons);
	const struct lesson *found = knowledge_repeated(gaps, lesson);
	return found ? found->record->id : "";
}

static void repeats_are_alike_in_place_and_words_and_have_no_article(void **state)
{
	struct fixture *fixture = *state;
	struct ledger *ledger = ledger_of(
	    fixture, "incidents",
	    HEAD "I1," CERTIFICATE ",office,,P1,系统故障,电话,2026-03-01 08:00,2026-03-01 18:00," EXPIRED ",续签,,\n"
	         "I2," CERTIFICATE ",office,,P1,系统故障,电话,2026-03-02 08:00,2026-03-02 18:00," EXPIRED ",续签,,\n"
	         /* names an article; another system; a further report of I2; other words */
	         "I3," CERTIFICATE ",office,,P1,系统故障,电话,2026-03-03 08:00,2026-03-03 18:00," EXPIRED
	         ",续签,,kb/a.md\n"
	         "I4," CERTIFICATE ",cases,,P1,系统故障,电话,2026-03-04 08:00,2026-03-04 18:00," EXPIRED ",续签,,\n"
	         "I5," CERTIFICATE ",office,,P1,系统故障,电话,2026-03-05 08:00,2026-03-05 18:00," EXPIRED ",续签,I2,\n"
	         "I6,打印机卡纸,office,DB-1,P1,硬件故障,电话,2026-03-06 08:00,2026-03-06 18:00,纸张受潮,换纸,,\n"
	         /* the same asset, whatever the system */
	         "I7,打印机又卡纸,cases,DB-1,P1,硬件故障,电话,2026-03-07 08:00,2026-03-07 18:00,纸张受潮,换纸,,\n");
	struct knowledge *knowledge = knowledge_new(fixture->arena);
	add(fixture, knowledge, "kb/a.md", "{}");
	assert_string_equal(earlier(fixture, ledger, knowledge, "I1"), "");
	assert_string_equal(earlier(fixture, ledger, knowledge, "I2"), "I1");
	assert_string_equal(earlier(fixture, ledger, knowledge, "I3"), "");
	assert_string_equal(earlier(fixture, ledger, knowledge, "I4"), "");
	assert_string_equal(earlier(fixture, ledger, knowledge, "I5"), "");
	assert_string_equal(earlier(fixture, ledger, knowledge, "I6"), "");
	assert_string_equal(earlier(fixture, ledger, knowledge, "I7"), "I6");
	/* An article about one of the two is enough. */
	add(fixture, knowledge, "kb/b.md", "{\"related\":[\"c/incidents/I1\"]}");
	assert_string_equal(earlier(fixture, ledger, knowledge, "I2"), "");
	add(fixture, knowledge, "kb/c.md", "{\"related\":[\"c/incidents/I7\"]}");
	assert_string_equal(earlier(fixture, ledger, knowledge, "I7"), "");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_rules, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(records_name_articles_by_their_paths),
		TEST(articles_concern_a_contract_by_system_record_or_use),
		TEST(a_review_is_overdue_when_its_day_is_over),
		TEST(changes_since_the_review_are_those_of_its_systems),
		TEST(repeats_are_alike_in_place_and_words_and_have_no_article),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
