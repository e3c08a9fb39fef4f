#include "command/responder.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"

enum { MOST_BYTES = 1 << 20, READ_BYTES = 4096 };

static _Noreturn void become(const char *command, int input, int output)
{
	if (dup2(input, STDIN_FILENO) >= 0 && dup2(output, STDOUT_FILENO) >= 0)
		execl("/bin/sh", "sh", "-c", command, (char *)NULL);
	_exit(127);
}

/* Writes all of it, unless the other side does not want it. */
static void write_request(int output, struct chunk request)
{
	void (*before)(int) = signal(SIGPIPE, SIG_IGN);
	for (size_t at = 0; at < request.len;) {
		ssize_t len = write(output, request.data + at, request.len - at);
		if (len < 0 && errno != EINTR)
			break;
		at += len > 0 ? (size_t)len : 0;
	}
	signal(SIGPIPE, before);
}

static bool read_response(int input, struct buf *response)
{
	size_t from = response->len;
	for (;;) {
		buf_reserve(response, READ_BYTES);
		ssize_t len = read(input, response->data + response->len, READ_BYTES);
		if (len == 0)
			return true;
		if (len < 0 && errno != EINTR)
			return false;
		response->len += len > 0 ? (size_t)len : 0;
		if (response->len - from > MOST_BYTES)
			return false;
	}
}

bool responder_ask(const char *command, struct chunk request, struct buf *response)
{
	int to[2], from[2], state = 0;
	if (pipe(to) != 0 || pipe(from) != 0)
		die("there is no pipe");
	pid_t child = fork();
	if (child < 0)
		die("there is no process");
	if (child == 0) {
		close(to[1]);
		close(from[0]);
		become(command, to[0], from[1]);
	}
	close(to[0]);
	close(from[1]);
	write_request(to[1], request);
	close(to[1]);
	bool fine = read_response(from[0], response);
	close(from[0]);
	while (waitpid(child, &state, 0) < 0)
		if (errno != EINTR)
			return false;
	return fine && WIFEXITED(state) && WEXITSTATUS(state) == 0;
}
