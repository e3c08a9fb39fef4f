#include "proof/grade.h"

struct grades grades_read(struct arena *arena, const struct repository *repository, const struct history *history,
                          const struct check_list *checks)
{
	struct grades grades = { .history = history, .checks = checks };
	grades.anchors = arena_alloc(arena, (history->commit_count + 1) * sizeof *grades.anchors);
	struct anchor_list list = { 0 };
	if (repository)
		list = anchors_read(arena, repository, history);
	for (size_t i = list.count; i-- > 0;) /* so that the earliest stays */
		if (!checks || checks_hold(checks, &history->commits[list.items[i].commit], list.items[i].tag))
			grades.anchors[list.items[i].commit] = &list.items[i];
	/* Children come after their parents: what holds a child holds its parents. */
	for (size_t i = history->commit_count; i-- > 0;) {
		const struct history_commit *commit = &history->commits[i];
		const struct anchor *anchor = grades.anchors[i];
		for (size_t p = 0; anchor && p < commit->facts.parent_count; p++) {
			const struct anchor **parent = &grades.anchors[commit->parents[p]];
			if (!*parent || anchor < *parent) /* the list is by time */
				*parent = anchor;
		}
	}
	return grades;
}

const struct anchor *grade_anchor(const struct grades *grades, const struct history_commit *commit)
{
	return grades->anchors[commit - grades->history->commits];
}

enum grade grade_of(const struct grades *grades, const struct history_commit *commit)
{
	if (grade_anchor(grades, commit))
		return GRADE_ANCHORED;
	bool counts =
	    commit->signature != SIGNATURE_NONE && (!grades->checks || checks_hold(grades->checks, commit, NULL));
	return counts ? GRADE_SIGNED : GRADE_BARE;
}

const char *grade_letter(enum grade grade)
{
	static const char *const letters[] = { "A", "B", "C" };
	return letters[grade];
}
