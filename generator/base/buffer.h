/* Bytes: the buffer owns and grows, the chunk borrows.
 *
 * Whoever makes text writes into a buf; whoever reads text takes a chunk or a
 * NUL-terminated string. A buf's data always ends in a NUL byte that len does
 * not count, so buf.data serves as a C string. */
#ifndef OPSLEDGER_BASE_BUFFER_H
#define OPSLEDGER_BASE_BUFFER_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct chunk {
	const char *data; /* not NUL-terminated, never NULL when len > 0 */
	size_t len;       /* bytes */
};

struct buf {
	char *data;
	size_t len, capacity;
};

#define BUF_INIT                                                                                                       \
	{                                                                                                              \
		NULL, 0, 0                                                                                             \
	}

void buf_free(struct buf *buf);
/* Empties, keeps the memory. */
void buf_clear(struct buf *buf);
/* Room for more bytes beyond len and their NUL. */
void buf_reserve(struct buf *buf, size_t more);
void buf_put(struct buf *buf, const void *data, size_t len);
void buf_putc(struct buf *buf, char byte);
void buf_puts(struct buf *buf, const char *text);
void buf_put_chunk(struct buf *buf, struct chunk chunk);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *buf, const char *format, va_list args);
/* Never NULL, also for a buffer nothing was put in. */
const char *buf_str(const struct buf *buf);
struct chunk buf_chunk(const struct buf *buf);

struct chunk chunk_of(const char *text);
bool chunk_is(struct chunk chunk, const char *text);
bool chunk_equal(struct chunk a, struct chunk b);
/* Without ASCII blanks (space, tab, CR, LF) at both ends. */
/* Bytes that both begin with. */
size_t chunk_common_head(struct chunk a, struct chunk b);
struct chunk chunk_trim(struct chunk chunk);

#endif
