#include "site/articles.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "document/front_matter.h"
#include "site/page.h"
#include "time/instant.h"

const char *article_link(struct arena *arena, const struct articles *articles, const struct snapshot *snapshot,
                         const struct records *records, const char *from_path, const char *url)
{
	if (url[0] == '#' || url[strcspn(url, ":/")] == ':')
		return record_link(arena, records, url);
	const char *path = snapshot_resolve(arena, from_path, url);
	if (!path)
		return NULL;
	const struct article *article = map_get(&articles->by_path, path);
	if (article)
		return arena_printf(arena, "%s%s", article->url, url + strcspn(url, "#"));
	return snapshot_find(snapshot, path) ? path : NULL;
}

struct check {
	struct arena *arena; /* for what is not kept */
	const struct articles *articles;
	const struct snapshot *snapshot;
	const struct records *records;
	const struct article *article;
	struct diags *diags;
};

struct seeking {
	const char *id;
	bool found;
};

static void seek_id(enum walk_event event, const struct node *node, void *context)
{
	struct seeking *seeking = context;
	const char *id = node_id(node);
	if (event == WALK_ENTER && id && strcmp(id, seeking->id) == 0)
		seeking->found = true;
}

/* What a browser looks for: "%E6%A0%87" is 标. */
static const char *unescape(struct arena *arena, const char *fragment)
{
	char *id = arena_strdup(arena, fragment), *to = id;
	for (const char *from = id; *from; to++) {
		bool escaped = from[0] == '%' && isxdigit((unsigned char)from[1]) && isxdigit((unsigned char)from[2]);
		*to = escaped ? (char)strtoul((char[]){ from[1], from[2], '\0' }, NULL, 16) : *from;
		from += escaped ? 3 : 1;
	}
	*to = '\0';
	return id;
}

/* A place in an article has to be there; "#" alone is the page's beginning. */
static void check_place(const struct check *check, const struct node *node)
{
	const char *url = node->as.link->url, *hash = url[strcspn(url, ":#")] == '#' ? strchr(url, '#') : NULL;
	if (!hash || !hash[1])
		return;
	const struct article *target = check->article;
	if (hash != url)
		target = map_get(&check->articles->by_path, snapshot_resolve(check->arena, check->article->path, url));
	if (!target)
		return;
	struct seeking seeking = { unescape(check->arena, hash + 1), false };
	document_walk(target->document->root, seek_id, &seeking);
	if (!seeking.found)
		DIAG(check->diags, node_place(node), MSG_LINK_PLACE_MISSING, target->path, seeking.id);
}

static void check_link(enum walk_event event, const struct node *node, void *context)
{
	const struct check *check = context;
	if (event != WALK_ENTER || (node->kind != NODE_LINK && node->kind != NODE_IMAGE) || !node->as.link->url)
		return;
	const char *url = node->as.link->url;
	if (!article_link(check->arena, check->articles, check->snapshot, check->records, check->article->path, url))
		DIAG(check->diags, node_place(node), MSG_LINK_DEAD, strncmp(url, "record:", 7) == 0 ? url + 7 : url);
	else
		check_place(check, node);
}

static bool is_date(const struct value *value)
{
	struct date date;
	bool guessed;
	return value->kind == VALUE_STRING && date_parse(chunk_of(value->as.string), &date, &guessed);
}

static bool is_texts(const struct value *value)
{
	if (value->kind != VALUE_ARRAY)
		return false;
	for (size_t i = 0; i < value->as.array.count; i++)
		if (value->as.array.items[i]->kind != VALUE_STRING)
			return false;
	return true;
}

static void check_front(const struct check *check, const struct value *front)
{
	static const char *const texts[] = { "title", "kind", "owner" },
	                         *const lists[] = { "tags", "systems", "related" },
	                         *const dates[] = { "reviewed", "review_by" };
	for (size_t i = 0; front && i < front->as.object.count; i++) {
		const struct member *member = &front->as.object.members[i];
		bool text = false, list = false, date = false;
		for (size_t j = 0; j < 3; j++) {
			text = text || strcmp(member->name, texts[j]) == 0;
			list = list || strcmp(member->name, lists[j]) == 0;
			date = date || (j < 2 && strcmp(member->name, dates[j]) == 0);
		}
		if (!text && !list && !date)
			DIAG(check->diags, member->place, MSG_ARTICLE_UNKNOWN_KEY, member->name);
		else if (text && member->value->kind != VALUE_STRING)
			DIAG(check->diags, member->value->place, MSG_ARTICLE_BAD_VALUE, member->name,
			     translate("a text"));
		else if (list && !is_texts(member->value))
			DIAG(check->diags, member->value->place, MSG_ARTICLE_BAD_VALUE, member->name,
			     translate("a list of texts"));
		else if (date && !is_date(member->value))
			DIAG(check->diags, member->value->place, MSG_ARTICLE_BAD_VALUE, member->name,
			     translate("a date"));
	}
	const struct value *related = value_get(front, "related");
	for (size_t i = 0; related && is_texts(related) && i < related->as.array.count; i++)
		if (!record_link(check->arena, check->records,
		                 arena_printf(check->arena, "record:%s", related->as.array.items[i]->as.string)))
			DIAG(check->diags, related->as.array.items[i]->place, MSG_LINK_DEAD,
			     related->as.array.items[i]->as.string);
}

static void check_article(size_t index, size_t lane, void *context)
{
	struct check check = *(const struct check *)context;
	(void)lane;
	check.arena = arena_new();
	check.article = &check.articles->items[index];
	check_front(&check, check.article->document->front);
	document_walk(check.article->document->root, check_link, &check);
	arena_free(check.arena);
}

struct reading {
	const struct snapshot *snapshot;
	struct arena **lanes;
	const struct snapshot_file *files;
	struct article *items; /* one for each file; without a document where it is none */
	struct diags *diags;
};

static bool is_article(const struct snapshot_file *file)
{
	size_t len = strlen(file->path);
	return len >= 3 && strcmp(file->path + len - 3, ".md") == 0;
}

static void read_article(size_t index, size_t lane, void *context)
{
	struct reading *reading = context;
	const struct snapshot_file *file = &reading->files[index];
	struct article *article = &reading->items[index];
	struct arena *arena = reading->lanes[lane], *scratch = arena_new();
	struct chunk text;
	if (is_article(file) && snapshot_read(reading->snapshot, scratch, file, &text, reading->diags)) {
		article->path = file->path;
		article->url = arena_printf(arena, "%.*s.html", (int)strlen(file->path) - 3, file->path);
		article->document = document_read(arena, file->path, text, reading->diags);
		const char *kind = value_get_string(article->document->front, "kind");
		article->kind = kind ? kind : "其他";
		article->title = article->document->title;
	}
	arena_free(scratch);
}

struct articles *articles_gather(struct arena *arena, const struct snapshot *snapshot, const struct records *records,
                                 struct diags *diags)
{
	struct articles *articles = arena_alloc(arena, sizeof *articles);
	struct reading reading = { .snapshot = snapshot, .diags = diags };
	size_t count, lanes = parallel_lanes();
	reading.files = snapshot_below(snapshot, "kb/", &count);
	reading.items = arena_alloc(arena, (count + 1) * sizeof *reading.items);
	reading.lanes = arena_alloc(arena, lanes * sizeof *reading.lanes);
	for (size_t i = 0; i < lanes; i++)
		reading.lanes[i] = arena_new();
	parallel_for(count, read_article, &reading);
	for (size_t i = 0; i < lanes; i++)
		arena_join(arena, reading.lanes[i]);

	struct map titles;
	map_init(&titles, arena);
	for (size_t i = 0; i < count; i++) {
		const struct article *article = &reading.items[i];
		if (!article->document)
			continue;
		struct place place = { article->path, 1, 1 };
		if (!*article->title)
			DIAG(diags, place, MSG_ARTICLE_WITHOUT_TITLE);
		const char *other = map_put(&titles, article->title, arena_strdup(arena, article->path));
		if (other && *article->title)
			DIAG(diags, place, MSG_ARTICLE_TITLE_TWICE, article->title, other);
		arena_push(arena, articles->items, articles->count, articles->capacity, *article);
	}
	map_init(&articles->by_path, arena);
	for (size_t i = 0; i < articles->count; i++)
		map_put(&articles->by_path, articles->items[i].path, &articles->items[i]);
	struct check check = { .articles = articles, .snapshot = snapshot, .records = records, .diags = diags };
	parallel_for(articles->count, check_article, &check);
	return articles;
}

struct knowledge *articles_knowledge(struct arena *arena, const struct articles *articles)
{
	struct knowledge *knowledge = knowledge_new(arena);
	for (size_t i = 0; i < articles->count; i++)
		knowledge_add(knowledge, articles->items[i].path, articles->items[i].title,
		              articles->items[i].document->front);
	return knowledge;
}

struct knowledge *knowledge_read(struct arena *arena, const struct snapshot *snapshot)
{
	struct knowledge *knowledge = knowledge_new(arena);
	struct diags *unheard = diags_new();
	size_t count;
	const struct snapshot_file *files = snapshot_below(snapshot, "kb/", &count);
	for (size_t i = 0; i < count; i++) {
		struct arena *scratch = arena_new();
		struct chunk text;
		if (is_article(&files[i]) && snapshot_read(snapshot, scratch, &files[i], &text, unheard)) {
			struct chunk body = text;
			unsigned first_line = 1;
			const struct value *front =
			    front_matter_read(arena, files[i].path, &body, &first_line, unheard);
			const char *title = value_get_string(front, "title");
			if (!title)
				title = document_read(arena, files[i].path, text, unheard)->title;
			knowledge_add(knowledge, files[i].path, title, front);
		}
		arena_free(scratch);
	}
	diags_free(unheard);
	return knowledge;
}
