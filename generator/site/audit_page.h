/* What an auditor should look at in a contract: flags, lags, seals and errata,
 * records that are gone; with the same as files. */
#ifndef OPSLEDGER_SITE_AUDIT_PAGE_H
#define OPSLEDGER_SITE_AUDIT_PAGE_H

#include "proof/audit.h"
#include "site/page.h"

/* The audit in Chinese, and without tags, which differ from clone to clone. */
const struct audit *site_audit(struct arena *arena, const struct site *site, const struct reporter *reporter);

/* Puts audit.html, audit.json and flags.csv of the contract. */
void make_audit_page(struct site *site, const struct reporter *reporter, const struct audit *audit);

/* Appends {flag, title, fact, commit, short, author, when, grade, reason} of a flag to rows. */
struct value *audit_flag_row(struct page *page, const struct audit *audit, const struct flag *flag, struct value *rows);

#endif
