#include "site/page.h"

#include <ctype.h>
#include <string.h>

#include "proof/digest.h"
#include "report/view_value.h"
#include "report/wording.h"
#include "site/address.h"

const char *root_of(struct arena *arena, const char *path)
{
	struct buf root = BUF_INIT;
	for (; *path; path++)
		if (*path == '/')
			buf_puts(&root, "../");
	const char *copy = arena_strdup(arena, buf_str(&root));
	buf_free(&root);
	return copy;
}

static const char *file_name(struct arena *arena, const char *id)
{
	struct buf name = BUF_INIT;
	for (; *id; id++) {
		unsigned char byte = (unsigned char)*id;
		if (byte < 0x80 && (isalnum(byte) || strchr("-_", byte) || (byte == '.' && name.len)))
			buf_putc(&name, *id);
		else
			buf_printf(&name, "~%02x", (unsigned)byte);
	}
	const char *copy = arena_strdup(arena, buf_str(&name));
	buf_free(&name);
	return copy;
}

const char *record_url(struct arena *arena, const char *contract, const char *type, const char *id)
{
	return arena_printf(arena, "%s/records/%s/%s.html", file_name(arena, contract), file_name(arena, type),
	                    file_name(arena, id));
}

const char *table_url(struct arena *arena, const char *contract, const char *type)
{
	return arena_printf(arena, "%s/records/%s.html", file_name(arena, contract), file_name(arena, type));
}

const char *system_url(struct arena *arena, const struct contract *contract, const struct system *system)
{
	return arena_printf(arena, "%s/systems/%s.html", file_name(arena, contract->id), file_name(arena, system->id));
}

const char *lesson_url(struct arena *arena, const struct lesson *lesson)
{
	return arena_printf(arena, "%s/%s/%s.html", file_name(arena, lesson->record->contract),
	                    lesson->kind == LESSON_CASE ? "cases" : "questions", file_name(arena, lesson->record->id));
}

static const struct {
	const char *title, *file;
} tabs[TAB_COUNT] = {
	[TAB_OVERVIEW] = { "概览", "index" },
	[TAB_REPORTS] = { "报告", "reports" },
	[TAB_RECORDS] = { "记录", "records" },
	[TAB_SYSTEMS] = { "系统与资产", "systems" },
	[TAB_KNOWLEDGE] = { "案例与问答", "knowledge" },
	[TAB_AUDIT] = { "审计", "audit" },
};

const char *tab_url(struct arena *arena, const struct contract *contract, enum tab tab)
{
	return arena_printf(arena, "%s/%s.html", file_name(arena, contract->id), tabs[tab].file);
}

const char *term_text(struct arena *arena, const struct contract *contract)
{
	return arena_printf(arena, "%s—%s", wording_date(arena, contract->term.from),
	                    wording_date(arena, (struct date){ contract->term.to.day - 1 }));
}

void page_of_contract(struct page *page, const struct contract *contract, enum tab tab)
{
	struct arena *arena = page->arena;
	struct value *list = value_set(arena, page->view, "tabs", value_array(arena));
	for (int i = 0; i < TAB_COUNT; i++) {
		struct value *entry = value_push(arena, list, value_object(arena));
		view_text(arena, entry, "title", tabs[i].title);
		view_text(arena, entry, "url", tab_url(arena, contract, (enum tab)i));
		view_flag(arena, entry, "current", (enum tab)i == tab);
	}
	page_set(page, "contract_name", contract->name);
	const char *url = tab_url(arena, contract, TAB_OVERVIEW);
	bool first = strcmp(page->path, url) == 0;
	page_crumb(page, contract->name, first ? NULL : url);
	if (tab == TAB_OVERVIEW)
		return;
	url = tab_url(arena, contract, tab);
	page_crumb(page, tabs[tab].title, strcmp(page->path, url) == 0 ? NULL : url);
}

const char *record_link(struct arena *arena, const struct records *records, const char *url)
{
	if (strncmp(url, "record:", strlen("record:")) != 0)
		return url;
	char *contract = arena_strdup(arena, url + strlen("record:")), *type = strchr(contract, '/');
	if (!type)
		return NULL;
	*type++ = '\0';
	char *id = strchr(type, '/');
	const struct contract_records *found = records_contract(records, contract);
	if (!id)
		return found && map_get(&found->tables, type) ? table_url(arena, contract, type) : NULL;
	*id++ = '\0';
	return found && records_find(found, type, id) ? record_url(arena, contract, type, id) : NULL;
}

void page_set(struct page *page, const char *name, const char *text)
{
	view_text(page->arena, page->view, name, text);
}

struct page page_begin(struct site *site, const char *path, const char *title)
{
	struct arena *arena = arena_new();
	struct page page = { .site = site, .arena = arena, .path = path, .view = value_object(arena) };
	page_set(&page, "title", title);
	page_set(&page, "address", address_of_page(arena, site, path));
	page_set(&page, "root", root_of(arena, path));
	for (size_t i = 0; i < site->frame->as.object.count; i++) {
		const struct member *shared = &site->frame->as.object.members[i];
		value_set(arena, page.view, shared->name, shared->value);
	}
	value_set(arena, page.view, "tabs", value_null(arena));
	value_set(arena, page.view, "turn", value_null(arena));
	page.crumbs = value_set(arena, page.view, "crumbs", value_array(arena));
	if (strcmp(path, "index.html") != 0)
		page_crumb(&page, "首页", "index.html");
	return page;
}

void page_crumb(struct page *page, const char *title, const char *url)
{
	struct value *crumb = value_push(page->arena, page->crumbs, value_object(page->arena));
	view_text(page->arena, crumb, "title", title);
	view_text(page->arena, crumb, "url", url);
}

static void set_neighbour(struct page *page, struct value *turn, const char *name, const char *title, const char *url)
{
	struct value *neighbour = url ? value_object(page->arena) : value_null(page->arena);
	value_set(page->arena, turn, name, neighbour);
	if (!url)
		return;
	view_text(page->arena, neighbour, "title", title);
	view_text(page->arena, neighbour, "url", url);
}

void page_turn(struct page *page, const char *previous_title, const char *previous_url, const char *next_title,
               const char *next_url)
{
	struct value *turn = value_set(page->arena, page->view, "turn", value_object(page->arena));
	set_neighbour(page, turn, "previous", previous_title, previous_url);
	set_neighbour(page, turn, "next", next_title, next_url);
}

static struct template *compile(struct site *site, const char *name)
{
	const char *path;
	struct chunk text;
	if (!site->loader->load(arena_printf(site->arena, "site/%s", name), &path, &text, site->loader->context)) {
		DIAG(site->diags, ((struct place){ 0 }), MSG_PAGE_TEMPLATE_MISSING, name);
		return NULL;
	}
	struct template *template = template_compile(site->arena, path, text, site->loader, site->diags);
	if (template)
		map_put(&site->compiled, name, template);
	return template;
}

static struct template *find_template(struct site *site, const char *name)
{
	pthread_mutex_lock(&site->lock);
	struct template *template = map_get(&site->compiled, name);
	if (!template)
		template = compile(site, name);
	pthread_mutex_unlock(&site->lock);
	return template;
}

void site_put(struct site *site, const char *path, struct chunk bytes)
{
	char digest[SHA256_TEXT];
	sha256_hex(bytes, digest);
	pthread_mutex_lock(&site->lock);
	struct value *file = value_push(site->arena, site->files, value_object(site->arena));
	value_set(site->arena, file, "path", value_string(site->arena, path));
	value_set(site->arena, file, "bytes", value_number(site->arena, (double)bytes.len));
	value_set(site->arena, file, "sha256", value_string(site->arena, digest));
	pthread_mutex_unlock(&site->lock);
	output_put(site->output, path, bytes);
}

void page_end(struct page *page, const char *name)
{
	struct template *template = find_template(page->site, name);
	struct buf html = BUF_INIT;
	if (template && template_render(template, page->view, TEMPLATE_HTML, &html, page->site->diags))
		site_put(page->site, page->path, buf_chunk(&html));
	buf_free(&html);
	arena_free(page->arena);
}
