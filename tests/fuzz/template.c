/* Whatever bytes come as a template, it is compiled and filled, or told why not. */
#include <stdint.h>
#include <stdlib.h>

#include "report/template.h"
#include "text/encoding.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The template itself is its only partial. */
static bool load(const char *name, const char **path, struct chunk *text, void *context)
{
	*path = "f.md";
	*text = *(const struct chunk *)context;
	return name[0] == 'p' && name[1] == '\0';
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct diags *diags = diags_new();
	struct buf out = BUF_INIT;
	struct chunk text = encoding_decode(arena, (struct chunk){ (const char *)data, size }).text;
	struct template_loader loader = { load, &text };
	struct template *template = template_compile(arena, "f.md", text, &loader, diags);
	if ((template == NULL) != (diags_errors(diags) > 0))
		abort();
	if (template) {
		struct value *view = value_object(arena), *list = value_array(arena);
		value_set(arena, view, "a", value_string(arena, "x\n|"));
		value_push(arena, value_set(arena, view, "l", list), value_number(arena, 1.5));
		bool fine = template_render(template, view, (enum template_escape)(size % 3), &out, diags);
		if (fine != (diags_errors(diags) == 0))
			abort();
	}
	buf_free(&out);
	diags_free(diags);
	arena_free(arena);
	return 0;
}
