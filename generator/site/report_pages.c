#include "site/report_pages.h"

#include <string.h>

#include "base/version.h"
#include "document/html.h"
#include "report/view.h"
#include "report/view_value.h"
#include "site/articles.h"
#include "site/report_files.h"
#include "site/search.h"
#include "source/json.h"

struct linking {
	struct site *site;
	struct arena *arena;
	const struct report *report;
	const char *root;
};

/* A copy in the site, at the path that it has in the repository. */
static void put_picture(const struct linking *linking, const char *path)
{
	struct site *site = linking->site;
	const struct snapshot_file *file = snapshot_find(site->snapshot, path);
	struct chunk bytes;
	if (map_get(&site->pictures, path) || !snapshot_read(site->snapshot, linking->arena, file, &bytes, site->diags))
		return;
	map_put(&site->pictures, file->path, site);
	site_put(site, file->path, bytes);
}

/* Reports link to records and articles, and show pictures; those of articles have
 * their copies anyway. */
static const char *resolve(const char *url, void *context)
{
	const struct linking *linking = context;
	const struct site *site = linking->site;
	const char *target =
	    article_link(linking->arena, site->articles, site->snapshot, site->records, linking->report->path, url);
	if (!target)
		return NULL;
	if (strncmp(url, "record:", 7) != 0 && strncmp(target, "kb/", 3) != 0) {
		if (!picture_prints(target))
			return NULL;
		put_picture(linking, target);
	}
	return arena_printf(linking->arena, "%s%s", linking->root, target);
}

static void put_text(struct site *site, struct arena *arena, const char *base, const char *ending, struct chunk bytes)
{
	site_put(site, arena_printf(arena, "%s.%s", base, ending), bytes);
}

static void put_page(struct site *site, const struct ledger *ledger, const struct report *report,
                     const struct document *document, const char *base)
{
	struct page page = page_begin(site, arena_printf(site->arena, "%s.html", base), report->title);
	page_of_contract(&page, ledger->contract, TAB_REPORTS);
	page_crumb(&page, report->title, NULL);
	page_set(&page, "stem", report->stem);
	view_flag(page.arena, page.view, "draft", report->subject.draft);
	struct linking linking = { site, page.arena, report, root_of(page.arena, page.path) };
	struct buf body = BUF_INIT;
	struct html_links links = { resolve, &linking };
	html_paint(document, &links, &body);
	page_set(&page, "body", buf_str(&body));
	buf_free(&body);
	page_end(&page, "report");

	struct search_document found = { .url = arena_printf(site->arena, "%s.html", base),
		                         .title = report->title,
		                         .kind = "报告",
		                         .contract = ledger->contract->name,
		                         .has_date = true,
		                         .date = { report->subject.period.span.to.day - 1 } };
	search_add_tree(site->search, found, document->root);
}

/* The values of a report without the rows of records, which have pages of their own. */
static const struct value *figures_of(struct arena *arena, const struct value *view)
{
	struct value *figures = value_object(arena);
	for (size_t i = 0; i < view->as.object.count; i++)
		if (strcmp(view->as.object.members[i].name, "records") != 0)
			value_set(arena, figures, view->as.object.members[i].name, view->as.object.members[i].value);
	return figures;
}

/* All files of one report; answers with its row of the list, or NULL. */
static struct value *put_report(struct site *site, const struct printer *printer, const struct reporter *reporter,
                                const struct ledger *ledger, struct report_subject subject)
{
	struct arena *arena = arena_new();
	struct value *row = NULL;
	struct report *report = report_make(reporter, arena, subject, site->diags);
	if (report) {
		struct document *document = report_document(arena, report, site->diags);
		const char *base = arena_printf(site->arena, "%s/reports/%s", ledger->contract->id, report->stem);
		struct buf bytes = BUF_INIT;
		put_page(site, ledger, report, document, base);
		put_text(site, arena, base, "md", report->markdown);
		json_print(figures_of(arena, report->view), 1, &bytes);
		buf_putc(&bytes, '\n');
		put_text(site, arena, base, "json", buf_chunk(&bytes));
		buf_clear(&bytes);
		if (report_pdf(printer, ledger->contract, report, document, &bytes, site->diags))
			put_text(site, arena, base, "pdf", buf_chunk(&bytes));
		buf_free(&bytes);

		char last[DATE_TEXT];
		row = value_object(site->arena);
		view_text(site->arena, row, "kind_title", subject.rule->item.name);
		view_text(site->arena, row, "title", report->title);
		view_text(site->arena, row, "full_title",
		          arena_printf(arena, "%s · %s", ledger->contract->name, report->title));
		view_text(site->arena, row, "url", base);
		view_text(site->arena, row, "to", date_format((struct date){ subject.period.span.to.day - 1 }, last));
		view_flag(site->arena, row, "draft", subject.draft);
	}
	arena_free(arena);
	return row;
}

struct value *make_report_pages(struct site *site, const struct reporter *reporter)
{
	const struct ledger *ledger = reporter->source.ledger;
	struct value *list = value_array(site->arena);
	struct arena *arena = arena_new();
	struct printer printer;
	if (printer_open(&printer, arena, site->snapshot, site->commit, site->as_of, program_name(), site->diags)) {
		struct report_subjects subjects = report_subjects(reporter, arena);
		struct value **rows = arena_alloc(arena, (subjects.count + 1) * sizeof *rows);
		for (size_t i = 0; i < subjects.count; i++)
			rows[i] = put_report(site, &printer, reporter, ledger, subjects.items[i]);
		/* The subjects come by kind, then by time; the list shows the newest of each kind first. */
		for (size_t from = 0, to; from < subjects.count; from = to) {
			for (to = from; to < subjects.count && subjects.items[to].rule == subjects.items[from].rule;
			     to++)
				;
			for (size_t i = to; i-- > from;)
				if (rows[i])
					value_push(site->arena, list, rows[i]);
		}
		printer_close(&printer);
	}
	arena_free(arena);
	return list;
}
