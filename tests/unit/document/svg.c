/* SVG: each shape, exactly. */
#include "fixture.h"

#include "document/svg.h"

static const char *paint(const struct drawing *drawing)
{
	struct buf out = BUF_INIT;
	svg_paint(drawing, &out);
	const char *copy = arena_strdup(arena, buf_str(&out));
	buf_free(&out);
	return copy;
}

static void every_shape_is_painted(void **state)
{
	(void)state;
	struct drawing *drawing = drawing_new(arena, 450, 90.5);
	struct stroke line = { 0x1F4E79, 0.5, DASH_NONE }, dashed = { 0, 2, DASH_SHORT },
	              none = { COLOR_NONE, 0, DASH_NONE };
	struct point points[] = { { 0, 0 }, { 1.256, -2 }, { 3, 4 } };
	drawing->title = "图 <1>";
	drawing->description = "甲 & 乙";
	drawing_rect(drawing, (struct point){ 10, 20 }, (struct point){ 5, 10 }, 0xABCDEF, PATTERN_NONE, line);
	drawing_line(drawing, points[0], points[2], dashed);
	drawing_polyline(drawing, points, 3, line);
	drawing_polygon(drawing, points, 3, 0, none);
	drawing_circle(drawing, points[2], 2.5, COLOR_NONE, line);
	drawing_text(drawing, points[2], ANCHOR_END, 8, true, 0x222222, "a<b>\"&");
	drawing_text(drawing, points[2], ANCHOR_START, 8, false, 0x222222, "甲");
	assert_string_equal(
	    paint(drawing),
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"图 &lt;1&gt;\" viewBox=\"0 0 450 "
	    "90.5\" "
	    "width=\"600\" height=\"120.67\">\n"
	    "<title>图 &lt;1&gt;</title>\n<desc>甲 &amp; 乙</desc>\n"
	    "<rect x=\"5\" y=\"10\" width=\"5\" height=\"10\" fill=\"#abcdef\" stroke=\"#1f4e79\" "
	    "stroke-width=\"0.5\"/>\n"
	    "<path d=\"M0 0L3 4\" fill=\"none\" stroke=\"#000000\" stroke-width=\"2\" stroke-dasharray=\"6 4\"/>\n"
	    "<path d=\"M0 0L1.26 -2L3 4\" fill=\"none\" stroke=\"#1f4e79\" stroke-width=\"0.5\"/>\n"
	    "<path d=\"M0 0L1.26 -2L3 4Z\" fill=\"#000000\"/>\n"
	    "<circle cx=\"3\" cy=\"4\" r=\"2.5\" fill=\"none\" stroke=\"#1f4e79\" stroke-width=\"0.5\"/>\n"
	    "<text x=\"3\" y=\"4\" font-size=\"8\" font-weight=\"bold\" text-anchor=\"end\" "
	    "fill=\"#222222\">a&lt;b&gt;&quot;&amp;</text>\n"
	    "<text x=\"3\" y=\"4\" font-size=\"8\" fill=\"#222222\">甲</text>\n</svg>\n");
}

/* Hatching stays inside its rectangle and fills it. */
static void hatching_is_clipped(void **state)
{
	(void)state;
	for (enum hatch hatch = PATTERN_RISING; hatch < PATTERN_COUNT; hatch++) {
		struct drawing *drawing = drawing_new(arena, 100, 100);
		drawing_rect(drawing, (struct point){ 13, 17 }, (struct point){ 53, 31 }, 0, hatch,
		             (struct stroke){ 1, 1, DASH_NONE });
		assert_int_equal(drawing->shape_count, 3); /* fill, hatching, outline */
		const struct shape *lines = &drawing->shapes[1];
		assert_int_equal(lines->kind, SHAPE_SEGMENTS);
		assert_true(lines->point_count >= 6 && lines->point_count % 2 == 0);
		for (size_t i = 0; i < lines->point_count; i++) {
			struct point point = lines->points[i];
			assert_true(point.x >= 13 - 1e-9 && point.x <= 53 + 1e-9 && point.y >= 17 - 1e-9 &&
			            point.y <= 31 + 1e-9);
		}
		if (hatch != PATTERN_RISING)
			continue;
		for (size_t i = 0; i < lines->point_count; i += 2) /* ╱: what is higher is further right */
			assert_true(lines->points[i].x > lines->points[i + 1].x &&
			            lines->points[i].y < lines->points[i + 1].y);
	}
}

static void wide_characters_are_an_em(void **state)
{
	(void)state;
	assert_true(drawing_text_width("中文，", 10) == 30);
	assert_true(drawing_text_width("abc", 10) == 18);
	assert_true(drawing_text_width("", 10) == 0);
	assert_true(drawing_text_width("—…“”", 10) == 40); /* Ambiguous in UAX #11; wide in Chinese fonts */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_shape_is_painted),
		TEST(hatching_is_clipped),
		TEST(wide_characters_are_an_em),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
