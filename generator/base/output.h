/* The output set: a folder of files that is replaced as a whole or not at all.
 *
 * Files are put one by one; each goes to a staging folder inside the target
 * unless the target already holds the same bytes. Nothing that stood there is
 * touched before output_commit, which renames the staged files into place and
 * removes the files that the previous commit had and this one has not. Files
 * that no commit ever wrote are left alone. Threads may put files at the same time. */
#ifndef OPSLEDGER_BASE_OUTPUT_H
#define OPSLEDGER_BASE_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/diag.h"
#include "base/sink.h"

struct output;

/* Opens dir, made where missing. NULL after a diagnostic. */
struct output *output_open(const char *dir, struct diags *diags);

/* Puts one file. path is relative, with '/', and stays inside dir; a path put
 * twice is a bug and dies. A failed write is a diagnostic and makes
 * output_commit fail. */
void output_put(struct output *output, const char *path, struct chunk bytes);

/* The paths put so far, in byte order; borrowed until the next output_put. */
const char *const *output_paths(struct output *output, size_t *count);

/* Puts the set in place; obsolete names (paths relative to dir) are removed
 * where they were not put again. Returns whether all went well; on failure the
 * old output stands. */
bool output_commit(struct output *output, const char *const obsolete[], size_t obsolete_count);

/* Number of files that differed from what stood there. */
size_t output_changed(const struct output *output);

/* Frees; drops what was staged and not committed. */
void output_close(struct output *output);

/* A file that is written piece by piece. */
struct file_writer;

/* Begins beside the file at path; what cannot be written is told at the end. */
struct file_writer *file_begin(const char *path);
/* Takes the bytes, until the end. */
struct sink file_sink(struct file_writer *writer);
/* Renames what was written over the file when it is to be kept, else removes it;
 * what is no plain file, such as /dev/stdout or a link, is written into now and
 * stays. False after a diagnostic. Frees. */
bool file_end(struct file_writer *writer, bool keep, struct diags *diags);

/* The same for bytes at hand. */
bool write_file(const char *path, struct chunk bytes, struct diags *diags);

/* Reads a whole file into out; false when it cannot be read. */
bool read_file(const char *path, struct buf *out);

#endif
