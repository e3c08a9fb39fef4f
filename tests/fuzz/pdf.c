/* Whatever bytes come as a PDF file, it is read or told why not; and what is read
 * is judged, its signatures included. Behind a first byte that is odd, the rest
 * is an update of a small file that is sound. */
#include <stdint.h>
#include <stdlib.h>

#include "proof/pdf_verify.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char sound[] = "%PDF-1.4\n"
                            "1 0 obj\n<< /Type /Catalog /AcroForm 2 0 R >>\nendobj\n"
                            "2 0 obj\n<< /Fields [3 0 R] /SigFlags 3 >>\nendobj\n"
                            "3 0 obj\n<< /FT /Sig /T (a) /Rect [0 0 90 40] >>\nendobj\n"
                            "xref\n0 4\n0000000000 65535 f\r\n0000000009 00000 n\r\n0000000061 00000 n\r\n"
                            "0000000110 00000 n\r\ntrailer\n<< /Root 1 0 R /Size 4 >>\nstartxref\n165\n%%EOF\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct diags *diags = diags_new();
	struct buf file = BUF_INIT;
	if (size > 0 && data[0] % 2)
		buf_puts(&file, sound);
	buf_put(&file, data + (size > 0), size - (size > 0));
	struct pdf_reader *reader = pdf_reader_open(arena, "f.pdf", buf_chunk(&file), diags);
	if ((reader == NULL) != (diags_errors(diags) > 0))
		abort();
	if (size == 1 && data[0] % 2 && !reader)
		abort();
	if (reader) {
		struct pdf_proof proof = pdf_verify(reader, NULL);
		if (pdf_first_revision(reader).len > file.len || (reader->count == 1 && proof.changes.count > 0))
			abort();
	}
	buf_free(&file);
	diags_free(diags);
	arena_free(arena);
	return 0;
}
