/* opsledger [-C DIR] [--at REV] [--as-of INSTANT|REV] COMMAND: the table of commands
 * and the reading of the command line. */
#include <getopt.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/memory.h"
#include "base/version.h"
#include "command/command.h"

static const struct command *const commands[] = {
	&command_build, &command_check,  &command_report, &command_sla,         &command_duties,
	&command_trace, &command_when,   &command_audit,  &command_diff_report, &command_due,
	&command_sign,  &command_verify, &command_view,
};

enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static const struct command *find_command(const char *name)
{
	for (size_t i = 0; i < COMMAND_COUNT; i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}

static void print_usage(const struct command *command)
{
	printf("opsledger [-C DIR] [--at REV] [--as-of INSTANT|REV] %s", command->name);
	for (const struct command_option *option = command->options; option->name; option++)
		printf(option->required ? " --%s%s%s" : " [--%s%s%s]", option->name, option->value ? " " : "",
		       option->value ? option->value : "");
	printf("%s%s\n", command->arguments ? " " : "", command->arguments ? command->arguments : "");
}

static enum status help(const char *name)
{
	const struct command *command = name ? find_command(name) : NULL;
	if (name && !command)
		return complain(NULL, translate("there is no command \"%s\""), name);
	if (command) {
		print_usage(command);
		printf("\n%s\n", translate(command->purpose));
		for (const struct command_option *option = command->options; option->name; option++)
			printf("  --%-12s %s\n", option->name, translate(option->help));
		return STATUS_FINE;
	}
	printf("%s\n\n", translate("opsledger: reports and knowledge from the records of a Git repository"));
	for (size_t i = 0; i < COMMAND_COUNT; i++)
		printf("  %-11s %s\n", commands[i]->name, translate(commands[i]->purpose));
	printf("\n  -C DIR          %s\n  --at REV        %s\n  --as-of INSTANT %s\n",
	       translate("the repository, or a folder of it; the current one when not given"),
	       translate("the commit to read; HEAD when not given"),
	       translate("judge as of this instant, or tell what was known at this commit; the commit's committer "
	                 "time when not given"));
	return STATUS_FINE;
}

/* Reads the options and arguments of one command, and runs it. */
static enum status run(struct request *request, int argc, char **argv)
{
	enum { GLOBAL_COUNT = 3 };
	const struct command *command = request->command;
	size_t count = 0;
	while (command->options[count].name)
		count++;

	enum { FIRST_CODE = 256 }; /* beyond every letter */
	struct option *rules = xcalloc(count + GLOBAL_COUNT + 1, sizeof *rules);
	const char **values = xcalloc(count + 1, sizeof *values);
	struct buf letters = BUF_INIT;
	buf_puts(&letters, ":C:");
	for (size_t i = 0; i < count; i++) {
		const struct command_option *option = &command->options[i];
		rules[i] = (struct option){ option->name, option->value ? required_argument : no_argument, NULL,
			                    FIRST_CODE + (int)i };
		if (option->letter)
			buf_printf(&letters, "%c%s", option->letter, option->value ? ":" : "");
	}
	/* What may stand before the command may also stand behind it. */
	const char **globals[GLOBAL_COUNT] = { &request->directory, &request->revision, &request->as_of };
	rules[count] = (struct option){ "directory", required_argument, NULL, 'C' };
	rules[count + 1] = (struct option){ "at", required_argument, NULL, FIRST_CODE + (int)count + 1 };
	rules[count + 2] = (struct option){ "as-of", required_argument, NULL, FIRST_CODE + (int)count + 2 };

	enum status status = STATUS_FINE;
	optind = 0; /* a fresh scan, also of a second list of arguments */
	for (int code;
	     status == STATUS_FINE && (code = getopt_long(argc, argv, buf_str(&letters), rules, NULL)) != -1;) {
		size_t index = count + GLOBAL_COUNT;
		if (code == 'C')
			index = count;
		else if (code >= FIRST_CODE)
			index = (size_t)(code - FIRST_CODE);
		else if (code != '?' && code != ':')
			for (index = 0; command->options[index].letter != code; index++)
				;
		if (index < count)
			values[index] = optarg ? optarg : "";
		else if (index < count + GLOBAL_COUNT)
			*globals[index - count] = optarg;
		else if (code == ':')
			status = complain(command, translate("%s needs a value"), argv[optind - 1]);
		else
			status = complain(command, translate("there is no option %s here"), argv[optind - 1]);
	}
	for (size_t i = 0; i < count && status == STATUS_FINE; i++)
		if (command->options[i].required && !values[i])
			status = complain(command, translate("--%s is missing"), command->options[i].name);
	request->values = values;
	request->arguments = (const char *const *)(argv + optind);
	request->argument_count = (size_t)(argc - optind);
	if (status == STATUS_FINE && request->argument_count < command->least)
		status = complain(command, translate("%s is missing"), command->arguments);
	if (status == STATUS_FINE && request->argument_count > command->most)
		status =
		    complain(command, translate("\"%s\" is one argument too many"), request->arguments[command->most]);
	if (status == STATUS_FINE)
		status = command->run(request);
	buf_free(&letters);
	free(rules);
	free(values);
	return status;
}

static bool asks_for_help(const char *argument)
{
	return strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0;
}

/* Where the compiled translations are: beside the program in a build folder,
 * below ../share where it is installed. */
static void choose_language(void)
{
	char program[4096];
	ssize_t len = readlink("/proc/self/exe", program, sizeof program - 1);
	program[len > 0 ? len : 0] = '\0';
	const char *folder = dirname(program);
	struct buf path = BUF_INIT;
	buf_printf(&path, "%s/locale", folder);
	if (access(buf_str(&path), R_OK) != 0) {
		buf_clear(&path);
		buf_printf(&path, "%s/../share/locale", folder);
	}
	messages_init(buf_str(&path));
	buf_free(&path);
}

int main(int argc, char **argv)
{
	choose_language();
	program_init(SOURCES);
	struct request request = { .directory = "." };
	int at = 1;
	for (; at < argc && argv[at][0] == '-'; at += 2) {
		const char **target = strcmp(argv[at], "-C") == 0        ? &request.directory
		                      : strcmp(argv[at], "--at") == 0    ? &request.revision
		                      : strcmp(argv[at], "--as-of") == 0 ? &request.as_of
		                                                         : NULL;
		if (asks_for_help(argv[at]))
			return (int)help(NULL);
		if (strcmp(argv[at], "--version") == 0) {
			printf("opsledger %s\n", program_name());
			return STATUS_FINE;
		}
		if (!target)
			return (int)complain(NULL, translate("there is no option %s here"), argv[at]);
		if (at + 1 == argc)
			return (int)complain(NULL, translate("%s needs a value"), argv[at]);
		*target = argv[at + 1];
	}
	if (at >= argc)
		return (int)complain(NULL, "%s", translate("a command is missing"));
	if (strcmp(argv[at], "help") == 0)
		return (int)help(argv[at + 1]);
	request.command = find_command(argv[at]);
	if (!request.command)
		return (int)complain(NULL, translate("there is no command \"%s\""), argv[at]);
	if (at + 1 < argc && asks_for_help(argv[at + 1]))
		return (int)help(argv[at]);
	return (int)run(&request, argc - at, argv + at);
}
