#include "document/url.h"

#include <string.h>
#include <strings.h>

static bool has_control(const char *url)
{
	for (; *url; url++)
		if ((unsigned char)*url < ' ' || *url == 0x7F)
			return true;
	return false;
}

/* Schemes as in RFC 3986, 3.1; compared without regard to case. Browsers drop
 * control characters before they look, so an address that has one is refused. */
enum url_kind url_kind(const char *url)
{
	static const struct {
		const char *name;
		enum url_kind kind;
	} schemes[] = { { "http", URL_EXTERNAL },
		        { "https", URL_EXTERNAL },
		        { "mailto", URL_EXTERNAL },
		        { "record", URL_RECORD } };
	size_t len = strcspn(url, ":/?#");
	if (!*url || has_control(url) || strncmp(url, "//", 2) == 0 || strchr(url, '\\'))
		return URL_REFUSED;
	if (url[0] == '#')
		return URL_FRAGMENT;
	if (url[len] != ':')
		return URL_RELATIVE;
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
		if (strlen(schemes[i].name) == len && strncasecmp(url, schemes[i].name, len) == 0)
			return schemes[i].kind;
	return URL_REFUSED;
}
