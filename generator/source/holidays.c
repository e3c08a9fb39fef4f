#include "source/holidays.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "source/rows.h"

enum { DATE, KIND, NAME, SOURCE, FIELD_COUNT };

static const char *const kinds[] = { "rest", "work" };
static const char *const kind_labels[] = { "休", "班" };

static const struct schema_field fields[FIELD_COUNT] = {
	[DATE] = { .name = "date", .title = "日期", .type = FIELD_DATE, .required = true },
	[KIND] = { .name = "kind",
	           .title = "类型",
	           .required = true,
	           .allowed = kinds,
	           .labels = kind_labels,
	           .allowed_count = 2 },
	[NAME] = { .name = "name", .title = "名称", .required = true },
	[SOURCE] = { .name = "source", .title = "来源" },
};
static const struct schema schema = {
	.type = "calendar",
	.title = "日历",
	.fields = fields,
	.field_count = FIELD_COUNT,
	.id_field = SIZE_MAX,
	.date_field = DATE,
};

struct reader {
	struct calendar *calendar;
	struct diags *diags;
};

static void enter_day(const struct row *row, void *context)
{
	struct reader *reader = context;
	const struct field *date = &row->fields[DATE], *kind = &row->fields[KIND], *name = &row->fields[NAME];
	if (!date->present || !kind->present || !name->present)
		return;
	enum day_kind day = strcmp(kind->text, kinds[0]) == 0 ? DAY_REST : DAY_WORK;
	if (!calendar_set(reader->calendar, date->as.date, day, name->text))
		DIAG(reader->diags, date->place, MSG_CALENDAR_CONFLICT, date->text);
}

/* The year at the end of a name such as "cn-2026.csv"; 0 when there is none. */
static int year_of(const char *path)
{
	const char *dot = strrchr(path, '.');
	if (!dot || strcmp(dot, ".csv") != 0 || dot - path < 4 || strspn(dot - 4, "0123456789") != 4)
		return 0;
	return atoi(dot - 4);
}

struct calendar *holidays_read(struct arena *arena, const struct snapshot *snapshot, struct diags *diags)
{
	struct reader reader = { calendar_new(arena), diags };
	struct arena *scratch = arena_new();
	struct field_reader days;
	size_t count;
	const struct snapshot_file *files = snapshot_below(snapshot, CALENDAR_FOLDER, &count);
	field_reader_open(&days, scratch, &schema, OFFSET_CHINA, diags);
	for (size_t i = 0; i < count; i++) {
		struct chunk text;
		int year = year_of(files[i].path);
		if (snapshot_is_aside(files[i].path))
			continue;
		if (!year)
			DIAG(diags, ((struct place){ .path = files[i].path }), MSG_CALENDAR_NAME);
		else if (snapshot_text(snapshot, scratch, &files[i], &text, diags)) {
			field_reader_next_file(&days);
			rows_read_csv(&days, files[i].path, text, enter_day, &reader);
			calendar_know_year(reader.calendar, year);
		}
	}
	field_reader_close(&days);
	arena_free(scratch);
	return reader.calendar;
}
