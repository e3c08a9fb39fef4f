/* The inverted index: which documents hold a term, and how prominently.
 *
 * Terms of a document are its words ("mysql"), its pairs of joined units ("主从",
 * "主mysql", "+mysql主", "+ora-01555": '+' keeps pairs that begin with a word
 * apart from the words), and each CJK character that begins no pair in it or none
 * in its title. So a word is found by walking the terms that begin with it, and so is a single CJK
 * character. */
#ifndef OPSLEDGER_SITE_SEARCH_INDEX_H
#define OPSLEDGER_SITE_SEARCH_INDEX_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/memory.h"

/* How prominent a term is in a document; the highest counts. */
enum prominence { PROMINENCE_ONCE, PROMINENCE_OFTEN, PROMINENCE_HEADING, PROMINENCE_TITLE };

struct search_index;

/* What is asked of it lives in arena; free the index itself when done. */
struct search_index *search_index_new(struct arena *arena);
void search_index_free(struct search_index *index);

/* Documents are numbered from 0 in the order in which they begin. */
void search_index_begin(struct search_index *index);
/* A piece of the document that no pair reaches across. PROMINENCE_ONCE is the
 * body, whose terms are OFTEN from the third time on. */
void search_index_add(struct search_index *index, struct chunk text, enum prominence prominence);

struct document_size {
	uint32_t terms;       /* different ones */
	uint32_t title_terms; /* those in the title */
};
struct document_size search_index_end(struct search_index *index);

struct posting_list {
	const char *term;
	uint32_t count; /* of documents */
	/* For each, as a varint (7 bits a byte, the lowest first): the difference to
	 * the number of the document before, times 4, plus its prominence. */
	struct chunk postings;
};

/* All, by the bytes of their terms. */
const struct posting_list *search_index_lists(struct search_index *index, size_t *count);

#endif
