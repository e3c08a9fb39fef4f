#include "document/pdf_archive.h"

#include <string.h>

static const char producer[] = "opsledger";

/* Characters that XML 1.0 forbids are left out; UTF-8 is checked before. */
static void put_xml(struct buf *out, const char *text)
{
	for (; *text; text++)
		switch (*text) {
		case '&':
			buf_puts(out, "&amp;");
			break;
		case '<':
			buf_puts(out, "&lt;");
			break;
		case '>':
			buf_puts(out, "&gt;");
			break;
		default:
			if ((unsigned char)*text >= ' ' || *text == '\t' || *text == '\n')
				buf_putc(out, *text);
		}
}

static void put_property(struct buf *out, const char *before, const char *text, const char *after)
{
	if (!text)
		return;
	buf_puts(out, before);
	put_xml(out, text);
	buf_puts(out, after);
}

/* XMP, Part 1: simple properties, an ordered list, two alternatives by language. */
static unsigned write_xmp(struct pdf_file *file, const struct pdf_facts *facts)
{
	char created[INSTANT_TEXT];
	struct buf xmp = BUF_INIT;

	instant_format(facts->created, created);
	buf_puts(&xmp, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
	               "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
	               "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
	               "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
	               " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
	               " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n"
	               "<pdfaid:part>1</pdfaid:part>\n<pdfaid:conformance>B</pdfaid:conformance>\n"
	               "<dc:format>application/pdf</dc:format>\n");
	put_property(&xmp, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", facts->title,
	             "</rdf:li></rdf:Alt></dc:title>\n");
	put_property(&xmp, "<dc:creator><rdf:Seq><rdf:li>", facts->author, "</rdf:li></rdf:Seq></dc:creator>\n");
	put_property(&xmp, "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">", facts->subject,
	             "</rdf:li></rdf:Alt></dc:description>\n");
	put_property(&xmp, "<dc:language><rdf:Bag><rdf:li>", facts->language, "</rdf:li></rdf:Bag></dc:language>\n");
	put_property(&xmp, "<pdf:Keywords>", facts->keywords, "</pdf:Keywords>\n");
	put_property(&xmp, "<pdf:Producer>", producer, "</pdf:Producer>\n");
	put_property(&xmp, "<xmp:CreateDate>", created, "</xmp:CreateDate>\n");
	put_property(&xmp, "<xmp:ModifyDate>", created, "</xmp:ModifyDate>\n");
	buf_puts(&xmp, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
	unsigned stream = pdf_stream(file, buf_chunk(&xmp), false, "/Type /Metadata /Subtype /XML");
	buf_free(&xmp);
	return stream;
}

/* "D:20260309080500+08'00'" (ISO 32000-1, 7.9.4). */
static const char *pdf_date(struct arena *arena, struct instant instant)
{
	char iso[INSTANT_TEXT];

	instant_format(instant, iso);
	return arena_printf(arena, "D:%.4s%.2s%.2s%.2s%.2s%.2s%.3s'%.2s'", iso, iso + 5, iso + 8, iso + 11, iso + 14,
	                    iso + 17, iso + 19, iso + 23);
}

static void put_info(struct pdf_file *file, struct buf *out, const char *key, const char *text)
{
	if (text)
		buf_printf(out, "/%s %s\n", key, pdf_text(file->arena, text));
}

static void write_info(struct pdf_file *file, const struct pdf_facts *facts)
{
	const char *created = pdf_date(file->arena, facts->created);
	struct buf out = BUF_INIT;

	put_info(file, &out, "Title", facts->title);
	put_info(file, &out, "Author", facts->author);
	put_info(file, &out, "Subject", facts->subject);
	put_info(file, &out, "Keywords", facts->keywords);
	buf_printf(&out, "/Producer (%s) /CreationDate (%s) /ModDate (%s)", producer, created, created);
	pdf_set(file, pdf_number(file->haru->info), buf_chunk(&out));
	buf_free(&out);
}

void pdf_archive_write(struct pdf_file *file, const struct pdf_facts *facts, const struct page_setup *setup)
{
	HPDF_Doc haru = file->haru;
	unsigned profile = pdf_stream(file, setup->profile, true, "/N 3");
	unsigned intent = pdf_object(file,
	                             "/Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB)\n"
	                             "/Info (sRGB IEC61966-2.1) /DestOutputProfile %u 0 R",
	                             profile);
	HPDF_Array intents = HPDF_Array_New(haru->mmgr);

	HPDF_Array_Add(intents, pdf_handle(file, intent));
	HPDF_Dict_Add(haru->catalog, "OutputIntents", intents);
	HPDF_Dict_Add(haru->catalog, "Metadata", pdf_handle(file, write_xmp(file, facts)));
	HPDF_Dict_Add(haru->catalog, "Lang", HPDF_String_New(haru->mmgr, facts->language, NULL));
	HPDF_Dict_Add(haru->catalog, "ViewerPreferences", pdf_handle(file, pdf_object(file, "/DisplayDocTitle true")));
	write_info(file, facts);
}
