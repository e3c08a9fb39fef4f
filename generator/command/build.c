/* opsledger build: the site, the reports and the records of a commit, all or nothing. */
#include <stdio.h>
#include <string.h>

#include "command/session.h"
#include "site/address.h"
#include "site/build.h"
#include "site/manifest.h"

static const struct command_option options[] = {
	{ "out", 'o', "DIR", N_("where to write; out when not given"), false },
	{ "contract", 0, "ID", N_("only this contract"), false },
	{ "base-url", 0, "URL", N_("where the site will stand: adds atom.xml, sitemap.xml, robots.txt"), false },
	{ "edit-url", 0, "PATTERN", N_("where an article is edited, with {path} and {commit}: adds a link to it"),
	  false },
	{ NULL, 0, NULL, NULL, false },
};

static enum status build(struct session *session, const struct request *request)
{
	const char *dir = request_value(request, "out");
	if (!dir)
		dir = "out";
	const char *base_url = request_value(request, "base-url");
	if (base_url) {
		if (!address_is_folder(base_url))
			return complain(request->command, "%s",
			                translate("--base-url has to begin with https:// or http:// and a host"));
		size_t len = strlen(base_url);
		while (base_url[len - 1] == '/')
			len--;
		base_url = arena_strndup(session->arena, base_url, len);
	}
	const char *edit_url = request_value(request, "edit-url");
	if (edit_url && !address_is_pattern(edit_url))
		return complain(request->command, "%s",
		                translate("--edit-url has to begin with https:// or http:// and a host, and to hold "
		                          "{path} behind it; {commit} is the only other placeholder"));
	const struct ledger *only = NULL;
	if (request_has(request, "contract") && !(only = session_ledger(session, request)))
		return STATUS_CANNOT;
	struct ledger **ledgers = arena_alloc(session->arena, (session->ledger_count + 1) * sizeof *ledgers);
	size_t count = 0;
	for (size_t i = 0; i < session->ledger_count; i++)
		if (!only || session->ledgers[i] == only)
			ledgers[count++] = session->ledgers[i];

	struct provenance *provenance =
	    provenance_read(session->repository, session->commit.id, session->records, session->cache, session->diags);
	session_caution(session);
	if (!provenance)
		return session_report(session);
	struct output *output = output_open(dir, session->diags);
	if (output) {
		struct site_source source = { session->snapshot, &session->commit, session->records, ledgers, count,
			                      provenance,        session->as_of,   base_url,         edit_url };
		size_t obsolete_count;
		const char *const *obsolete = manifest_files(session->arena, dir, &obsolete_count);
		site_build(&source, output, session->diags);
		size_t files, changed = output_changed(output);
		output_paths(output, &files);
		if (!diags_errors(session->diags) && output_commit(output, obsolete, obsolete_count))
			printf(translate("%zu files in %s, %zu of them changed\n"), files, dir, changed);
		output_close(output);
	}
	provenance_free(provenance);
	return session_report(session);
}

static enum status run(const struct request *request)
{
	return session_run(request, build);
}

const struct command command_build = {
	"build", NULL, 0, 0, N_("make the site, the reports and the records of a commit"), options, run
};
