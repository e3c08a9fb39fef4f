#include "document/layout.h"

#include <stdlib.h>

#include "document/layout_block.h"

const struct layout *layout_document(struct arena *arena, const struct document *document,
                                     const struct page_setup *setup, const struct layout_facts *facts,
                                     struct diags *diags)
{
	struct layout *layout = arena_alloc(arena, sizeof *layout);
	struct text text = { 0 };
	struct flow flow = {
		.arena = arena,
		.document = document,
		.setup = setup,
		.facts = facts,
		.diags = diags,
		.layout = layout,
		.breaker = line_breaker_new(),
		.text = &text,
		.right = setup->width - setup->inner - setup->outer,
		.style = &setup->styles[STYLE_BODY],
	};

	layout->setup = setup;
	map_init(&layout->targets, arena);
	layout->root = flow.element = flow_element(&flow, "Document");
	layout_blocks(&flow, document->root);
	if (flow.slice_count == 0)
		flow_slice(&flow, 0); /* an empty document is one empty page */
	layout_pages(&flow);
	contents_number(&flow);
	line_breaker_free(flow.breaker);
	text_free(&text);
	free(flow.marks);
	return layout;
}
