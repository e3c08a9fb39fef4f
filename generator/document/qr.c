#include "document/qr.h"

#include <qrencode.h>

const struct qr *qr_encode(struct arena *arena, const char *text)
{
	QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);

	if (!code)
		return NULL;
	size_t size = (size_t)code->width;
	uint8_t *modules = arena_alloc(arena, size * size);
	for (size_t i = 0; i < size * size; i++)
		modules[i] = code->data[i] & 1;
	QRcode_free(code);
	struct qr *qr = arena_alloc(arena, sizeof *qr);
	*qr = (struct qr){ (unsigned)size, modules };
	return qr;
}
