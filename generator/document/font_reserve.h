/* What a font keeps for its subsets: font_subset.c. Only font*.c include this. */
#ifndef OPSLEDGER_DOCUMENT_FONT_RESERVE_H
#define OPSLEDGER_DOCUMENT_FONT_RESERVE_H

#include "document/font.h"

struct font_reserve *font_reserve_new(void);
void font_reserve_free(struct font_reserve *reserve);

#endif
