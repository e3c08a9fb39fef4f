/* A temporary folder with files and a git repository, and what was diagnosed while reading it. */
#ifndef FIXTURE_H
#define FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/diag.h"
#include "base/memory.h"
#include "base/output.h"

struct fixture {
	char dir[32];
	struct arena *arena;
	struct diags *diags;
	struct buf told; /* the diagnostics, as printed last */
};

/* Runs a shell command in the fixture's folder; it has to succeed. */
static inline void run(struct fixture *fixture, const char *command)
{
	struct buf line = BUF_INIT;
	buf_printf(&line, "cd %s && { %s; } >/dev/null 2>&1", fixture->dir, command);
	if (system(buf_str(&line)) != 0)
		fail_msg("failed: %s", command);
	buf_free(&line);
}

static inline void put_bytes(struct fixture *fixture, const char *path, const char *bytes, size_t len)
{
	struct diags *diags = diags_new();
	struct buf full = BUF_INIT;
	buf_printf(&full, "%s/%s", fixture->dir, path);
	assert_true(write_file(buf_str(&full), (struct chunk){ bytes, len }, diags));
	buf_free(&full);
	diags_free(diags);
}

static inline void put(struct fixture *fixture, const char *path, const char *text)
{
	put_bytes(fixture, path, text, strlen(text));
}

static inline int set_up(void **state)
{
	struct fixture *fixture = xcalloc(1, sizeof *fixture);
	strcpy(fixture->dir, "/tmp/opsledger-XXXXXX");
	if (!mkdtemp(fixture->dir))
		return -1;
	fixture->arena = arena_new();
	fixture->diags = diags_new();
	setenv("HOME", fixture->dir, 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	setenv("GIT_AUTHOR_NAME", "驻场工程师甲", 1);
	setenv("GIT_AUTHOR_EMAIL", "engineer@example.invalid", 1);
	setenv("GIT_COMMITTER_NAME", "项目经理", 1);
	setenv("GIT_COMMITTER_EMAIL", "manager@example.invalid", 1);
	setenv("GIT_AUTHOR_DATE", "2026-03-09T08:05:00+0800", 1);
	setenv("GIT_COMMITTER_DATE", "2026-03-09T01:06:00+0100", 1);
	unsetenv("GIT_INDEX_FILE");
	unsetenv("GIT_DIR");
	run(fixture, "git init -q -b main repo");
	*state = fixture;
	return 0;
}

static inline int tear_down(void **state)
{
	struct fixture *fixture = *state;
	run(fixture, "rm -rf \"$PWD\"");
	arena_free(fixture->arena);
	diags_free(fixture->diags);
	buf_free(&fixture->told);
	free(fixture);
	return 0;
}

/* All diagnostics so far, a line each. */
static inline const char *told(struct fixture *fixture)
{
	buf_clear(&fixture->told);
	diags_print(fixture->diags, &fixture->told);
	return buf_str(&fixture->told);
}

/* Asserts that one of the diagnostics so far begins with start. */
static inline void assert_told(struct fixture *fixture, const char *start)
{
	const char *all = told(fixture);
	size_t len = strlen(start);
	for (const char *line = all; line && *line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL)
		if (strncmp(line, start, len) == 0)
			return;
	fail_msg("not told: %s\namong:\n%s", start, all);
}

/* The path of something in the fixture's folder. */
static inline const char *path_of(struct fixture *fixture, const char *name)
{
	return arena_printf(fixture->arena, "%s/%s", fixture->dir, name);
}

#endif
