/* The commands: one file each, one row each in main.c's table.
 *
 * A command says its options as data; parsing, help and complaints are the same
 * for all. It answers with the exit status of the interface: 0 fine, 1 the
 * records have errors or a check failed, 2 wrong use or cannot run. */
#ifndef OPSLEDGER_COMMAND_COMMAND_H
#define OPSLEDGER_COMMAND_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"

enum status { STATUS_FINE, STATUS_FAULTS, STATUS_CANNOT };

struct command_option {
	const char *name;  /* "contract" for --contract; letter-only options are not offered */
	char letter;       /* 'o' for -o as well, or 0 */
	const char *value; /* "ID": it takes a value, and help calls it so; NULL: a switch */
	const char *help;  /* English; translated where printed */
	bool required;
};

/* What the command line said. */
struct request {
	const char *directory; /* -C, "." when not given */
	const char *revision;  /* --at, or NULL: the commit that --as-of names, else HEAD */
	const char *as_of;     /* --as-of, an instant or a commit, or NULL: the commit's committer time */
	const struct command *command;
	const char *const *values;    /* by index of the command's option; "" for a switch that is set */
	const char *const *arguments; /* what is no option */
	size_t argument_count;
};

struct command {
	const char *name;
	const char *arguments;                /* "CONTRACT/TYPE/ID", or NULL when it takes none */
	size_t least, most;                   /* number of arguments */
	const char *purpose;                  /* English, one line; translated where printed */
	const struct command_option *options; /* ends with a row whose name is NULL */
	enum status (*run)(const struct request *request);
};

/* The value of an option of the command, or NULL when it was not given. Asking
 * for an option that the command does not have is a bug and dies. */
const char *request_value(const struct request *request, const char *name);
bool request_has(const struct request *request, const char *name);

/* Prints on standard error: "opsledger: text", then how to get help. */
enum status complain(const struct command *command, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Writes out to standard output; STATUS_CANNOT when that fails. */
enum status print_out(const struct buf *out);

extern const struct command command_build, command_check, command_report, command_sla, command_duties, command_trace,
    command_when, command_audit, command_diff_report, command_due, command_sign, command_verify, command_view;

#endif
