/* Templates as files of a snapshot: templates/NAME.md, else templates/NAME.html. */
#ifndef OPSLEDGER_REPORT_TEMPLATE_FILES_H
#define OPSLEDGER_REPORT_TEMPLATE_FILES_H

#include "report/template.h"
#include "source/snapshot.h"

struct template_files {
	const struct snapshot *snapshot;
	struct diags *diags; /* for files that cannot be read */
	struct template_loader loader;
};

/* Sets files up; files has to stay where it is as long as files->loader is
 * used. Texts read live in the snapshot's arena. */
void template_files_init(struct template_files *files, const struct snapshot *snapshot, struct diags *diags);

/* Compiles every template of the snapshot: faults of syntax and partials that are
 * missing are reported. Whether names are known shows only when it is filled. */
void templates_check(struct arena *arena, const struct snapshot *snapshot, struct diags *diags);

#endif
