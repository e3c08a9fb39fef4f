#include <string.h>

#include "report/escape.h"
#include "report/template_tree.h"
#include "source/json.h"

/* Sections and partials inside each other. */
#define DEPTH_LIMIT 100

/* One context of the stack, the innermost first. */
struct frame {
	const struct value *value;
	const struct frame *outer;
};

struct renderer {
	enum template_escape escape;
	struct buf *out;
	struct diags *diags;
	struct buf indent;  /* of the partials that are open */
	bool at_line_start; /* of literal text: indent is still to be put */
	bool fenced;        /* a partial was called from inside a fenced block */
	unsigned depth;
	bool too_deep; /* rendering ends: a partial that names itself twice would fill all memory */
	bool ok;
};

static const struct value null_value = { .kind = VALUE_NULL };

static void render_parts(struct renderer *renderer, const struct part *part, const struct frame *frame);

static const struct value *unknown(struct renderer *renderer, const struct part *part)
{
	DIAG(renderer->diags, part->place, MSG_TEMPLATE_UNKNOWN, part->name);
	renderer->ok = false;
	return &null_value;
}

/* Looks the first name up from the innermost context outwards, the others inside
 * what was found; inside null all names are known, and null. */
static const struct value *look_up(struct renderer *renderer, const struct part *part, const struct frame *frame)
{
	if (part->path_length == 0)
		return frame->value;
	const struct value *value = NULL;
	for (; frame && !value; frame = frame->outer)
		value = value_get(frame->value, part->path[0]);
	for (size_t i = 1; value && value->kind != VALUE_NULL && i < part->path_length; i++)
		value = value_get(value, part->path[i]);
	return value ? value : unknown(renderer, part);
}

static void put_indent(struct renderer *renderer)
{
	if (renderer->at_line_start && renderer->indent.len > 0)
		buf_put_chunk(renderer->out, buf_chunk(&renderer->indent));
	renderer->at_line_start = false;
}

static void render_text(struct renderer *renderer, struct chunk text)
{
	for (size_t from = 0; from < text.len;) {
		const char *end = memchr(text.data + from, '\n', text.len - from);
		size_t to = end ? (size_t)(end - text.data) + 1 : text.len;
		put_indent(renderer);
		buf_put(renderer->out, text.data + from, to - from);
		renderer->at_line_start = end != NULL;
		from = to;
	}
}

/* What goes into a JSON string, without the quotes around it. */
static void put_json_inside(const struct value *value, struct buf *out)
{
	struct buf json = BUF_INIT;
	json_print(value, 0, &json);
	if (value->kind == VALUE_STRING)
		buf_put(out, json.data + 1, json.len - 2);
	else
		buf_put(out, json.data, json.len);
	buf_free(&json);
}

static void put_text(enum template_escape escape, const char *text, struct buf *out)
{
	switch (escape) {
	case TEMPLATE_MARKDOWN:
		escape_markdown(text, out);
		break;
	case TEMPLATE_HTML:
		escape_html(text, out);
		break;
	case TEMPLATE_PLAIN:
		buf_puts(out, text);
		break;
	}
}

static void render_value(struct renderer *renderer, const struct part *part, const struct value *value)
{
	put_indent(renderer);
	if (renderer->escape == TEMPLATE_MARKDOWN && (part->fenced || renderer->fenced) && !part->raw) {
		put_json_inside(value, renderer->out);
		return;
	}
	enum template_escape escape = part->raw ? TEMPLATE_PLAIN : renderer->escape;
	if (value->kind == VALUE_STRING) {
		put_text(escape, value->as.string, renderer->out);
	} else if (value->kind != VALUE_NULL && !(value->kind == VALUE_BOOL && !value->as.boolean)) {
		struct buf json = BUF_INIT;
		json_print(value, 0, &json);
		put_text(escape, buf_str(&json), renderer->out);
		buf_free(&json);
	}
}

static bool is_empty(const struct value *value)
{
	switch (value->kind) {
	case VALUE_NULL:
		return true;
	case VALUE_BOOL:
		return !value->as.boolean;
	case VALUE_STRING:
		return !*value->as.string;
	case VALUE_ARRAY:
		return value->as.array.count == 0;
	default:
		return false;
	}
}

static void render_inside(struct renderer *renderer, const struct part *section, const struct value *value,
                          const struct frame *outer)
{
	struct frame frame = { value, outer };
	render_parts(renderer, section->first, &frame);
}

static void render_section(struct renderer *renderer, const struct part *part, const struct frame *frame)
{
	const struct value *value = look_up(renderer, part, frame);
	if (part->kind == PART_INVERTED) {
		if (is_empty(value))
			render_parts(renderer, part->first, frame);
		return;
	}
	if (is_empty(value))
		return;
	if (value->kind != VALUE_ARRAY) {
		render_inside(renderer, part, value, frame);
		return;
	}
	for (size_t i = 0; i < value->as.array.count; i++)
		render_inside(renderer, part, value->as.array.items[i], frame);
}

/* The lines of a partial that stands alone are indented as its tag is; one that
 * does not is put where it stands. */
static void render_partial(struct renderer *renderer, const struct part *part, const struct frame *frame)
{
	if (!part->standalone)
		put_indent(renderer);
	struct buf outer = renderer->indent;
	bool fenced = renderer->fenced;
	renderer->indent = (struct buf)BUF_INIT;
	if (part->standalone) {
		buf_put_chunk(&renderer->indent, buf_chunk(&outer));
		buf_put_chunk(&renderer->indent, part->indent);
	}
	renderer->fenced = fenced || part->fenced;
	renderer->at_line_start = part->standalone;
	render_parts(renderer, part->target->first, frame);
	renderer->at_line_start = part->standalone;
	renderer->fenced = fenced;
	buf_free(&renderer->indent);
	renderer->indent = outer;
}

static void render_parts(struct renderer *renderer, const struct part *part, const struct frame *frame)
{
	if (part && renderer->depth == DEPTH_LIMIT) {
		DIAG(renderer->diags, part->place, MSG_TEMPLATE_DEEP, "100");
		renderer->too_deep = true;
		renderer->ok = false;
		return;
	}
	renderer->depth++;
	for (; part && !renderer->too_deep; part = part->next) {
		switch (part->kind) {
		case PART_TEXT:
			render_text(renderer, part->text);
			break;
		case PART_VALUE:
			render_value(renderer, part, look_up(renderer, part, frame));
			break;
		case PART_SECTION:
		case PART_INVERTED:
			render_section(renderer, part, frame);
			break;
		case PART_PARTIAL:
			render_partial(renderer, part, frame);
			break;
		}
	}
	renderer->depth--;
}

bool template_render(const struct template *template, const struct value *view, enum template_escape escape,
                     struct buf *out, struct diags *diags)
{
	struct renderer renderer = { .escape = escape, .out = out, .diags = diags, .at_line_start = true, .ok = true };
	struct frame frame = { view, NULL };
	render_parts(&renderer, template->first, &frame);
	buf_free(&renderer.indent);
	return renderer.ok;
}
