/* Where bytes go piece by piece, for what is too large to be held as a whole. */
#ifndef OPSLEDGER_BASE_SINK_H
#define OPSLEDGER_BASE_SINK_H

#include "base/buffer.h"

struct sink {
	void (*put)(struct chunk bytes, void *context);
	void *context;
};

/* Appends to out, which is borrowed. */
struct sink sink_to(struct buf *out);

#endif
