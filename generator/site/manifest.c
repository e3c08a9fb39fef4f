#include "site/manifest.h"

#include <stdlib.h>
#include <string.h>

#include "base/version.h"
#include "source/json.h"

static int compare_files(const void *left, const void *right)
{
	const struct value *const *a = left, *const *b = right;
	return strcmp(value_get_string(*a, "path"), value_get_string(*b, "path"));
}

void manifest_put(struct site *site)
{
	char as_of[INSTANT_TEXT];
	struct value *manifest = value_object(site->arena);
	value_set(site->arena, manifest, "generator", value_string(site->arena, "opsledger " VERSION));
	value_set(site->arena, manifest, "commit", value_string(site->arena, site->commit->id));
	value_set(site->arena, manifest, "as_of", value_string(site->arena, instant_format(site->as_of, as_of)));
	value_set(site->arena, manifest, "files", site->files);
	qsort(site->files->as.array.items, site->files->as.array.count, sizeof *site->files->as.array.items,
	      compare_files);
	struct buf text = BUF_INIT;
	json_print(manifest, 1, &text);
	buf_putc(&text, '\n');
	output_put(site->output, "manifest.json", buf_chunk(&text));
	buf_free(&text);
}

const char *const *manifest_files(struct arena *arena, const char *dir, size_t *count)
{
	const char **paths = NULL;
	size_t capacity = 0;
	*count = 0;
	const char *path = arena_printf(arena, "%s/manifest.json", dir);
	struct buf text = BUF_INIT;
	struct diags *unheard = diags_new(); /* a damaged manifest lists nothing */
	struct value *manifest = read_file(path, &text) ? json_read(arena, path, buf_chunk(&text), unheard) : NULL;
	const struct value *files = value_get(manifest, "files");
	for (size_t i = 0; files && files->kind == VALUE_ARRAY && i < files->as.array.count; i++) {
		const char *file = value_get_string(files->as.array.items[i], "path");
		if (file)
			arena_push(arena, paths, *count, capacity, file);
	}
	if (manifest)
		arena_push(arena, paths, *count, capacity, "manifest.json");
	diags_free(unheard);
	buf_free(&text);
	return paths;
}
