#include "site/timeline.h"

#include "report/view_value.h"
#include "report/wording.h"

void timeline_set(struct page *page, const struct ledger *ledger, const struct record *record, struct buf *text)
{
	const struct field *timeline = record_field(record, "timeline");
	struct value *rows = value_array(page->arena);
	for (size_t i = 0; timeline && i < timeline->as.tree->as.array.count; i++) {
		const struct value *step = timeline->as.tree->as.array.items[i];
		struct value *row = value_push(page->arena, rows, value_object(page->arena));
		const char *at = value_get_string(step, "at"), *by = value_get_string(step, "by"),
		           *what = value_get_string(step, "text");
		struct instant instant;
		bool guessed;
		if (at && instant_parse(chunk_of(at), ledger->contract->offset, &instant, &guessed))
			at = wording_instant(page->arena, instant, ledger->contract->offset);
		view_text(page->arena, row, "at", at);
		view_text(page->arena, row, "by", by);
		view_text(page->arena, row, "text", what);
		buf_printf(text, "%s　%s　%s\n", at ? at : "", by ? by : "", what ? what : "");
	}
	value_set(page->arena, page->view, "timeline", view_list(page->arena, rows));
}
