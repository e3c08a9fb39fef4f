#include "site/build.h"

#include <string.h>

#include "base/parallel.h"
#include "report/template_files.h"
#include "report/view_value.h"
#include "report/wording.h"
#include "site/article_pages.h"
#include "site/articles.h"
#include "site/audit_page.h"
#include "site/citations.h"
#include "site/dashboard.h"
#include "site/due_work.h"
#include "site/feeds.h"
#include "site/handbook.h"
#include "site/home_page.h"
#include "site/kb_history.h"
#include "site/lesson_pages.h"
#include "site/manifest.h"
#include "site/record_pages.h"
#include "site/report_pages.h"
#include "site/review.h"
#include "site/search.h"
#include "site/system_pages.h"
#include "site/table_pages.h"
#include "site/tags.h"

static struct value *make_menu(struct arena *arena, const struct site_source *source)
{
	struct value *menu = value_array(arena);
	for (size_t i = 0; i < source->ledger_count; i++) {
		const struct contract *contract = source->ledgers[i]->contract;
		struct value *entry = value_push(arena, menu, value_object(arena));
		view_text(arena, entry, "title", contract->name);
		view_text(arena, entry, "url", arena_printf(arena, "%s/index.html", contract->id));
	}
	return menu;
}

static struct value *make_frame(struct arena *arena, const struct site_source *source)
{
	struct value *frame = value_object(arena);
	view_text(arena, frame, "site_title", SITE_TITLE);
	view_text(arena, frame, "as_of", wording_instant(arena, source->as_of, OFFSET_CHINA));
	struct value *commit = value_set(arena, frame, "commit", value_object(arena));
	view_text(arena, commit, "id", source->commit->id);
	view_text(arena, commit, "short", arena_strndup(arena, source->commit->id, COMMIT_SHORT));
	view_text(arena, commit, "when", wording_instant(arena, source->commit->committer.at, OFFSET_CHINA));
	value_set(arena, frame, "menu", make_menu(arena, source));
	return frame;
}

/* The stylesheet and whatever else pages need of templates/site/ as it is. */
static void copy_assets(struct site *site)
{
	static const char folder[] = "templates/site/";
	static const char *const endings[] = { ".css", ".js", ".svg" };
	size_t count;
	const struct snapshot_file *files = snapshot_below(site->snapshot, folder, &count);
	for (size_t i = 0; i < count; i++) {
		const char *ending = strrchr(files[i].path, '.');
		struct chunk bytes;
		for (size_t j = 0; ending && j < sizeof endings / sizeof *endings; j++)
			if (strcmp(ending, endings[j]) == 0 &&
			    snapshot_read(site->snapshot, site->arena, &files[i], &bytes, site->diags))
				site_put(site, files[i].path + strlen(folder), bytes);
	}
}

static void make_plain_page(struct site *site, const char *path, const char *title, const char *template)
{
	struct page page = page_begin(site, path, title);
	page_crumb(&page, title, NULL);
	page_end(&page, template);
}

/* The long lists of the knowledge base, begun before the pages of its articles. */
static void (*const lists[])(struct site *site) = { make_article_list, make_review_page, make_tags_page };

enum { LIST_COUNT = sizeof lists / sizeof *lists };

static void make_knowledge(size_t index, size_t lane, void *context)
{
	(void)lane;
	if (index < LIST_COUNT)
		lists[index](context);
	else
		make_article_page(context, index - LIST_COUNT);
}

static void make_pages(struct site *site)
{
	struct contract_state *states = arena_alloc(site->arena, (site->ledger_count + 1) * sizeof *states);
	for (size_t i = 0; i < site->ledger_count; i++) {
		const struct ledger *ledger = site->ledgers[i];
		states[i].ledger = ledger;
		states[i].clocks = clock_read_all(ledger, ledger->contract->term, site->as_of, site->arena);
		states[i].duties = duty_windows(ledger, site->as_of, site->arena);
		struct arena *arena = arena_new();
		struct report_source source = {
			ledger,      &site->records->schemas, site->provenance,           site->loader,
			site->as_of, site->commit->id,        site->snapshot->repository, site->knowledge
		};
		const struct reporter *reporter = reporter_new(arena, &source, site->diags);
		const struct audit *audit = site_audit(arena, site, reporter);
		states[i].reports = make_report_pages(site, reporter);
		make_audit_page(site, reporter, audit);
		make_dashboard(site, &states[i]);
		make_report_list(site, &states[i]);
		make_table_pages(site, ledger);
		make_record_pages(site, ledger, audit);
		make_system_pages(site, ledger);
		make_lesson_pages(site, ledger);
		arena_free(arena);
	}
	make_home_page(site, states);
	due_work_put(site, states);
	if (handbook_wanted(site))
		make_handbook(site);
	parallel_for(LIST_COUNT + site->articles->count, make_knowledge, site);
	copy_attachments(site);
	make_plain_page(site, "search.html", "搜索", "search");
	make_plain_page(site, "404.html", "没有这个页面", "404");
	copy_assets(site);
	feeds_put(site, states);
}

void site_build(const struct site_source *source, struct output *output, struct diags *diags)
{
	struct arena *arena = arena_new(), *articles = arena_new();
	struct template_files templates;
	template_files_init(&templates, source->snapshot, diags);
	struct site site = { .arena = arena,
		             .diags = diags,
		             .output = output,
		             .snapshot = source->snapshot,
		             .loader = &templates.loader,
		             .provenance = source->provenance,
		             .records = source->records,
		             .ledgers = source->ledgers,
		             .ledger_count = source->ledger_count,
		             .as_of = source->as_of,
		             .base_url = source->base_url,
		             .edit_url = source->edit_url,
		             .commit = source->commit,
		             .search = search_new(),
		             .frame = make_frame(arena, source),
		             .files = value_array(arena) };
	pthread_mutex_init(&site.lock, NULL);
	map_init(&site.compiled, arena);
	map_init(&site.pictures, arena);
	site.articles = articles_gather(articles, source->snapshot, source->records, diags);
	site.shelves = shelves_of(articles, site.articles);
	site.knowledge = articles_knowledge(articles, site.articles);
	site.citations = citations_gather(arena, source->ledgers, source->ledger_count, site.knowledge, diags);
	site.tags = tags_gather(arena, site.articles);
	site.kb_history = kb_history_read(arena, source->snapshot->repository, source->commit->id, diags);
	site.lessons =
	    lessons_gather(arena, (const struct ledger *const *)source->ledgers, source->ledger_count, source->as_of);
	bool fine = !diags_errors(diags);
	if (fine)
		make_pages(&site);
	arena_free(articles); /* their trees are large, and search has its own copy of the text */
	if (fine) {
		search_put(site.search, &site);
		manifest_put(&site);
	}
	search_free(site.search);
	pthread_mutex_destroy(&site.lock);
	arena_free(arena);
}
