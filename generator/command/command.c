#include "command/command.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "base/memory.h"

const char *request_value(const struct request *request, const char *name)
{
	const struct command_option *options = request->command->options;
	for (size_t i = 0; options[i].name; i++)
		if (strcmp(options[i].name, name) == 0)
			return request->values[i];
	die("%s has no option --%s", request->command->name, name);
}

bool request_has(const struct request *request, const char *name)
{
	return request_value(request, name) != NULL;
}

enum status complain(const struct command *command, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	fputs("opsledger: ", stderr);
	vfprintf(stderr, format, args);
	va_end(args);
	fprintf(stderr, "\n%s opsledger help%s%s\n", translate("Try:"), command ? " " : "",
	        command ? command->name : "");
	return STATUS_CANNOT;
}

enum status print_out(const struct buf *out)
{
	if (fwrite(buf_str(out), 1, out->len, stdout) == out->len && fflush(stdout) == 0)
		return STATUS_FINE;
	fprintf(stderr, "opsledger: %s\n", translate("cannot write to standard output"));
	return STATUS_CANNOT;
}
