/* From the bytes of a file to UTF-8: with or without byte order mark, and
 * GB18030 as WPS and Excel save it (a superset of GBK and GB 2312). */
#ifndef OPSLEDGER_TEXT_ENCODING_H
#define OPSLEDGER_TEXT_ENCODING_H

#include <stddef.h>

#include "base/buffer.h"
#include "base/memory.h"

enum encoding { ENCODING_UTF8, ENCODING_UTF8_BOM, ENCODING_GB18030 };

struct decoded {
	struct chunk text; /* well-formed UTF-8 without byte order mark and NUL; line ends as in the file */
	enum encoding encoding;
	size_t fault_count; /* bytes or sequences that are no text; each stands as U+FFFD in text */
	size_t first_fault; /* its byte offset in text; text.len when there is none */
};

/* Decodes a file. What is well-formed UTF-8 is UTF-8; what is not is GB18030,
 * unless its well-formed multi-byte sequences outnumber the ill-formed ones: then
 * it is UTF-8 with damage. Where nothing had to be changed text borrows from
 * bytes, else it lives in arena. */
struct decoded encoding_decode(struct arena *arena, struct chunk bytes);

/* Appends text, which is well-formed UTF-8, as it goes behind the first bytes of a
 * file of that encoding: without a byte order mark. */
void encoding_encode(enum encoding encoding, struct chunk text, struct buf *out);

/* "UTF-8", "GB18030": what to call it in a message. */
const char *encoding_name(enum encoding encoding);

#endif
