/* Ids of headings, as article#heading links name them. */
#ifndef OPSLEDGER_DOCUMENT_SLUG_H
#define OPSLEDGER_DOCUMENT_SLUG_H

#include "base/map.h"

/* The id for a heading of this text: letters and digits (also Chinese ones), '-'
 * and '_' stay, A–Z in lower case; blanks are '-'; all other ASCII and CJK
 * punctuation goes. "section" when nothing stays. An id that taken has gets -1,
 * -2 … so that none is used twice; the new one is put into taken. */
const char *slug_make(struct map *taken, const char *text);

#endif
