/* The first page of a contract: clocks, duties, limits, charts, what is due; and
 * the list of its reports. */
#ifndef OPSLEDGER_SITE_DASHBOARD_H
#define OPSLEDGER_SITE_DASHBOARD_H

#include "site/page.h"

void make_dashboard(struct site *site, const struct contract_state *state);
void make_report_list(struct site *site, const struct contract_state *state);

#endif
