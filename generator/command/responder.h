/* A program of the user's that answers: a request on its standard input, the
 * response on its standard output. */
#ifndef OPSLEDGER_COMMAND_RESPONDER_H
#define OPSLEDGER_COMMAND_RESPONDER_H

#include <stdbool.h>

#include "base/buffer.h"

/* Runs the command by the shell, which has the terminal for what else it says, and
 * waits for it. Appends what it answers. False when it does not end in 0, or
 * answers more than 1 MB. */
bool responder_ask(const char *command, struct chunk request, struct buf *response);

#endif
