#include "site/system_pages.h"

#include <string.h>

#include "report/view_value.h"
#include "report/wording.h"
#include "site/articles.h"
#include "site/life.h"
#include "site/record_words.h"

/* Incidents of a list of records, and how many of them are not restored. */
struct incident_count {
	size_t all, open;
	const struct record *newest;
};

static struct incident_count count_incidents(const struct site *site, const struct ledger *ledger,
                                             const struct record_list *life)
{
	struct incident_count count = { 0 };
	for (size_t i = 0; i < life->count; i++) {
		struct instant restored;
		if (strcmp(life->items[i]->schema->type, "incidents") != 0)
			continue;
		count.all++;
		count.newest = count.newest ? count.newest : life->items[i];
		count.open += !ledger_instant(ledger, life->items[i], "restored_at", &restored) ||
		              instant_compare(restored, site->as_of) > 0;
	}
	return count;
}

static void add_incident_count(struct page *page, struct value *row, const struct ledger *ledger,
                               struct incident_count count)
{
	struct instant at;
	bool dated = count.newest && ledger_record_at(ledger, count.newest, &at);
	view_count(page->arena, row, "incidents", count.all);
	value_set(page->arena, row, "open",
	          count.open ? value_number(page->arena, (double)count.open) : value_null(page->arena));
	view_text(page->arena, row, "newest", dated ? wording_date(page->arena, date_of_instant(at)) : WORDING_NONE);
}

static const char *availability_text(struct arena *arena, const struct availability *availability)
{
	return wording_percent(arena, (size_t)(availability->agreed_seconds - availability->outage_seconds),
	                       (size_t)availability->agreed_seconds);
}

static void add_articles(struct page *page, const struct system *system)
{
	const struct articles *articles = page->site->articles;
	struct value *items = value_array(page->arena);
	for (size_t i = 0; i < articles->count; i++) {
		const struct value *systems = value_get(articles->items[i].document->front, "systems");
		for (size_t j = 0; systems && j < systems->as.array.count; j++) {
			const char *name = systems->as.array.items[j]->as.string;
			if (strcmp(name, system->name) != 0 && strcmp(name, system->id) != 0)
				continue;
			struct value *item = value_push(page->arena, items, value_object(page->arena));
			view_text(page->arena, item, "title", articles->items[i].title);
			view_text(page->arena, item, "url", articles->items[i].url);
			break;
		}
	}
	value_set(page->arena, page->view, "articles", view_list(page->arena, items));
}

static void add_cases(struct page *page, const struct system *system)
{
	const struct lessons *lessons = page->site->lessons;
	struct value *items = value_array(page->arena);
	for (size_t i = lessons->count; i-- > 0;) {
		if (lessons->items[i].system != system || lessons->items[i].kind != LESSON_CASE)
			continue;
		struct value *item = value_push(page->arena, items, value_object(page->arena));
		view_text(page->arena, item, "title", lessons->items[i].title);
		view_text(page->arena, item, "url", lesson_url(page->arena, &lessons->items[i]));
	}
	value_set(page->arena, page->view, "cases", view_list(page->arena, items));
}

static void make_system_page(struct site *site, const struct ledger *ledger, const struct availability *availability,
                             const struct record_list *life)
{
	const struct system *system = availability->system;
	const struct contract *contract = ledger->contract;
	struct page page = page_begin(site, system_url(site->arena, contract, system), system->name);
	page_of_contract(&page, contract, TAB_SYSTEMS);
	page_crumb(&page, system->name, NULL);
	page_set(&page, "heading", system->name);
	page_set(&page, "service", system->service ? system->service->name : NULL);
	page_set(&page, "provider", system->provider);
	page_set(&page, "availability", availability_text(page.arena, availability));
	page_set(&page, "outage",
	         availability->outages ? wording_duration(page.arena, availability->outage_seconds) : NULL);
	add_incident_count(&page, page.view, ledger, count_incidents(site, ledger, life));
	add_articles(&page, system);
	add_cases(&page, system);
	life_set(&page, ledger, life);
	page_end(&page, "system");
}

static void add_assets(struct page *page, const struct ledger *ledger)
{
	static const char *const fields[] = { "name", "kind", "model", "location" };
	const struct record_list *assets = ledger_records(ledger, "assets");
	struct value *items = value_array(page->arena);
	for (size_t i = 0; i < assets->count; i++) {
		const struct record *asset = assets->items[i];
		struct record_list life = life_of_record(ledger, page->arena, asset);
		struct value *row = value_push(page->arena, items, value_object(page->arena));
		struct date retired;
		view_text(page->arena, row, "id", asset->id);
		view_text(page->arena, row, "url", record_url(page->arena, asset->contract, "assets", asset->id));
		for (size_t j = 0; j < sizeof fields / sizeof *fields; j++)
			view_text(page->arena, row, fields[j], record_words_of(page->arena, ledger, asset, fields[j]));
		view_flag(page->arena, row, "retired",
		          record_date(asset, "retired_on", &retired) &&
		              retired.day <= date_of_instant(page->site->as_of).day);
		view_count(page->arena, row, "records", life.count);
		add_incident_count(page, row, ledger, count_incidents(page->site, ledger, &life));
	}
	value_set(page->arena, page->view, "assets", view_list(page->arena, items));
}

void make_system_pages(struct site *site, const struct ledger *ledger)
{
	const struct contract *contract = ledger->contract;
	struct page page = page_begin(site, tab_url(site->arena, contract, TAB_SYSTEMS), "系统与资产");
	page_of_contract(&page, contract, TAB_SYSTEMS);
	struct value *items = value_array(page.arena);
	struct availability_list list = system_availability(ledger, contract->term, site->as_of, page.arena);
	for (size_t i = 0; i < list.count; i++) {
		const struct system *system = list.items[i].system;
		struct record_list life = life_of_system(ledger, page.arena, system);
		struct value *row = value_push(page.arena, items, value_object(page.arena));
		view_text(page.arena, row, "name", system->name);
		view_text(page.arena, row, "url", system_url(page.arena, contract, system));
		view_text(page.arena, row, "service", system->service ? system->service->name : WORDING_NONE);
		view_text(page.arena, row, "availability", availability_text(page.arena, &list.items[i]));
		view_count(page.arena, row, "records", life.count);
		add_incident_count(&page, row, ledger, count_incidents(site, ledger, &life));
		make_system_page(site, ledger, &list.items[i], &life);
	}
	value_set(page.arena, page.view, "systems", view_list(page.arena, items));
	add_assets(&page, ledger);
	page_end(&page, "systems");
}
