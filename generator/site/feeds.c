#include "site/feeds.h"

#include <stdlib.h>
#include <string.h>

#include "report/escape.h"
#include "site/address.h"
#include "site/articles.h"
#include "site/kb_history.h"

struct entry {
	const char *path, *title;
	struct instant at;
};

struct entries {
	struct entry *items;
	size_t count, capacity;
};

static int compare_entries(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;
	int order = instant_compare(b->at, a->at);
	return order ? order : strcmp(a->path, b->path);
}

static void add_reports(struct arena *arena, struct entries *entries, const struct contract_state *state)
{
	const struct value *reports = state->reports;
	for (size_t i = 0; i < reports->as.array.count; i++) {
		const struct value *report = reports->as.array.items[i];
		struct date last;
		bool guessed;
		if (value_get(report, "draft")->as.boolean ||
		    !date_parse(chunk_of(value_get_string(report, "to")), &last, &guessed))
			continue;
		struct entry entry = { arena_printf(arena, "%s.html", value_get_string(report, "url")),
			               value_get_string(report, "full_title"),
			               instant_at((struct date){ last.day + 1 }, 0, state->ledger->contract->offset) };
		arena_push(arena, entries->items, entries->count, entries->capacity, entry);
	}
}

static void add_articles(struct arena *arena, struct entries *entries, const struct site *site)
{
	for (size_t i = 0; i < site->articles->count; i++) {
		const struct article *article = &site->articles->items[i];
		const struct revisions *revisions = map_get(&site->kb_history->by_path, article->path);
		if (!revisions)
			continue;
		struct entry entry = { article->url, article->title, revisions->items[revisions->count - 1].at };
		arena_push(arena, entries->items, entries->count, entries->capacity, entry);
	}
}

static void put_element(struct buf *out, const char *name, const char *text)
{
	buf_printf(out, "<%s>", name);
	escape_html(text, out);
	buf_printf(out, "</%s>\n", name);
}

static void put_link(struct buf *out, const char *relation, const char *address)
{
	buf_printf(out, "<link rel=\"%s\" href=\"", relation);
	escape_html(address, out);
	buf_puts(out, "\"/>\n");
}

static void put_atom(struct site *site, struct arena *arena, const struct contract_state *states)
{
	enum { SHOWN = 50 };
	char at[INSTANT_TEXT];
	struct entries entries = { 0 };
	for (size_t i = 0; i < site->ledger_count; i++)
		add_reports(arena, &entries, &states[i]);
	add_articles(arena, &entries, site);
	if (entries.count)
		qsort(entries.items, entries.count, sizeof *entries.items, compare_entries);
	struct buf feed = BUF_INIT;
	buf_puts(&feed, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
	                "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"zh-CN\">\n");
	put_element(&feed, "id", address_of_page(arena, site, ""));
	put_element(&feed, "title", SITE_TITLE);
	put_element(&feed, "updated",
	            instant_format(entries.count ? entries.items[0].at : site->commit->committer.at, at));
	buf_puts(&feed, "<author><name>" SITE_TITLE "</name></author>\n");
	put_link(&feed, "self", address_of_page(arena, site, "atom.xml"));
	put_link(&feed, "alternate", address_of_page(arena, site, "index.html"));
	for (size_t i = 0; i < entries.count && i < SHOWN; i++) {
		const char *address = address_of_page(arena, site, entries.items[i].path);
		buf_puts(&feed, "<entry>\n");
		put_element(&feed, "id", address);
		put_element(&feed, "title", entries.items[i].title);
		put_element(&feed, "updated", instant_format(entries.items[i].at, at));
		put_link(&feed, "alternate", address);
		buf_puts(&feed, "</entry>\n");
	}
	buf_puts(&feed, "</feed>\n");
	site_put(site, "atom.xml", buf_chunk(&feed));
	buf_free(&feed);
}

static bool is_page(const char *path)
{
	const char *ending = strrchr(path, '.');
	return ending && strcmp(ending, ".html") == 0 && strcmp(path, "404.html") != 0;
}

static void put_sitemap(struct site *site, const char *name, struct buf *map)
{
	buf_puts(map, "</urlset>\n");
	site_put(site, name, buf_chunk(map));
	buf_clear(map);
}

static void put_sitemaps(struct site *site, struct arena *arena)
{
	enum { MOST = 50000 };
	struct buf map = BUF_INIT, robots = BUF_INIT;
	buf_puts(&robots, "User-agent: *\nAllow: /\n");
	size_t files = site->files->as.array.count, pages = 0;
	const char *name = NULL;
	for (size_t i = 0; i < files; i++) {
		const char *path = value_get_string(site->files->as.array.items[i], "path");
		if (!is_page(path))
			continue;
		if (pages % MOST == 0) {
			if (name)
				put_sitemap(site, name, &map);
			name = pages ? arena_printf(site->arena, "sitemap-%zu.xml", pages / MOST + 1) : "sitemap.xml";
			buf_printf(&robots, "Sitemap: %s\n", address_of_page(arena, site, name));
			buf_puts(&map, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
			               "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
		}
		pages++;
		buf_puts(&map, "<url><loc>");
		escape_html(address_of_page(arena, site, path), &map);
		buf_puts(&map, "</loc></url>\n");
	}
	if (name)
		put_sitemap(site, name, &map);
	site_put(site, "robots.txt", buf_chunk(&robots));
	buf_free(&map);
	buf_free(&robots);
}

void feeds_put(struct site *site, const struct contract_state *states)
{
	if (!site->base_url)
		return;
	struct arena *arena = arena_new();
	put_atom(site, arena, states);
	put_sitemaps(site, arena);
	arena_free(arena);
}
