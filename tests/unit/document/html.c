/* HTML: tests/golden/NAME.md gives tests/golden/NAME.html, for every file there is;
 * and what links become. */
#include "fixture.h"

#include <dirent.h>

#include "document/html.h"

static const char *paint(const struct document *document, const struct html_links *links)
{
	struct buf out = BUF_INIT;
	html_paint(document, links, &out);
	const char *copy = arena_strdup(arena, buf_str(&out));
	buf_free(&out);
	return copy;
}

static void golden_files_agree(void **state)
{
	(void)state;
	const char *root = getenv("ROOT");
	DIR *folder = opendir(arena_printf(arena, "%s/tests/golden", root ? root : "."));
	assert_non_null(folder);
	size_t count = 0;
	for (struct dirent *entry; (entry = readdir(folder));) {
		size_t len = strlen(entry->d_name);
		if (len < 4 || strcmp(entry->d_name + len - 3, ".md") != 0)
			continue;
		const char *path = arena_printf(arena, "tests/golden/%s", entry->d_name);
		struct document *document = document_read(arena, path, repository_file(path), diags);
		assert_string_equal(reported(), "");
		struct chunk expected = repository_file(arena_printf(arena, "%.*s.html", (int)strlen(path) - 3, path));
		assert_string_equal(paint(document, NULL), expected.data);
		count++;
	}
	closedir(folder);
	assert_true(count >= 4);
}

/* Knows records of one contract and articles. */
static const char *resolve(const char *url, void *context)
{
	const char *record = "record:known/";
	assert_ptr_equal(context, &arena);
	if (strncmp(url, record, strlen(record)) == 0)
		return arena_printf(arena, "../records/%s.html", url + strlen(record));
	return strstr(url, "gone") || strncmp(url, "record:", 7) == 0 ? NULL : arena_printf(arena, "to/%s", url);
}

static void links_are_resolved(void **state)
{
	(void)state;
	struct html_links links = { resolve, &arena };
	struct document *document =
	    markdown("[[known/incidents/INC-1]] [[other/incidents/INC-1]] [甲 *乙*](a.md#b \"题 \\\"\") "
	             "[丙](gone.md) ![丁](x.png) ![戊](gone.png) [己](#节) [庚](https://a.cn/?q=汉&b=\"x\") "
	             "<a@b.cn>\n");
	assert_string_equal(reported(), "");
	assert_string_equal(
	    paint(document, &links),
	    "<p><a href=\"../records/incidents/INC-1.html\">INC-1</a> INC-1 "
	    "<a href=\"to/a.md#b\" title=\"题 &quot;\">甲 <em>乙</em></a> 丙 <img src=\"to/x.png\" alt=\"丁\"> 戊 "
	    "<a href=\"#%E8%8A%82\">己</a> <a href=\"https://a.cn/?q=%E6%B1%89&amp;b=%22x%22\">庚</a> "
	    "<a href=\"mailto:a@b.cn\">a@b.cn</a></p>\n");
	assert_string_equal(paint(markdown("[[#here]]甲 [乙](#here)\n"), NULL),
	                    "<p><a id=\"here\"></a>甲 <a href=\"#here\">乙</a></p>\n");
	assert_string_equal(paint(markdown("[[known/incidents/INC-1]] [a](b.md)\n"), NULL),
	                    "<p>INC-1 <a href=\"b.md\">a</a></p>\n");
}

static void refused_addresses_leave_text(void **state)
{
	(void)state;
	assert_string_equal(paint(markdown("[*a*](javascript:x) ![b](http://x/y.png)\n"), NULL),
	                    "<p><em>a</em> b</p>\n");
}

static void everything_is_escaped(void **state)
{
	(void)state;
	const char *html =
	    paint(markdown("&lt;script&gt; `<b>` \\<i>\n\n```\"><x\n<y>&\n```\n\n# <\n\n![\"<](x.png '\"<')\n\n"
	                   "```form\n{\"title\": \"<t>\", \"widths\": [1], \"rows\": [[\"<c>\"]]}\n```\n\n"
	                   "```cover\n{\"title\": \"<c>\", \"facts\": [[\"<f>\", \"<g>\"]]}\n```\n\n"
	                   "```signature\n{\"signers\": [{\"id\": \"a\", \"role\": \"<r>\"}]}\n```\n"),
	          NULL);
	static const char *const raw[] = { "<script", "<b>", "<i>", "<y",  "<x",  "<t>",
		                           "<c>",     "<f>", "<g>", "<r>", "\"\"" };
	for (size_t i = 0; i < sizeof raw / sizeof *raw; i++)
		assert_null(strstr(html, raw[i]));
}

static void contents_are_nested(void **state)
{
	(void)state;
	struct buf out = BUF_INIT;
	html_paint_contents(markdown("# 一级\n### 早\n## 甲\n### 乙 `x`\n### 丙\n## 丁\n#### 深\n### 戊\n"), &out);
	assert_string_equal(buf_str(&out),
	                    "<nav class=\"toc\" aria-label=\"目录\">\n<ol>\n<li><a href=\"#早\">早</a></li>\n"
	                    "<li><a href=\"#甲\">甲</a>\n<ol>\n<li><a href=\"#乙-x\">乙 x</a></li>\n"
	                    "<li><a href=\"#丙\">丙</a></li>\n</ol>\n</li>\n<li><a href=\"#丁\">丁</a>\n<ol>\n"
	                    "<li><a href=\"#戊\">戊</a></li>\n</ol>\n</li>\n</ol>\n</nav>\n");
	buf_clear(&out);
	html_paint_contents(markdown("# 一级\n"), &out);
	assert_string_equal(buf_str(&out), "");
	buf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(golden_files_agree),    TEST(links_are_resolved),  TEST(refused_addresses_leave_text),
		TEST(everything_is_escaped), TEST(contents_are_nested),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
