#include "report/template_files.h"

static bool load(const char *name, const char **path, struct chunk *text, void *context)
{
	static const char *const endings[] = { "md", "html" };
	const struct template_files *files = context;
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
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
