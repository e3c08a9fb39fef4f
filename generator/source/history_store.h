/* The inside of a history, for the files that make it. */
#ifndef OPSLEDGER_SOURCE_HISTORY_STORE_H
#define OPSLEDGER_SOURCE_HISTORY_STORE_H

#include <git2.h>

#include "base/map.h"
#include "base/parallel.h"
#include "source/history.h"
#include "source/objects.h"
#include "source/oid_table.h"

/* Unread commits whose trees are read at a time. */
enum { HISTORY_PIECE = PIECE(512) };

struct history_store {
	git_repository *git;
	struct objects **objects; /* trees, by lane, while history is read */
	struct arena *arena;
	git_oid tip;
	struct history_past *past;      /* or NULL */
	struct history_commit *commits; /* that it gave, when they could stay where they are; or NULL */
	struct oid_table blobs;         /* those that past has not; number + 1 + past's is what history_change holds */
	uint32_t *unread;               /* the commits that past has not */
	size_t unread_count;
	git_oid *folders;  /* by commit: tree of the folder walked; zero where there is none */
	struct map paths;  /* path → index, uint32_t */
	struct map names;  /* names and addresses as read → as printed */
	struct map people; /* "NAME <EMAIL>" → struct person, of some instant */
	struct buf who;
	git_mailmap *mailmap;
	size_t change_capacity, folder_capacity;
};

/* Work on the trees of commits, piece by piece. */
struct history_work {
	struct history *history;
	const char *folder;
	struct diags *diags;
	struct turns turns;
	bool failed; /* for the piece whose turn it is */
};
/* Calls piece with a struct history_work as its context for every HISTORY_PIECE unread commits; false when a piece
 * failed. */
bool history_in_pieces(struct history *history, const char *folder, struct diags *diags,
                       void (*piece)(size_t index, size_t lane, void *work));
/* Waits for the piece's turn, says what it failed to read unless it is fine, and tells whether what it found is to be
 * taken up; the turn is still to be passed on. */
bool history_turn(struct history_work *work, size_t index, bool fine);
/* Reads the commits behind the tip, and the folder's tree of each. */
bool history_read_commits(struct history *history, const char *folder, struct diags *diags);
/* Compares each commit's folder with that of its parents. */
bool history_compare(struct history *history, const char *folder, struct diags *diags);

#endif
