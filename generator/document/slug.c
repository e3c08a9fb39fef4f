#include "document/slug.h"

#include "text/utf8.h"

static bool is_ascii_word(char32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/* Punctuation and symbols that Chinese text is set with. */
static bool is_punctuation(char32_t c)
{
	return (c >= 0x80 && c < 0xC0 && c != 0xAA && c != 0xB5 && c != 0xBA) || /* Latin-1 */
	       c == 0xD7 || c == 0xF7 || c == 0xFFFD ||                          /* × ÷ */
	       (c >= 0x2000 && c <= 0x206F) ||                                   /* General Punctuation */
	       (c >= 0x2190 && c <= 0x2BFF && (c < 0x2460 || c > 0x24FF)) ||     /* arrows to symbols */
	       (c >= 0x3001 && c <= 0x3020 && c != 0x3005 && c != 0x3007) ||     /* CJK punctuation, not 々〇 */
	       (c >= 0xFE30 && c <= 0xFE6F) ||                                   /* vertical and small forms */
	       (c >= 0xFF01 && c <= 0xFF0F) || (c >= 0xFF1A && c <= 0xFF20) ||   /* full-width forms */
	       (c >= 0xFF3B && c <= 0xFF40) || (c >= 0xFF5B && c <= 0xFF65) || (c >= 0xE000 && c <= 0xF8FF);
}

static void put_slug(struct buf *out, const char *text)
{
	struct chunk chunk = chunk_trim(chunk_of(text));
	for (size_t offset = 0; offset < chunk.len;) {
		char32_t c = utf8_next(chunk, &offset);
		if (c >= 'A' && c <= 'Z')
			c += 'a' - 'A';
		if (c == ' ' || c == '\t' || c == '\n' || c == 0x3000)
			buf_putc(out, '-');
		else if (c < 0x80 ? is_ascii_word(c) : !is_punctuation(c))
			utf8_put(out, c);
	}
	if (out->len == 0)
		buf_puts(out, "section");
}

const char *slug_make(struct map *taken, const char *text)
{
	struct buf slug = BUF_INIT;
	put_slug(&slug, text);
	size_t base = slug.len;
	size_t *tried = map_get(taken, buf_str(&slug));
	if (!tried) {
		tried = arena_alloc(taken->arena, sizeof *tried);
		map_put(taken, buf_str(&slug), tried);
	} else {
		/* Goes on from the number last given to this text, so that many
		 * headings alike cost no more than as many different ones. */
		do {
			slug.len = base;
			buf_printf(&slug, "-%zu", ++*tried);
		} while (map_get(taken, buf_str(&slug)));
		map_put(taken, buf_str(&slug), arena_alloc(taken->arena, sizeof *tried));
	}
	const char *id = arena_strndup(taken->arena, slug.data, slug.len);
	buf_free(&slug);
	return id;
}
