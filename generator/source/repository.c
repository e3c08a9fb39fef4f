#include "source/repository.h"

#include <git2.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/parallel.h"
#include "source/objects.h"
#include "text/encoding.h"

/* Bytes of pack files mapped at once: in one piece, and in all. */
enum { PACK_WINDOW = 8 << 20, PACK_MAPPED = 32 << 20 };

/* What reads blobs, for one thread at a time. */
struct blobs {
	pthread_mutex_t lock;
	struct objects *objects; /* opened for the first one */
};

enum { READERS = 4 }; /* of blobs; more threads take turns */

struct repository {
	git_repository *git;
	struct blobs *readers;
};

static const struct place nowhere;

static const char *last_error(void)
{
	const git_error *error = git_error_last();
	return error && error->message ? error->message : "?";
}

/* What libgit2 has to be told once in a process. Caching objects makes a walk through history
 * larger and no faster, and so does mapping whole pack files. The two extensions are let through: worktreeConfig
 * changes nothing for a reader, partialClone is refused below by its name. */
static void prepare_libgit2(void)
{
	const char *extensions[] = { "worktreeconfig", "partialclone" };
	git_libgit2_init();
	git_libgit2_opts(GIT_OPT_ENABLE_CACHING, 0);
	git_libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, (size_t)PACK_WINDOW);
	git_libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT, (size_t)PACK_MAPPED);
	git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions, sizeof extensions / sizeof *extensions);
}

void repository_verify_hashes(bool verify)
{
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, (int)verify);
}

/* Whether the repository has a file of that name that is not empty. */
static bool has_file(git_repository *git, const char *name)
{
	struct buf path = BUF_INIT;
	struct stat facts;
	buf_printf(&path, "%s%s", git_repository_commondir(git), name);
	bool has = stat(buf_str(&path), &facts) == 0 && facts.st_size > 0;
	buf_free(&path);
	return has;
}

static bool ends_in(const char *text, const char *tail)
{
	size_t len = strlen(text), tail_len = strlen(tail);
	return len >= tail_len && strcmp(text + len - tail_len, tail) == 0;
}

static int note_promisor(const git_config_entry *entry, void *context)
{
	bool remote = strncmp(entry->name, "remote.", strlen("remote.")) == 0;
	int partial = strcmp(entry->name, "extensions.partialclone") == 0 ||
	              (remote && ends_in(entry->name, ".partialclonefilter"));
	if (remote && ends_in(entry->name, ".promisor"))
		git_config_parse_bool(&partial, entry->value);
	*(bool *)context |= partial != 0;
	return 0;
}

static bool is_partial(git_repository *git)
{
	bool partial = false;
	git_config *config = NULL;
	if (git_repository_config_snapshot(&config, git) == 0)
		git_config_foreach(config, note_promisor, &partial);
	git_config_free(config);
	return partial;
}

static int count_one(const char *name, void *context)
{
	(void)name;
	++*(size_t *)context;
	return 0;
}

/* False when the repository cannot give the whole history. */
static bool is_whole(git_repository *git, struct diags *diags)
{
	size_t replaced = 0;
	git_reference_foreach_glob(git, "refs/replace/*", count_one, &replaced);
	if (replaced)
		DIAG(diags, nowhere, MSG_REPLACE_REFS);
	if (has_file(git, "info/grafts"))
		DIAG(diags, nowhere, MSG_GRAFTS);
	/* git_repository_is_shallow looks beside HEAD, where a linked work tree has no such file. */
	bool shallow = has_file(git, "shallow"), partial = is_partial(git);
	if (shallow)
		DIAG(diags, nowhere, MSG_SHALLOW_CLONE);
	if (partial)
		DIAG(diags, nowhere, MSG_PARTIAL_CLONE);
	return !shallow && !partial;
}

/* Whether dir lies in a repository that only its owner's name keeps shut: libgit2 reports that as
 * "not found" where the user has no configuration file. Reports it then. */
static bool is_of_another_owner(const char *dir, struct diags *diags)
{
	git_repository *git = NULL;
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
	bool opens = git_repository_open_ext(&git, dir, 0, NULL) == 0;
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 1);
	if (opens) {
		const char *top = git_repository_workdir(git);
		struct buf path = BUF_INIT;
		buf_puts(&path, top ? top : git_repository_path(git));
		while (path.len > 1 && path.data[path.len - 1] == '/')
			path.data[--path.len] = '\0';
		DIAG(diags, nowhere, MSG_REPOSITORY_OWNER, buf_str(&path));
		buf_free(&path);
	}
	git_repository_free(git);
	return opens;
}

static void report_failure(const char *dir, int error, struct diags *diags)
{
	struct buf why = BUF_INIT; /* the next call of libgit2 overwrites it */
	buf_puts(&why, last_error());
	bool owned = (error == GIT_EOWNER || error == GIT_ENOTFOUND) && is_of_another_owner(dir, diags);
	if (!owned && error == GIT_ENOTFOUND)
		DIAG(diags, nowhere, MSG_NO_REPOSITORY, dir);
	else if (!owned)
		DIAG(diags, nowhere, MSG_REPOSITORY_UNREADABLE, dir, buf_str(&why));
	buf_free(&why);
}

struct repository *repository_open(const char *dir, struct diags *diags)
{
	prepare_libgit2();
	git_repository *git = NULL;
	int error = git_repository_open_ext(&git, dir, 0, NULL);
	if (error)
		report_failure(dir, error, diags);
	if (error || !is_whole(git, diags)) {
		git_repository_free(git);
		git_libgit2_shutdown();
		return NULL;
	}
	struct repository *repository = xcalloc(1, sizeof *repository);
	repository->readers = xcalloc(READERS, sizeof *repository->readers);
	for (size_t i = 0; i < READERS; i++)
		pthread_mutex_init(&repository->readers[i].lock, NULL);
	repository->git = git;
	return repository;
}

void repository_free(struct repository *repository)
{
	if (!repository)
		return;
	for (size_t i = 0; i < READERS; i++) {
		objects_free(repository->readers[i].objects);
		pthread_mutex_destroy(&repository->readers[i].lock);
	}
	free(repository->readers);
	git_repository_free(repository->git);
	git_libgit2_shutdown();
	free(repository);
}

/* A reader that is free, or the first one once it is; locked. */
static struct blobs *take_reader(const struct repository *repository)
{
	for (size_t i = 0; i < READERS; i++)
		if (pthread_mutex_trylock(&repository->readers[i].lock) == 0)
			return &repository->readers[i];
	lock_briefly(&repository->readers[0].lock);
	return &repository->readers[0];
}

/* The bytes of an object in arena; libgit2 keeps the error. */
static bool read_object(const struct repository *repository, struct arena *arena, const git_oid *oid,
                        struct chunk *bytes)
{
	struct blobs *blobs = take_reader(repository);
	if (!blobs->objects)
		blobs->objects = objects_open(repository->git);
	struct object *object = blobs->objects ? object_open(blobs->objects, oid) : NULL;
	if (object) {
		struct chunk found = object_bytes(object);
		*bytes = (struct chunk){ arena_strndup(arena, found.data, found.len), found.len };
		object_release(object);
	}
	pthread_mutex_unlock(&blobs->lock);
	return object != NULL;
}

bool repository_blob(const struct repository *repository, struct arena *arena, const char *id, struct chunk *bytes)
{
	git_oid oid, found;
	if (git_oid_fromstr(&oid, id) != 0 || !read_object(repository, arena, &oid, bytes) ||
	    git_odb_hash(&found, bytes->data, bytes->len, GIT_OBJECT_BLOB) != 0)
		return false;
	bool same = git_oid_equal(&oid, &found);
	if (!same)
		git_error_set_str(GIT_ERROR_ODB, "the object is not what its id says");
	return same;
}

const char *repository_worktree(const struct repository *repository)
{
	return git_repository_workdir(repository->git);
}

const char *repository_git_dir(const struct repository *repository)
{
	return git_repository_path(repository->git);
}

struct git_repository *repository_git(const struct repository *repository)
{
	return repository->git;
}

static const char *id_text(struct arena *arena, const git_oid *id)
{
	char text[GIT_OID_HEXSZ + 1];
	return arena_strdup(arena, git_oid_tostr(text, sizeof text, id));
}

/* Commits made with i18n.commitEncoding are not in UTF-8. */
static const char *as_utf8(struct arena *arena, const char *text)
{
	struct decoded decoded = encoding_decode(arena, chunk_of(text));
	return arena_strndup(arena, decoded.text.data, decoded.text.len);
}

static struct person person_of(struct arena *arena, const git_signature *signature)
{
	return (struct person){ .name = as_utf8(arena, signature->name),
		                .email = as_utf8(arena, signature->email),
		                .at = { signature->when.time, signature->when.offset * 60 } };
}

static struct commit facts_of(struct arena *arena, git_commit *commit)
{
	const char *summary = git_commit_summary(commit);
	size_t count = git_commit_parentcount(commit);
	const char **parents = arena_alloc(arena, (count + 1) * sizeof *parents);
	for (size_t i = 0; i < count; i++)
		parents[i] = id_text(arena, git_commit_parent_id(commit, (unsigned)i));
	return (struct commit){ .id = id_text(arena, git_commit_id(commit)),
		                .author = person_of(arena, git_commit_author(commit)),
		                .committer = person_of(arena, git_commit_committer(commit)),
		                .subject = as_utf8(arena, summary ? summary : ""),
		                .parents = parents,
		                .parent_count = count };
}

bool repository_resolve(const struct repository *repository, struct arena *arena, const char *revision,
                        struct commit *out, struct diags *diags)
{
	if (git_repository_head_unborn(repository->git) == 1 && strcmp(revision, "HEAD") == 0) {
		DIAG(diags, nowhere, MSG_NO_COMMIT);
		return false;
	}
	git_object *named = NULL, *commit = NULL;
	bool found = git_revparse_single(&named, repository->git, revision) == 0 &&
	             git_object_peel(&commit, named, GIT_OBJECT_COMMIT) == 0;
	if (found)
		*out = facts_of(arena, (git_commit *)commit);
	else
		DIAG(diags, nowhere, MSG_REVISION_UNKNOWN, revision);
	git_object_free(commit);
	git_object_free(named);
	return found;
}

void repository_commit(const struct repository *repository, struct arena *arena, const char *id, struct commit *out)
{
	git_oid oid;
	git_commit *commit = NULL;
	if (git_oid_fromstr(&oid, id) != 0 || git_commit_lookup(&commit, repository->git, &oid) != 0)
		die("repository_commit: %s: %s", id, last_error());
	*out = facts_of(arena, commit);
	git_commit_free(commit);
}

const char *repository_entry(const struct repository *repository, struct arena *arena, const char *commit,
                             const char *path)
{
	git_object *tree = NULL;
	git_tree_entry *entry = NULL;
	char id[GIT_OID_HEXSZ + 1] = "-";
	if (git_revparse_single(&tree, repository->git, arena_printf(arena, "%s^{tree}", commit)) == 0 &&
	    git_tree_entry_bypath(&entry, (git_tree *)tree, path) == 0)
		git_oid_tostr(id, sizeof id, git_tree_entry_id(entry));
	git_tree_entry_free(entry);
	git_object_free(tree);
	return arena_strdup(arena, id);
}
