#include "source/commit_object.h"

#include <ctype.h>
#include <string.h>

enum { MOST_DIGITS = 11, MOST_HOURS = 14 };

/* Takes a line off rest, without its end. */
static struct chunk take_line(struct chunk *rest)
{
	const char *end = rest->len ? memchr(rest->data, '\n', rest->len) : NULL;
	size_t len = end ? (size_t)(end - rest->data) : rest->len, taken = len + (end != NULL);
	struct chunk line = { rest->data, len };
	*rest = (struct chunk){ rest->data + taken, rest->len - taken };
	return line;
}

/* Takes "KEY VALUE" off rest, when it begins with that key. */
static bool take_field(struct chunk *rest, const char *key, struct chunk *value)
{
	size_t len = strlen(key);
	if (rest->len <= len || memcmp(rest->data, key, len) != 0 || rest->data[len] != ' ')
		return false;
	struct chunk line = take_line(rest);
	*value = (struct chunk){ line.data + len + 1, line.len - len - 1 };
	return true;
}

static bool read_id(struct chunk text, git_oid *out)
{
	return text.len == GIT_OID_HEXSZ && git_oid_fromstrn(out, text.data, text.len) == 0;
}

static enum signature_kind kind_of(struct chunk armour)
{
	static const struct {
		const char *begin;
		enum signature_kind kind;
	} known[] = { { "-----BEGIN SSH ", SIGNATURE_SSH },
		      { "-----BEGIN PGP ", SIGNATURE_OPENPGP },
		      { "-----BEGIN ", SIGNATURE_X509 } };
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (armour.len >= strlen(known[i].begin) &&
		    memcmp(armour.data, known[i].begin, strlen(known[i].begin)) == 0)
			return known[i].kind;
	return SIGNATURE_NONE;
}

bool commit_object_read(struct chunk bytes, struct commit_object *out)
{
	struct chunk value;
	*out = (struct commit_object){ .signature = SIGNATURE_NONE };
	if (!take_field(&bytes, "tree", &value) || !read_id(value, &out->tree))
		return false;
	out->parents.data = bytes.data;
	while (take_field(&bytes, "parent", &value)) {
		git_oid id;
		if (!read_id(value, &id))
			return false;
	}
	out->parents.len = (size_t)(bytes.data - out->parents.data);
	if (!take_field(&bytes, "author", &out->author))
		return false;
	while (take_field(&bytes, "author", &value)) /* some tools wrote more than one; the first counts */
		;
	if (!take_field(&bytes, "committer", &out->committer))
		return false;
	/* Other fields, whose values may go on in lines that begin with a blank, up to an empty line. */
	while (bytes.len && *bytes.data != '\n')
		if (!take_field(&bytes, "gpgsig", &value))
			take_line(&bytes);
		else if (out->signature == SIGNATURE_NONE)
			out->signature = kind_of(value);
	if (bytes.len)
		take_line(&bytes);
	out->message = bytes;
	return true;
}

bool commit_parent_next(struct chunk *parents, git_oid *out)
{
	struct chunk value;
	return take_field(parents, "parent", &value) && read_id(value, out);
}

/* Takes digits off the end of line; false unless there are from 1 to most of them behind one of marks. */
static bool take_number(struct chunk *line, const char *marks, size_t most, int64_t *number, char *mark)
{
	size_t digits = 0;
	while (digits < line->len && isdigit((unsigned char)line->data[line->len - 1 - digits]))
		digits++;
	if (!digits || digits > most || digits == line->len || !strchr(marks, line->data[line->len - 1 - digits]))
		return false;
	*number = 0;
	for (size_t i = line->len - digits; i < line->len; i++)
		*number = *number * 10 + (line->data[i] - '0');
	line->len -= digits + 1;
	*mark = line->data[line->len];
	return true;
}

bool commit_person_split(struct chunk line, struct chunk *who, struct instant *at)
{
	int64_t zone, seconds;
	char sign, blank;
	size_t len = line.len;
	if (!take_number(&line, "+-", 4, &zone, &sign) || len - line.len != sizeof "+0800" - 1 ||
	    zone / 100 > MOST_HOURS || zone % 100 > 59 || !line.len || line.data[--line.len] != ' ' ||
	    !take_number(&line, " ", MOST_DIGITS, &seconds, &blank) || !line.len || line.data[line.len - 1] != '>')
		return false;
	int32_t offset = (int32_t)(zone / 100 * 60 + zone % 100) * 60;
	*who = line;
	*at = (struct instant){ seconds, sign == '-' ? -offset : offset };
	return true;
}

/* Whether the line end at i is followed by a blank line, or by nothing. */
static bool ends_paragraph(struct chunk message, size_t i)
{
	for (i++; i < message.len && message.data[i] != '\n'; i++)
		if (!isspace((unsigned char)message.data[i]))
			return false;
	return true;
}

void commit_subject(struct chunk message, struct buf *out)
{
	size_t i = 0;
	while (i < message.len && message.data[i] == '\n')
		i++;
	while (i < message.len) {
		size_t word = i;
		while (i < message.len && !isspace((unsigned char)message.data[i]))
			i++;
		buf_put(out, message.data + word, i - word);
		size_t gap = i;
		bool newline = false;
		for (; i < message.len && isspace((unsigned char)message.data[i]); i++) {
			if (message.data[i] != '\n')
				continue;
			if (ends_paragraph(message, i))
				return;
			newline = true;
		}
		if (i < message.len)
			buf_put(out, newline ? " " : message.data + gap, newline ? 1 : i - gap);
	}
}
