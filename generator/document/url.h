/* Addresses of links and images: which ones a document may have. */
#ifndef OPSLEDGER_DOCUMENT_URL_H
#define OPSLEDGER_DOCUMENT_URL_H

#include <stdbool.h>

enum url_kind {
	URL_RELATIVE, /* another file of the repository or site, maybe with #fragment */
	URL_FRAGMENT, /* #id in the same document */
	URL_RECORD,   /* record:CONTRACT/TYPE/ID */
	URL_EXTERNAL, /* http, https, mailto */
	URL_REFUSED   /* any other scheme, //host, empty, with backslash or control characters */
};

enum url_kind url_kind(const char *url);

#endif
