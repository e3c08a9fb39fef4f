/* Whatever steps and ways come: the flow chart is refused or drawn, and then nothing
 * leaves the drawing. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "document/flowchart.h"
#include "source/json.h"

#define WIDTH 450.0
#define NEAR 0.05

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct bytes {
	const uint8_t *data;
	size_t size;
};

/* A number below most; 0 when there are no bytes left. */
static unsigned next(struct bytes *bytes, unsigned most)
{
	if (bytes->size == 0)
		return 0;
	bytes->size--;
	return *bytes->data++ % most;
}

static void write_step(struct bytes *bytes, unsigned number, unsigned steps, struct buf *json)
{
	static const char *const kinds[] = { "step", "decision", "start", "end" };
	static const char *const texts[] = { "登记", "通知项目经理、数据库工程师、综合处联系人",
		                             "ORA-01555 snapshot too old" };
	unsigned kind = next(bytes, 4), ways = next(bytes, 6);
	buf_printf(json, "%s{\"id\": \"%u\", \"kind\": \"%s\", \"text\": \"%s\", \"limit\": \"%s\"",
	           number > 0 ? "," : "", number, kinds[kind], texts[next(bytes, 3)], next(bytes, 2) ? "2 小时内" : "");
	if (ways > 0 && kind != 3) {
		buf_puts(json, kind == 1 ? ", \"next\": {" : ", \"next\": [");
		for (unsigned i = 0; i < ways; i++) {
			buf_puts(json, i > 0 ? ", " : "");
			if (kind == 1)
				buf_printf(json, "\"%s%u\": ", next(bytes, 2) ? "十五分钟内不能定位" : "是", i);
			buf_printf(json, "\"%u\"", next(bytes, steps));
		}
		buf_puts(json, kind == 1 ? "}" : "]");
	}
	buf_puts(json, "}");
}

static void check(const struct drawing *drawing)
{
	if (drawing->width > WIDTH)
		abort();
	for (size_t i = 0; i < drawing->shape_count; i++)
		for (size_t j = 0; j < drawing->shapes[i].point_count; j++) {
			struct point point = drawing->shapes[i].points[j];
			if (!(point.x >= -NEAR && point.x <= drawing->width + NEAR && point.y >= -NEAR &&
			      point.y <= drawing->height + NEAR))
				abort();
		}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes bytes = { data, size };
	struct arena *arena = arena_new();
	struct diags *diags = diags_new();
	struct buf json = BUF_INIT;
	unsigned steps = 1 + next(&bytes, 42);
	buf_puts(&json, "{\"title\": \"图\", \"steps\": [");
	for (unsigned i = 0; i < steps; i++)
		write_step(&bytes, i, steps, &json);
	buf_puts(&json, "]}");
	const struct value *value = json_read(arena, "f.json", buf_chunk(&json), diags);
	if (!value)
		abort();
	const struct drawing *drawing = flowchart_draw(arena, value, WIDTH, diags);
	if (drawing)
		check(drawing);
	else if (diags_errors(diags) == 0)
		abort();
	buf_free(&json);
	diags_free(diags);
	arena_free(arena);
	return 0;
}
