/* Addresses of pages, and where articles are edited. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "site/address.h"

static void folders_have_a_host_and_no_query(void **state)
{
	(void)state;
	assert_true(address_is_folder("https://example.org"));
	assert_true(address_is_folder("http://10.0.0.8:8080/ops/"));
	const char *const wrong[] = { "",
		                      "ftp://example.org",
		                      "https://",
		                      "https:///ops",
		                      "https://a/?x",
		                      "https://a#x",
		                      "https://example.org/\"",
		                      "https://运维",
		                      "https://a b",
		                      "https://a/{path}" };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(address_is_folder(wrong[i]));
}

static void patterns_hold_the_path_behind_a_host(void **state)
{
	(void)state;
	assert_true(address_is_pattern("https://git.example.org/edit/main/{path}"));
	assert_true(address_is_pattern("http://git:3000/edit?file={path}&at={commit}#{path}"));
	const char *const wrong[] = { "",
		                      "git.example.org/{path}",
		                      "javascript:{path}",
		                      "https://{path}",
		                      "https://git{path}",
		                      "https:///{path}",
		                      "https://git/edit",
		                      "https://git/{commit}",
		                      "https://git/{path}/{branch}",
		                      "https://git/{path",
		                      "https://git/{path}}",
		                      "https://git/\"{path}",
		                      "https://git/<{path}",
		                      "https://git/ {path}",
		                      "https://git/编辑/{path}" };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(address_is_pattern(wrong[i]));
}

static void paths_are_written_as_addresses_take_them(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct commit commit = { .id = "0123456789abcdef0123456789abcdef01234567" };
	struct site site = { .commit = &commit };
	assert_null(address_of_page(arena, &site, "index.html"));
	assert_null(address_to_edit(arena, &site, "kb/a.md"));
	site.base_url = "https://example.org/ops";
	site.edit_url = "https://git/edit?file={path}&at={commit}#{path}";
	assert_string_equal(address_of_page(arena, &site, "kb/a b.html"), "https://example.org/ops/kb/a%20b.html");
	assert_string_equal(address_to_edit(arena, &site, "kb/备份 50%&{commit}#?+.md"),
	                    "https://git/edit?file=kb/%E5%A4%87%E4%BB%BD%2050%25%26%7Bcommit%7D%23%3F%2B.md"
	                    "&at=0123456789abcdef0123456789abcdef01234567"
	                    "#kb/%E5%A4%87%E4%BB%BD%2050%25%26%7Bcommit%7D%23%3F%2B.md");
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folders_have_a_host_and_no_query),
		cmocka_unit_test(patterns_hold_the_path_behind_a_host),
		cmocka_unit_test(paths_are_written_as_addresses_take_them),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
