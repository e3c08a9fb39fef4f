#include "report/template_files.h"

#include <string.h>

static const char *const endings[] = { "md", "html" };

enum { ENDING_COUNT = sizeof endings / sizeof *endings };

static bool load(const char *name, const char **path, struct chunk *text, void *context)
{
	const struct template_files *files = context;
	for (size_t i = 0; i < ENDING_COUNT; i++) {
		struct buf full = BUF_INIT;
		buf_printf(&full, "templates/%s.%s", name, endings[i]);
		const struct snapshot_file *file = snapshot_find(files->snapshot, buf_str(&full));
		buf_free(&full);
		if (file) {
			*path = file->path;
			return snapshot_read(files->snapshot, files->snapshot->arena, file, text, files->diags);
		}
	}
	return false;
}

void template_files_init(struct template_files *files, const struct snapshot *snapshot, struct diags *diags)
{
	*files = (struct template_files){ snapshot, diags, { load, files } };
}

void templates_check(struct arena *arena, const struct snapshot *snapshot, struct diags *diags)
{
	struct template_files templates;
	template_files_init(&templates, snapshot, diags);
	size_t count;
	const struct snapshot_file *files = snapshot_below(snapshot, "templates/", &count);
	for (size_t i = 0; i < count; i++) {
		const char *ending = strrchr(files[i].path, '.');
		struct chunk text;
		for (size_t j = 0; ending && j < ENDING_COUNT; j++)
			if (strcmp(ending + 1, endings[j]) == 0 &&
			    snapshot_read(snapshot, arena, &files[i], &text, diags))
				template_compile(arena, files[i].path, text, &templates.loader, diags);
	}
}
