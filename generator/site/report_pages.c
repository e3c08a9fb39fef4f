#include "site/report_pages.h"

#include <string.h>

#include "base/parallel.h"
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
	pthread_mutex_lock(&site->lock);
	bool is_new = map_put(&site->pictures, path, site) == NULL;
	pthread_mutex_unlock(&site->lock);
	const struct snapshot_file *file = snapshot_find(site->snapshot, path);
	struct chunk bytes;
	if (is_new && snapshot_read(site->snapshot, linking->arena, file, &bytes, site->diags))
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
	struct arena *arena = arena_new(); /* the path has to outlive the page */
	const char *path = arena_printf(arena, "%s.html", base);
	struct page page = page_begin(site, path, report->title);
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

	struct search_document found = { .url = path,
		                         .title = report->title,
		                         .kind = "报告",
		                         .contract = ledger->contract->name,
		                         .has_date = true,
		                         .date = { report->subject.period.span.to.day - 1 } };
	search_add_tree(site->search, found, document->root);
	arena_free(arena);
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

/* The making of all reports of a contract. */
struct making {
	struct site *site;
	const struct reporter *reporter;
	const struct ledger *ledger;
	const struct report_subject *subjects;
	struct printer *printers; /* one a lane: fonts are for one thread */
	bool *made;               /* by subject */
};

static const char *base_of(struct arena *arena, const struct ledger *ledger, const struct report_subject *subject)
{
	return arena_printf(arena, "%s/reports/%s", ledger->contract->id, report_stem(arena, subject));
}

/* All files of one report. */
static void put_report(size_t index, size_t lane, void *context)
{
	const struct making *making = context;
	struct site *site = making->site;
	struct arena *arena = arena_new();
	struct diags *diags = diags_new();
	struct report *report = report_make(making->reporter, arena, making->subjects[index], diags);
	if (report) {
		struct document *document = report_document(arena, report, diags);
		const char *base = base_of(arena, making->ledger, &report->subject);
		struct buf bytes = BUF_INIT;
		put_page(site, making->ledger, report, document, base);
		put_text(site, arena, base, "md", report->markdown);
		json_print(figures_of(arena, report->view), 1, &bytes);
		buf_putc(&bytes, '\n');
		put_text(site, arena, base, "json", buf_chunk(&bytes));
		buf_clear(&bytes);
		if (report_pdf(&making->printers[lane], making->ledger->contract, report, document, sink_to(&bytes),
		               diags))
			put_text(site, arena, base, "pdf", buf_chunk(&bytes));
		buf_free(&bytes);
		making->made[index] = true;
	}
	diags_join(site->diags, diags);
	diags_free(diags);
	arena_free(arena);
}

static void add_row(struct arena *arena, struct value *list, const struct ledger *ledger,
                    const struct report_subject *subject)
{
	char last[DATE_TEXT];
	const char *title = report_title(arena, subject);
	struct value *row = value_push(arena, list, value_object(arena));
	view_text(arena, row, "kind_title", subject->rule->item.name);
	view_text(arena, row, "title", title);
	view_text(arena, row, "full_title", arena_printf(arena, "%s · %s", ledger->contract->name, title));
	view_text(arena, row, "url", base_of(arena, ledger, subject));
	view_text(arena, row, "to", date_format((struct date){ subject->period.span.to.day - 1 }, last));
	view_flag(arena, row, "draft", subject->draft);
}

/* Opens a printer for each lane; false after a diagnostic. */
static bool open_printers(struct making *making, struct arena *arena)
{
	const struct site *site = making->site;
	bool fine = true;
	making->printers = arena_alloc(arena, parallel_lanes() * sizeof *making->printers);
	for (size_t i = 0; i < parallel_lanes() && fine; i++)
		fine = printer_open(&making->printers[i], arena, site->snapshot, site->commit, site->as_of,
		                    program_name(), site->diags);
	return fine;
}

struct value *make_report_pages(struct site *site, const struct reporter *reporter)
{
	struct value *list = value_array(site->arena);
	struct arena *arena = arena_new();
	struct report_subjects subjects = report_subjects(reporter, arena);
	struct making making = { site, reporter, reporter->source.ledger, subjects.items, NULL, NULL };
	making.made = arena_alloc(arena, (subjects.count + 1) * sizeof *making.made);
	if (open_printers(&making, arena))
		parallel_for(subjects.count, put_report, &making);
	/* The subjects come by kind, then by time; the list shows the newest of each kind first. */
	for (size_t from = 0, to; from < subjects.count; from = to) {
		for (to = from; to < subjects.count && subjects.items[to].rule == subjects.items[from].rule; to++)
			;
		for (size_t i = to; i-- > from;)
			if (making.made[i])
				add_row(site->arena, list, making.ledger, &subjects.items[i]);
	}
	for (size_t i = 0; i < parallel_lanes(); i++)
		printer_close(&making.printers[i]);
	arena_free(arena);
	return list;
}
