#include "site/report_files.h"

#include <string.h>

#include "proof/digest.h"
#include "source/json.h"

#define PAGE_SETUP "templates/print.json"

bool printer_open(struct printer *printer, struct arena *arena, const struct snapshot *snapshot,
                  const struct commit *commit, struct instant as_of, const char *program, struct diags *diags)
{
	*printer = (struct printer){ .snapshot = snapshot, .commit = commit, .as_of = as_of, .program = program };
	const struct snapshot_file *file = snapshot_find(snapshot, PAGE_SETUP);
	struct chunk text;
	if (!file) {
		DIAG(diags, ((struct place){ PAGE_SETUP, 0, 0 }), MSG_PAGE_SETUP_MISSING);
		return false;
	}
	if (!snapshot_read(snapshot, arena, file, &text, diags))
		return false;
	const struct value *json = json_read(arena, PAGE_SETUP, text, diags);
	printer->fonts = fonts_new();
	printer->setup = json ? page_setup_read(arena, printer->fonts, json, diags) : NULL;
	if (!printer->setup)
		printer_close(printer);
	return printer->setup != NULL;
}

void printer_close(struct printer *printer)
{
	fonts_free(printer->fonts);
	printer->fonts = NULL;
}

struct document *report_document(struct arena *arena, const struct report *report, struct diags *diags)
{
	return document_read(arena, report->path, report->markdown, diags);
}

bool picture_prints(const char *path)
{
	const char *ending = strrchr(path, '.');
	return ending && (strcmp(ending, ".png") == 0 || strcmp(ending, ".jpg") == 0 || strcmp(ending, ".jpeg") == 0);
}

struct pictures {
	const struct printer *printer;
	const struct report *report;
	struct arena *arena;
	struct diags *diags;
};

/* Addresses are relative to the template. */
static bool find_picture(const char *url, struct chunk *bytes, void *context)
{
	const struct pictures *pictures = context;
	const struct snapshot *snapshot = pictures->printer->snapshot;
	const char *path = snapshot_resolve(pictures->arena, pictures->report->path, url);
	const struct snapshot_file *file = path ? snapshot_find(snapshot, path) : NULL;
	return file && snapshot_read(snapshot, pictures->arena, file, bytes, pictures->diags);
}

bool report_pdf(const struct printer *printer, const struct contract *contract, const struct report *report,
                const struct document *document, struct sink sink, struct diags *diags)
{
	struct arena *arena = arena_new();
	struct buf figures = BUF_INIT;
	char digest[SHA256_TEXT], as_of[INSTANT_TEXT];
	json_print(report->view, 0, &figures);
	sha256_hex(buf_chunk(&figures), digest);
	buf_free(&figures);
	struct pictures pictures = { printer, report, arena, diags };
	const char *id = arena_printf(arena, "%s/%s", contract->id, report->stem);
	struct pdf_facts facts = {
		.title = arena_printf(arena, "%s · %s", contract->name, report->title),
		.author = contract->provider,
		.subject = contract->name,
		.language = "zh-CN",
		.keywords =
		    arena_printf(arena, "report %s, commit %s, figures %s, as-of %s, program %s", id,
		                 printer->commit->id, digest, instant_format(printer->as_of, as_of), printer->program),
		.created = printer->commit->committer.at,
		.header = arena_printf(arena, "%s　%s", contract->name, report->title),
		.footer = arena_printf(arena, "提交 %.*s", COMMIT_SHORT, printer->commit->id),
		.watermark = report->subject.draft ? "草稿" : NULL,
		.code = arena_printf(arena, "opsledger %s\ncommit %s\nfigures %.16s", id, printer->commit->id, digest),
		.image = find_picture,
		.context = &pictures,
	};
	bool fine = pdf_write(document, printer->setup, &facts, sink, diags);
	arena_free(arena);
	return fine;
}
