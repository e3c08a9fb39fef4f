#include "site/address.h"

#include <ctype.h>
#include <string.h>

/* What may stand in an address as it is (RFC 3986); other characters are written %XX. */
static const char marks[] = "-._~:/[]@!$&'()*+,;=%";

static bool is_letter_or_digit(char byte)
{
	return (unsigned char)byte < 0x80 && isalnum((unsigned char)byte);
}

/* The length of "https://" and a host, or 0. */
static size_t host_end(const char *text)
{
	size_t scheme = strncmp(text, "https://", 8) == 0 ? 8 : strncmp(text, "http://", 7) == 0 ? 7 : 0;
	size_t host = scheme ? strcspn(text + scheme, "/?#{") : 0;
	return host ? scheme + host : 0;
}

bool address_is_folder(const char *text)
{
	if (!host_end(text))
		return false;
	while (*text && (is_letter_or_digit(*text) || strchr(marks, *text)))
		text++;
	return !*text;
}

static size_t placeholder(const char *text)
{
	static const char *const names[] = { "{path}", "{commit}" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strncmp(text, names[i], strlen(names[i])) == 0)
			return strlen(names[i]);
	return 0;
}

bool address_is_pattern(const char *text)
{
	size_t host = host_end(text);
	if (!host || text[host] == '{' || !strstr(text, "{path}"))
		return false;
	while (*text) {
		size_t len = placeholder(text);
		if (!len && !is_letter_or_digit(*text) && !strchr(marks, *text) && *text != '?' && *text != '#')
			return false;
		text += len ? len : 1;
	}
	return true;
}

static void put_path(struct buf *out, const char *path)
{
	for (; *path; path++)
		if (is_letter_or_digit(*path) || strchr("/-._~", *path))
			buf_putc(out, *path);
		else
			buf_printf(out, "%%%02X", (unsigned)(unsigned char)*path);
}

static const char *taken(struct arena *arena, struct buf *address)
{
	const char *copy = arena_strdup(arena, buf_str(address));
	buf_free(address);
	return copy;
}

const char *address_of_page(struct arena *arena, const struct site *site, const char *path)
{
	if (!site->base_url)
		return NULL;
	struct buf address = BUF_INIT;
	buf_printf(&address, "%s/", site->base_url);
	put_path(&address, path);
	return taken(arena, &address);
}

const char *address_to_edit(struct arena *arena, const struct site *site, const char *path)
{
	if (!site->edit_url)
		return NULL;
	struct buf address = BUF_INIT;
	for (const char *at = site->edit_url; *at;) {
		size_t len = placeholder(at);
		if (len && at[1] == 'p')
			put_path(&address, path);
		else if (len)
			buf_puts(&address, site->commit->id);
		else
			buf_putc(&address, *at);
		at += len ? len : 1;
	}
	return taken(arena, &address);
}
