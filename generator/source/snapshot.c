#include "source/snapshot.h"

#include <dirent.h>
#include <git2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/bisect.h"
#include "base/output.h"
#include "source/position.h"
#include "text/encoding.h"

enum { LARGE_FILE = 1024 * 1024 };

/* What a records repository is made of, in byte order. */
static const char *const folders[] = { "kb", "records", "templates" };
static const char mailmap[] = ".mailmap";

static struct snapshot *snapshot_new(struct arena *arena, const struct repository *repository)
{
	struct snapshot *snapshot = arena_alloc(arena, sizeof *snapshot);
	snapshot->arena = arena;
	snapshot->repository = repository;
	return snapshot;
}

static void add_file(struct snapshot *snapshot, const char *path, const git_oid *blob)
{
	struct snapshot_file file = { .path = path };
	char id[GIT_OID_HEXSZ + 1];
	if (blob)
		file.blob = arena_strdup(snapshot->arena, git_oid_tostr(id, sizeof id, blob));
	arena_push(snapshot->arena, snapshot->files, snapshot->count, snapshot->capacity, file);
}

static void skip_file(const char *path, bool link, struct diags *diags)
{
	struct place place = { .path = path };
	if (link)
		DIAG(diags, place, MSG_SYMBOLIC_LINK);
	else
		DIAG(diags, place, MSG_SUBMODULE);
}

static int compare_paths(const void *left, const void *right)
{
	const struct snapshot_file *a = left, *b = right;
	return strcmp(a->path, b->path);
}

static struct snapshot *sorted(struct snapshot *snapshot)
{
	if (snapshot->count)
		qsort(snapshot->files, snapshot->count, sizeof *snapshot->files, compare_paths);
	return snapshot;
}

/* Takes in one entry of a tree or of the index. */
static void add_entry(struct snapshot *snapshot, const char *path, const git_oid *blob, unsigned mode,
                      struct diags *diags)
{
	if (mode == GIT_FILEMODE_LINK || mode == GIT_FILEMODE_COMMIT)
		skip_file(path, mode == GIT_FILEMODE_LINK, diags);
	else
		add_file(snapshot, path, blob);
}

static void add_tree(struct snapshot *snapshot, const git_oid *id, const char *path, struct diags *diags)
{
	git_tree *tree = NULL;
	if (git_tree_lookup(&tree, repository_git(snapshot->repository), id) != 0) {
		DIAG(diags, ((struct place){ .path = path }), MSG_OBJECT_UNREADABLE, git_error_last()->message);
		return;
	}
	for (size_t i = 0; i < git_tree_entrycount(tree); i++) {
		const git_tree_entry *entry = git_tree_entry_byindex(tree, i);
		const char *below = arena_printf(snapshot->arena, "%s/%s", path, git_tree_entry_name(entry));
		if (git_tree_entry_filemode(entry) == GIT_FILEMODE_TREE)
			add_tree(snapshot, git_tree_entry_id(entry), below, diags);
		else
			add_entry(snapshot, below, git_tree_entry_id(entry), git_tree_entry_filemode(entry), diags);
	}
	git_tree_free(tree);
}

struct snapshot *snapshot_of_commit(struct arena *arena, const struct repository *repository, const char *commit,
                                    struct diags *diags)
{
	struct snapshot *snapshot = snapshot_new(arena, repository);
	git_oid id;
	git_commit *found = NULL;
	git_tree *root = NULL;
	if (git_oid_fromstr(&id, commit) != 0 || git_commit_lookup(&found, repository_git(repository), &id) != 0 ||
	    git_commit_tree(&root, found) != 0)
		die("snapshot_of_commit: %s: %s", commit, git_error_last()->message);
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		const git_tree_entry *entry = git_tree_entry_byname(root, folders[i]);
		if (entry && git_tree_entry_filemode(entry) == GIT_FILEMODE_TREE)
			add_tree(snapshot, git_tree_entry_id(entry), folders[i], diags);
		else if (entry)
			add_entry(snapshot, folders[i], git_tree_entry_id(entry), git_tree_entry_filemode(entry),
			          diags);
	}
	const git_tree_entry *entry = git_tree_entry_byname(root, mailmap);
	if (entry)
		add_entry(snapshot, mailmap, git_tree_entry_id(entry), git_tree_entry_filemode(entry), diags);
	git_tree_free(root);
	git_commit_free(found);
	return sorted(snapshot);
}

/* Whether path is one of the files that are listed. */
static bool is_listed(const char *path)
{
	if (strcmp(path, mailmap) == 0)
		return true;
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		size_t len = strlen(folders[i]);
		if (strncmp(path, folders[i], len) == 0 && (path[len] == '/' || path[len] == '\0'))
			return true;
	}
	return false;
}

struct snapshot *snapshot_of_index(struct arena *arena, const struct repository *repository, struct diags *diags)
{
	/* "git commit FILE" lets its hooks look at an index of its own. */
	const char *other = getenv("GIT_INDEX_FILE");
	git_index *index = NULL;
	int error = other ? git_index_open(&index, other) : git_repository_index(&index, repository_git(repository));
	if (error) {
		DIAG(diags, ((struct place){ 0 }), MSG_INDEX_UNREADABLE, git_error_last()->message);
		return NULL;
	}
	struct snapshot *snapshot = snapshot_new(arena, repository);
	bool merged = true;
	for (size_t i = 0; i < git_index_entrycount(index); i++) {
		const git_index_entry *entry = git_index_get_byindex(index, i);
		if (!is_listed(entry->path))
			continue;
		const char *path = arena_strdup(arena, entry->path);
		if (git_index_entry_is_conflict(entry)) {
			DIAG(diags, ((struct place){ .path = path }), MSG_UNMERGED);
			merged = false;
		} else {
			add_entry(snapshot, path, &entry->id, entry->mode, diags);
		}
	}
	git_index_free(index);
	return merged ? sorted(snapshot) : NULL;
}

static void add_path(struct snapshot *snapshot, const char *path, struct diags *diags);

static void add_folder(struct snapshot *snapshot, const char *path, const char *full, struct diags *diags)
{
	DIR *dir = opendir(full);
	if (!dir)
		return;
	for (struct dirent *entry; (entry = readdir(dir));)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			add_path(snapshot, arena_printf(snapshot->arena, "%s/%s", path, entry->d_name), diags);
	closedir(dir);
}

/* Takes in what lies at path in the work tree, with all below it. */
static void add_path(struct snapshot *snapshot, const char *path, struct diags *diags)
{
	git_repository *git = repository_git(snapshot->repository);
	const char *full = arena_printf(snapshot->arena, "%s%s", git_repository_workdir(git), path);
	struct stat facts;
	int ignored = 0;
	if (lstat(full, &facts) != 0 || (git_ignore_path_is_ignored(&ignored, git, path) == 0 && ignored))
		return;
	if (S_ISLNK(facts.st_mode)) {
		skip_file(path, true, diags);
	} else if (S_ISREG(facts.st_mode)) {
		add_file(snapshot, path, NULL);
	} else if (S_ISDIR(facts.st_mode)) {
		if (lstat(arena_printf(snapshot->arena, "%s/.git", full), &facts) == 0)
			skip_file(path, false, diags);
		else
			add_folder(snapshot, path, full, diags);
	}
}

struct snapshot *snapshot_of_worktree(struct arena *arena, const struct repository *repository, struct diags *diags)
{
	if (!repository_worktree(repository)) {
		DIAG(diags, ((struct place){ 0 }), MSG_NO_WORKTREE);
		return NULL;
	}
	struct snapshot *snapshot = snapshot_new(arena, repository);
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		add_path(snapshot, folders[i], diags);
	add_path(snapshot, mailmap, diags);
	return sorted(snapshot);
}

/* The index of the first file whose path is not below bound in byte order. */
static size_t first_from(const struct snapshot *snapshot, const char *bound)
{
	size_t at;
	bisect(at, snapshot->count, strcmp(snapshot->files[at].path, bound) < 0);
	return at;
}

const struct snapshot_file *snapshot_below(const struct snapshot *snapshot, const char *prefix, size_t *count)
{
	*count = 0;
	if (!snapshot->count)
		return NULL;
	size_t first = first_from(snapshot, prefix), len = strlen(prefix), end = first;
	while (end < snapshot->count && strncmp(snapshot->files[end].path, prefix, len) == 0)
		end++;
	*count = end - first;
	return snapshot->files + first;
}

const struct snapshot_file *snapshot_find(const struct snapshot *snapshot, const char *path)
{
	size_t at = first_from(snapshot, path);
	return at < snapshot->count && strcmp(snapshot->files[at].path, path) == 0 ? &snapshot->files[at] : NULL;
}

const char *snapshot_resolve(struct arena *arena, const char *from, const char *relative)
{
	char *path = arena_printf(arena, "%.*s%s", (int)(strrchr(from, '/') + 1 - from), from, relative);
	path[strcspn(path, "#?")] = '\0';
	const char **parts = NULL, *part;
	size_t count = 0, capacity = 0;
	for (char *rest = path; (part = strsep(&rest, "/"));) {
		if (strcmp(part, "..") == 0 && count == 0)
			return NULL;
		if (strcmp(part, "..") == 0)
			count--;
		else if (*part && strcmp(part, ".") != 0)
			arena_push(arena, parts, count, capacity, part);
	}
	struct buf joined = BUF_INIT;
	for (size_t i = 0; i < count; i++)
		buf_printf(&joined, "%s%s", i ? "/" : "", parts[i]);
	const char *copy = arena_strdup(arena, buf_str(&joined));
	buf_free(&joined);
	return copy;
}

bool snapshot_is_aside(const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');
	static const char *const endings[] = { ".md", ".png", ".jpg", ".jpeg" };
	bool aside = name[0] == '.';
	for (size_t i = 0; dot && i < sizeof endings / sizeof *endings; i++)
		aside = aside || strcmp(dot, endings[i]) == 0;
	return aside;
}

static bool read_disk(const struct snapshot *snapshot, struct arena *arena, const char *path, struct chunk *bytes)
{
	struct buf full = BUF_INIT, content = BUF_INIT;
	buf_printf(&full, "%s%s", repository_worktree(snapshot->repository), path);
	bool fine = read_file(buf_str(&full), &content);
	if (fine)
		*bytes = (struct chunk){ arena_strndup(arena, buf_str(&content), content.len), content.len };
	else
		git_error_set_str(GIT_ERROR_OS, "cannot read the file");
	buf_free(&content);
	buf_free(&full);
	return fine;
}

bool snapshot_read(const struct snapshot *snapshot, struct arena *arena, const struct snapshot_file *file,
                   struct chunk *bytes, struct diags *diags)
{
	struct place place = { .path = file->path };
	bool fine = file->blob ? repository_blob(snapshot->repository, arena, file->blob, bytes)
	                       : read_disk(snapshot, arena, file->path, bytes);
	if (!fine)
		DIAG(diags, place, MSG_OBJECT_UNREADABLE, git_error_last()->message);
	else if (bytes->len > LARGE_FILE && strncmp(file->path, "records/", 8) == 0)
		DIAG(diags, place, MSG_LARGE_FILE);
	return fine;
}

bool snapshot_text(const struct snapshot *snapshot, struct arena *arena, const struct snapshot_file *file,
                   struct chunk *text, struct diags *diags)
{
	struct chunk bytes;
	if (!snapshot_read(snapshot, arena, file, &bytes, diags))
		return false;
	struct decoded decoded = encoding_decode(arena, bytes);
	*text = decoded.text;
	if (decoded.fault_count) {
		struct position fault = POSITION_START;
		position_advance(&fault, decoded.text, decoded.first_fault);
		DIAG(diags, position_place(fault, file->path), MSG_NOT_TEXT, encoding_name(decoded.encoding));
	}
	if (decoded.encoding == ENCODING_GB18030)
		DIAG(diags, ((struct place){ .path = file->path }), MSG_GUESSED_ENCODING,
		     encoding_name(decoded.encoding));
	return true;
}
