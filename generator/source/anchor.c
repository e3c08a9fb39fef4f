#include "source/anchor.h"

#include <git2.h>
#include <stdlib.h>
#include <string.h>

struct search {
	struct arena *arena;
	git_repository *git;
	const struct history *history;
	struct anchor_list found;
};

static enum signature_kind signature_of(const char *message)
{
	const char *armour = message ? strstr(message, "-----BEGIN ") : NULL;
	if (!armour)
		return SIGNATURE_NONE;
	if (strncmp(armour, "-----BEGIN PGP SIGNATURE", 24) == 0)
		return SIGNATURE_OPENPGP;
	if (strncmp(armour, "-----BEGIN SSH SIGNATURE", 24) == 0)
		return SIGNATURE_SSH;
	return strncmp(armour, "-----BEGIN SIGNED MESSAGE", 25) == 0 ? SIGNATURE_X509 : SIGNATURE_NONE;
}

static void take_tag(struct search *search, const char *name, const git_tag *tag)
{
	const git_signature *tagger = git_tag_tagger(tag);
	enum signature_kind signature = signature_of(git_tag_message(tag));
	git_object *target = NULL;
	char id[GIT_OID_HEXSZ + 1];
	uint32_t commit;
	if (!tagger || signature == SIGNATURE_NONE || git_tag_peel(&target, tag) != 0)
		return;
	git_oid_tostr(id, sizeof id, git_object_id(target));
	git_object_free(target);
	if (!history_find(search->history, id, &commit))
		return;
	char own[GIT_OID_HEXSZ + 1];
	git_oid_tostr(own, sizeof own, git_tag_id(tag));
	struct anchor anchor = {
		.id = arena_strdup(search->arena, own),
		.tag = arena_strdup(search->arena, name),
		.tagger = { .name = arena_strdup(search->arena, tagger->name),
		            .email = arena_strdup(search->arena, tagger->email),
		            .at = { tagger->when.time, tagger->when.offset * 60 } },
		.commit = commit,
		.signature = signature,
	};
	arena_push(search->arena, search->found.items, search->found.count, search->found.capacity, anchor);
}

static int visit_tag(const char *name, git_oid *id, void *context)
{
	struct search *search = context;
	git_tag *tag = NULL;
	if (git_tag_lookup(&tag, search->git, id) == 0) /* else a lightweight tag */
		take_tag(search, name + strlen("refs/tags/"), tag);
	git_tag_free(tag);
	return 0;
}

static int by_time(const void *left, const void *right)
{
	const struct anchor *a = left, *b = right;
	int order = instant_compare(a->tagger.at, b->tagger.at);
	return order ? order : strcmp(a->tag, b->tag);
}

struct anchor_list anchors_read(struct arena *arena, const struct repository *repository, const struct history *history)
{
	struct search search = { .arena = arena, .git = repository_git(repository), .history = history };
	git_tag_foreach(search.git, visit_tag, &search);
	if (search.found.count)
		qsort(search.found.items, search.found.count, sizeof *search.found.items, by_time);
	return search.found;
}
