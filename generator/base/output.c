#include "base/output.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/map.h"
#include "base/memory.h"

#define STAGING ".staging"

struct output {
	pthread_mutex_t lock; /* of all below while files are put */
	struct arena *arena;
	struct diags *diags;
	const char *dir;
	struct map files;    /* path → staged or same */
	struct map folders;  /* those made, or known to be there */
	const char **sorted; /* paths, made by output_paths */
	size_t changed;
	bool fresh; /* the folder was not there: no file in it is the same */
	bool failed;
};

static char same[] = "same", staged[] = "staged";

bool read_file(const char *path, struct buf *out)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return false;
	struct stat facts;
	bool fine = fstat(file, &facts) == 0 && S_ISREG(facts.st_mode);
	if (fine)
		buf_reserve(out, (size_t)facts.st_size);
	char piece[65536];
	ssize_t got = 0;
	while (fine && (got = read(file, piece, sizeof piece)) > 0)
		buf_put(out, piece, (size_t)got);
	close(file);
	return fine && got == 0;
}

/* Makes the folders above path. */
static bool make_parents(const char *path)
{
	char *copy = xstrdup(path);
	bool fine = true;
	for (char *slash = strchr(copy + 1, '/'); slash && fine; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		fine = mkdir(copy, 0777) == 0 || errno == EEXIST;
		*slash = '/';
	}
	free(copy);
	return fine;
}

static int create(const char *path)
{
	return open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
}

/* errno says why not, here and below. */
static bool write_all(int file, struct chunk bytes)
{
	for (size_t done = 0; done < bytes.len;) {
		ssize_t wrote = write(file, bytes.data + done, bytes.len - done);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0)
			return false;
		done += (size_t)wrote;
	}
	return true;
}

static bool close_after(int file, bool fine)
{
	int why = errno;
	if (close(file) != 0 && fine)
		return false;
	errno = why;
	return fine;
}

static bool write_through(const char *path, struct chunk bytes)
{
	int file = create(path);
	return file >= 0 && close_after(file, write_all(file, bytes));
}

struct file_writer {
	char *path;
	struct buf beside; /* path of what is renamed; of a special file all its bytes */
	bool special;      /* a link, a device or a pipe, such as /dev/stdout: it stays what it is */
	int file, why;     /* why: the first errno */
};

struct file_writer *file_begin(const char *path)
{
	struct file_writer *writer = xcalloc(1, sizeof *writer);
	struct stat facts;
	writer->path = xstrdup(path);
	writer->special = lstat(path, &facts) == 0 && !S_ISREG(facts.st_mode);
	if (writer->special)
		return writer;
	buf_printf(&writer->beside, "%s.new", path);
	writer->file = make_parents(path) ? create(buf_str(&writer->beside)) : -1;
	if (writer->file < 0)
		writer->why = errno;
	return writer;
}

static void put_in_file(struct chunk bytes, void *context)
{
	struct file_writer *writer = context;
	if (writer->special)
		buf_put_chunk(&writer->beside, bytes);
	else if (!writer->why && !write_all(writer->file, bytes))
		writer->why = errno;
}

struct sink file_sink(struct file_writer *writer)
{
	return (struct sink){ put_in_file, writer };
}

/* Puts a plain file in its place. */
static bool settle(struct file_writer *writer, bool keep)
{
	const char *beside = buf_str(&writer->beside);
	bool fine = !writer->why && (!keep || fsync(writer->file) == 0);
	if (writer->why)
		errno = writer->why;
	if (writer->file >= 0)
		fine = close_after(writer->file, fine);
	if (fine && keep && rename(beside, writer->path) == 0)
		return true;
	int why = errno;
	unlink(beside);
	errno = why;
	return !keep;
}

bool file_end(struct file_writer *writer, bool keep, struct diags *diags)
{
	bool fine =
	    writer->special ? !keep || write_through(writer->path, buf_chunk(&writer->beside)) : settle(writer, keep);
	if (!fine)
		DIAG(diags, ((struct place){ 0 }), MSG_OUTPUT_FAILED, writer->path, strerror(errno));
	buf_free(&writer->beside);
	free(writer->path);
	free(writer);
	return fine;
}

bool write_file(const char *path, struct chunk bytes, struct diags *diags)
{
	struct file_writer *writer = file_begin(path);
	put_in_file(bytes, writer);
	return file_end(writer, true, diags);
}

static bool same_bytes(const char *path, struct chunk bytes)
{
	struct stat facts;
	if (stat(path, &facts) != 0 || (size_t)facts.st_size != bytes.len)
		return false;
	struct buf old = BUF_INIT;
	bool equal = read_file(path, &old) && chunk_equal(buf_chunk(&old), bytes);
	buf_free(&old);
	return equal;
}

/* Removes the files and folders below path and path itself. */
static void remove_tree(const char *path)
{
	DIR *dir = opendir(path);
	if (dir) {
		for (struct dirent *entry; (entry = readdir(dir));) {
			if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
				continue;
			struct buf below = BUF_INIT;
			buf_printf(&below, "%s/%s", path, entry->d_name);
			if (unlink(buf_str(&below)) != 0)
				remove_tree(buf_str(&below));
			buf_free(&below);
		}
		closedir(dir);
	}
	rmdir(path);
}

static void fail(struct output *output, const char *path)
{
	DIAG(output->diags, ((struct place){ 0 }), MSG_OUTPUT_FAILED, path, strerror(errno));
	pthread_mutex_lock(&output->lock);
	output->failed = true;
	pthread_mutex_unlock(&output->lock);
}

struct output *output_open(const char *dir, struct diags *diags)
{
	struct output *output = xcalloc(1, sizeof *output);
	pthread_mutex_init(&output->lock, NULL);
	output->arena = arena_new();
	output->diags = diags;
	output->dir = arena_strdup(output->arena, dir);
	map_init(&output->files, output->arena);
	map_init(&output->folders, output->arena);
	output->fresh = access(dir, F_OK) != 0;
	remove_tree(arena_printf(output->arena, "%s/" STAGING, dir));
	if (!make_parents(arena_printf(output->arena, "%s/" STAGING "/", dir))) {
		fail(output, dir);
		output_close(output);
		return NULL;
	}
	return output;
}

/* Makes the folder that holds path, once. */
static bool make_folder(struct output *output, const char *path)
{
	char *folder = xstrdup(path);
	*strrchr(folder, '/') = '\0';
	pthread_mutex_lock(&output->lock);
	bool fine = map_get(&output->folders, folder) != NULL;
	if (!fine && make_parents(path)) {
		map_put(&output->folders, folder, same);
		fine = true;
	}
	pthread_mutex_unlock(&output->lock);
	free(folder);
	return fine;
}

void output_put(struct output *output, const char *path, struct chunk bytes)
{
	if (path[0] == '/' || strstr(path, ".."))
		die("output: \"%s\" is outside the folder", path);
	struct buf target = BUF_INIT;
	buf_printf(&target, "%s/%s", output->dir, path);
	bool unchanged = !output->fresh && same_bytes(buf_str(&target), bytes);
	pthread_mutex_lock(&output->lock);
	bool twice = map_put(&output->files, path, unchanged ? same : staged) != NULL;
	output->sorted = NULL;
	output->changed += !unchanged;
	pthread_mutex_unlock(&output->lock);
	if (twice)
		die("output: \"%s\" put twice", path);
	if (!unchanged) {
		struct buf stage = BUF_INIT;
		buf_printf(&stage, "%s/" STAGING "/%s", output->dir, path);
		if (!make_folder(output, buf_str(&stage)) || !write_through(buf_str(&stage), bytes))
			fail(output, buf_str(&target));
		buf_free(&stage);
	}
	buf_free(&target);
}

static int compare_paths(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

const char *const *output_paths(struct output *output, size_t *count)
{
	*count = output->files.count;
	if (!output->sorted) {
		output->sorted = arena_alloc(output->arena, (output->files.count + 1) * sizeof *output->sorted);
		for (size_t i = 0; i < output->files.count; i++)
			output->sorted[i] = output->files.entries[i].key;
		qsort(output->sorted, output->files.count, sizeof *output->sorted, compare_paths);
	}
	return output->sorted;
}

/* Whether the outermost folder that holds path went into place as a whole, as it does when none of that name
 * was there; asked once a folder, for the first of its files. */
static bool is_moved(struct output *output, struct map *moved, const char *path)
{
	const char *slash = strchr(path, '/');
	if (!slash)
		return false;
	const char *folder = arena_strndup(output->arena, path, (size_t)(slash - path));
	const char *state = map_get(moved, folder);
	if (!state) {
		const char *target = arena_printf(output->arena, "%s/%s", output->dir, folder);
		bool whole = access(target, F_OK) != 0 &&
		             rename(arena_printf(output->arena, "%s/" STAGING "/%s", output->dir, folder), target) == 0;
		map_put(moved, folder, whole ? staged : same);
		return whole;
	}
	return state == staged;
}

bool output_commit(struct output *output, const char *const obsolete[], size_t obsolete_count)
{
	struct map moved;
	map_init(&moved, output->arena);
	for (size_t i = 0; i < output->files.count && !output->failed; i++) {
		const char *path = output->files.entries[i].key;
		if (output->files.entries[i].value == same || is_moved(output, &moved, path))
			continue;
		const char *stage = arena_printf(output->arena, "%s/" STAGING "/%s", output->dir, path);
		const char *target = arena_printf(output->arena, "%s/%s", output->dir, path);
		if (!make_folder(output, target) || rename(stage, target) != 0)
			fail(output, target);
	}
	for (size_t i = 0; i < obsolete_count && !output->failed; i++) {
		if (map_get(&output->files, obsolete[i]) || obsolete[i][0] == '/' || strstr(obsolete[i], ".."))
			continue;
		char *target = arena_printf(output->arena, "%s/%s", output->dir, obsolete[i]);
		unlink(target);
		for (char *slash; (slash = strrchr(target, '/')) && slash > target + strlen(output->dir);) {
			*slash = '\0';
			if (rmdir(target) != 0)
				break;
		}
	}
	return !output->failed;
}

size_t output_changed(const struct output *output)
{
	return output->changed;
}

void output_close(struct output *output)
{
	if (!output)
		return;
	remove_tree(arena_printf(output->arena, "%s/" STAGING, output->dir));
	arena_free(output->arena);
	pthread_mutex_destroy(&output->lock);
	free(output);
}
