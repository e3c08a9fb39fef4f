#include "proof/check.h"

#include <stdlib.h>
#include <string.h>

#include "base/value.h"
#include "proof/trace.h"

struct check_list checks_make(struct arena *arena, const struct repository *repository,
                              const struct provenance *provenance, struct signature_checker *checker)
{
	const struct history *history = provenance->history;
	struct check_list checks = { .history = history };
	bool *good = arena_alloc(arena, history->commit_count * sizeof *good);
	bool *touched = xcalloc(history->commit_count, sizeof *touched);
	for (size_t i = 0; i < provenance->life_count; i++) {
		const struct life *life = provenance_life(provenance, i);
		for (size_t e = 0; e < life->event_count; e++)
			touched[life->events[e].commit - history->commits] = true;
	}
	for (size_t i = 0; i < history->commit_count; i++) {
		const struct history_commit *commit = &history->commits[i];
		if (!touched[i] || commit->signature == SIGNATURE_NONE)
			continue;
		struct check check = { commit, NULL, commit->signature,
			               signature_check(checker, arena, commit->facts.id, false) };
		good[i] = check.signature.verdict == SIGNATURE_GOOD;
		arena_push(arena, checks.items, checks.count, checks.capacity, check);
	}
	free(touched);
	checks.good = good;
	checks.commit_count = checks.count;
	struct anchor_list tags = anchors_read(arena, repository, history);
	for (size_t i = 0; i < tags.count; i++) {
		const struct anchor *tag = &tags.items[i];
		struct check check = { &history->commits[tag->commit], tag->tag, tag->signature,
			               signature_check(checker, arena, tag->id, true) };
		arena_push(arena, checks.items, checks.count, checks.capacity, check);
	}
	return checks;
}

bool checks_hold(const struct check_list *checks, const struct history_commit *commit, const char *tag)
{
	for (size_t i = checks->commit_count; tag && i < checks->count; i++)
		if (strcmp(checks->items[i].tag, tag) == 0)
			return checks->items[i].signature.verdict == SIGNATURE_GOOD;
	return !tag && checks->good[commit - checks->history->commits];
}

static const char *const verdicts[] = {
	[SIGNATURE_GOOD] = "good", [SIGNATURE_BAD] = "bad", [SIGNATURE_UNPROVED] = "unproved"
};

static struct value *text_or_null(struct arena *arena, const char *text)
{
	return text ? value_string(arena, text) : value_null(arena);
}

struct value *checks_json(struct arena *arena, const struct check_list *checks)
{
	struct value *list = value_array(arena);
	for (size_t i = 0; i < checks->count; i++) {
		const struct check *check = &checks->items[i];
		struct value *item = value_push(arena, list, value_object(arena));
		value_set(arena, item, "commit", value_string(arena, check->commit->facts.id));
		value_set(arena, item, "tag", text_or_null(arena, check->tag));
		value_set(arena, item, "kind", text_or_null(arena, signature_name(check->kind)));
		value_set(arena, item, "verdict", value_string(arena, verdicts[check->signature.verdict]));
		value_set(arena, item, "signer", text_or_null(arena, check->signature.signer));
		value_set(arena, item, "key", text_or_null(arena, check->signature.key));
		value_set(arena, item, "detail", text_or_null(arena, check->signature.detail));
	}
	return list;
}

void checks_text(const struct check_list *checks, struct buf *out)
{
	size_t counts[sizeof verdicts / sizeof *verdicts] = { 0 };
	for (size_t i = 0; i < checks->count; i++)
		counts[checks->items[i].signature.verdict]++;
	buf_printf(out, translate("signatures: %zu good, %zu bad, %zu not proved\n"), counts[SIGNATURE_GOOD],
	           counts[SIGNATURE_BAD], counts[SIGNATURE_UNPROVED]);
	for (size_t i = 0; i < checks->count; i++) {
		const struct check *check = &checks->items[i];
		if (check->signature.verdict == SIGNATURE_GOOD)
			continue;
		buf_printf(out, "  %.*s%s%s  %s  %s\n", COMMIT_SHORT, check->commit->facts.id, check->tag ? " " : "",
		           check->tag ? check->tag : "",
		           check->signature.verdict == SIGNATURE_BAD ? translate("bad") : translate("not proved"),
		           check->signature.detail);
	}
}
