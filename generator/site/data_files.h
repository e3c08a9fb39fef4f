/* The figures of a contract for spreadsheets and programs, below data/CONTRACT/:
 *
 *     attainment.csv .json  each target in each month of the term, up to the as-of instant
 *     Y1-clocks.csv .json   each clock of the first contract year, as "opsledger sla"
 *     Y1-duties.csv .json   each window in which work was due, as "opsledger duties"
 *
 * JSON is of the shapes in rules/answer.h; CSV has the same rows with Chinese heads. */
#ifndef OPSLEDGER_SITE_DATA_FILES_H
#define OPSLEDGER_SITE_DATA_FILES_H

#include "site/page.h"

/* Puts the files of the contract, and sets "data" of its page: a list of {title, url},
 * the address without ending. */
void data_files_put(struct page *page, const struct ledger *ledger);

#endif
