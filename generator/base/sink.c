#include "base/sink.h"

static void append(struct chunk bytes, void *context)
{
	buf_put_chunk(context, bytes);
}

struct sink sink_to(struct buf *out)
{
	return (struct sink){ append, out };
}
