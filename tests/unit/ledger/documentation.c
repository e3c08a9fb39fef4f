/* docs/contract.md and docs/contract.schema.json against the reader (issue 3): the examples are
 * contracts without a fault, and page, schema and reader know the same keys. */
#include "../rules/fixture.h"

#include "source/json.h"

static const struct value *json_of(struct fixture *fixture, const char *text)
{
	struct value *value = json_read(fixture->arena, "docs", chunk_of(text), fixture->diags);
	assert_non_null(value);
	return value;
}

static const char *file_text(struct fixture *fixture, const char *path)
{
	struct buf text = BUF_INIT;
	assert_true(read_file(path, &text));
	const char *copy = arena_strdup(fixture->arena, buf_str(&text));
	buf_free(&text);
	return copy;
}

/* Writes contract.json: a least contract, with the example's members in their place. */
static void put_example(struct fixture *fixture, const struct value *example)
{
	struct value *whole = json_read(fixture->arena, "docs",
	                                chunk_of("{\"purchaser\":\"采购人\",\"provider\":\"承建运维单位\","
	                                         "\"term\":{\"from\":\"2026-01-01\",\"to\":\"2026-12-31\"}}"),
	                                fixture->diags);
	struct buf text = BUF_INIT;
	for (size_t i = 0; i < example->as.object.count; i++)
		if (strcmp(example->as.object.members[i].name, "id") != 0)
			value_set(fixture->arena, whole, example->as.object.members[i].name,
			          example->as.object.members[i].value);
	json_print(whole, 2, &text);
	put(fixture, "repo/records/c/contract.json", buf_str(&text));
	buf_free(&text);
}

static int set_up_documentation(void **state)
{
	char root[4096];
	if (!getcwd(root, sizeof root) || set_up_rules(state) != 0)
		return -1;
	struct fixture *fixture = *state;
	run(fixture,
	    arena_printf(fixture->arena, "cp '%s/docs/contract.md' '%s/docs/contract.schema.json' .", root, root));
	return 0;
}

static void the_examples_of_the_page_have_no_fault(void **state)
{
	struct fixture *fixture = *state;
	static const char fence[] = "```json\n";
	const char *at = file_text(fixture, path_of(fixture, "contract.md"));
	size_t count = 0;
	while ((at = strstr(at, fence)) != NULL) {
		const char *from = at + sizeof fence - 1, *end = strstr(from, "```");
		put_example(fixture, json_of(fixture, arena_strndup(fixture->arena, from, (size_t)(end - from))));
		read_sound_ledger(fixture);
		at = end + 3;
		count++;
	}
	assert_int_equal(count, 10);
}

/* A part of the contract: where the schema describes it, and a contract in which it has the key "nonsense". */
static const struct {
	const char *definition; /* NULL: the whole */
	const char *members;
} PARTS[] = {
	{ NULL, "{\"nonsense\":1}" },
	{ "import", "{\"imports\":[{\"nonsense\":1}]}" },
	{ "service", "{\"services\":[{\"nonsense\":1}]}" },
	{ "system", "{\"systems\":[{\"nonsense\":1}]}" },
	{ "level", "{\"levels\":[{\"nonsense\":1}]}" },
	{ "target", "{\"targets\":[{\"nonsense\":1}]}" },
	{ "duty", "{\"duties\":[{\"nonsense\":1}]}" },
	{ "limit", "{\"limits\":[{\"nonsense\":1}]}" },
	{ "staff_rule", "{\"staff_rules\":[{\"nonsense\":1}]}" },
	{ "payment", "{\"payment\":[{\"nonsense\":1}]}" },
	{ "appraisal", "{\"appraisal\":{\"nonsense\":1}}" },
	{ "demand", "{\"demands\":[{\"nonsense\":1}]}" },
	{ "report", "{\"reports\":[{\"nonsense\":1}]}" },
	{ "signer", "{\"reports\":[{\"id\":\"r\",\"clause\":\"X\",\"kind\":\"k\",\"signers\":[{\"nonsense\":1}]}]}" },
	{ "amendment", "{\"amendments\":[{\"nonsense\":1}]}" },
};

/* The keys that the reader offers in place of "nonsense", as ", a, b, c,". */
static const char *known_keys(struct fixture *fixture, const char *members)
{
	static const char mark[] = "use one of: ";
	diags_free(fixture->diags);
	fixture->diags = diags_new();
	put_example(fixture, json_of(fixture, members));
	read_ledger(fixture);
	const char *keys = strstr(told(fixture), "\"nonsense\"");
	assert_non_null(keys);
	keys = strstr(keys, mark) + sizeof mark - 1;
	return arena_printf(fixture->arena, ", %.*s,", (int)strcspn(keys, "\n"), keys);
}

static void page_schema_and_reader_know_the_same_keys(void **state)
{
	struct fixture *fixture = *state;
	const struct value *schema = json_of(fixture, file_text(fixture, path_of(fixture, "contract.schema.json")));
	const char *page = file_text(fixture, path_of(fixture, "contract.md"));
	for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++) {
		const struct value *part =
		    PARTS[i].definition ? value_get(value_get(schema, "$defs"), PARTS[i].definition) : schema;
		const struct value *properties = value_get(part, "properties");
		const char *keys = known_keys(fixture, PARTS[i].members);
		size_t known = 0;
		for (const char *at = keys + 1; (at = strchr(at, ',')) != NULL; at++)
			known++;
		assert_non_null(properties);
		for (size_t k = 0; k < properties->as.object.count; k++) {
			const char *key = properties->as.object.members[k].name;
			if (!strstr(keys, arena_printf(fixture->arena, ", %s,", key)))
				fail_msg("the reader does not know \"%s\" of the schema", key);
			if (!strstr(page, arena_printf(fixture->arena, "\"%s\"", key)) &&
			    !strstr(page, arena_printf(fixture->arena, "`%s`", key)))
				fail_msg("the page does not explain \"%s\"", key);
		}
		if (known != properties->as.object.count)
			fail_msg("the schema does not know all of%s", keys + 1);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_documentation, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(the_examples_of_the_page_have_no_fault),
		TEST(page_schema_and_reader_know_the_same_keys),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
