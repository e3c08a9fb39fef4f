#include "document/layout.h"

#include <stdlib.h>

#include "document/layout_block.h"

static void go_through(struct flow *flow)
{
	const struct layout *layout = flow->layout;

	flow->setup = layout->setup;
	flow->facts = layout->facts;
	flow->breaker = line_breaker_new();
	flow->text = arena_alloc(flow->arena, sizeof *flow->text);
	flow->running = arena_alloc(flow->arena, sizeof *flow->running);
	flow->right = flow->setup->width - flow->setup->inner - flow->setup->outer;
	flow->style = &flow->setup->styles[STYLE_BODY];
	flow->root = flow->element = flow_element(flow, "Document");
	layout_notes(flow);
	layout_blocks(flow, layout->document->root);
	if (flow->slice_count == 0 && flow->sheet_count == 0)
		flow_slice(flow, 0); /* an empty document is one empty page */
	layout_pages(flow, true);
	line_breaker_free(flow->breaker);
	text_free(flow->text);
	text_free(flow->running);
	free(flow->slices);
	free(flow->retired);
	free(flow->wanted);
	free(flow->marks);
}

struct layout *layout_plan(struct arena *arena, const struct document *document, const struct page_setup *setup,
                           const struct layout_facts *facts)
{
	struct layout *layout = arena_alloc(arena, sizeof *layout);
	struct arena *passing = arena_new();
	/* What is wrong is told when the sheets are set. */
	struct diags *unsaid = diags_new();
	struct flow flow = { .layout = layout, .diags = unsaid, .arena = passing, .planning = true };

	*layout = (struct layout){ .arena = arena, .document = document, .setup = setup, .facts = facts };
	map_init(&layout->targets, arena);
	map_init(&layout->pictures, arena);
	flow.scrap = arena_new();
	go_through(&flow);
	layout->sheet_count = flow.sheet_count;
	layout->numbered = flow.numbered;
	arena_free(flow.older);
	arena_free(flow.scrap);
	arena_free(passing);
	diags_free(unsaid);
	return layout;
}

void layout_set(struct layout *layout, const struct taker *taker, struct diags *diags)
{
	struct flow flow = {
		.layout = layout,
		.diags = diags,
		.arena = layout->arena,
		.scrap = taker ? arena_new() : layout->arena,
		.taker = taker,
	};

	layout->sheets = arena_alloc(layout->arena, layout->sheet_count * sizeof *layout->sheets);
	go_through(&flow);
	layout->root = flow.root;
	if (taker) {
		taker->element(flow.root, taker->context);
		layout->root = NULL;
		arena_free(flow.older);
		arena_free(flow.scrap);
	}
}
