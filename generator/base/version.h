/* Which program this is, for --version, manifests and the keywords of PDF files. */
#ifndef OPSLEDGER_BASE_VERSION_H
#define OPSLEDGER_BASE_VERSION_H

#define VERSION "0.1.0"

/* Says once what the sources that the program was built from hash to. */
void program_init(const char *sources);
/* "0.1.0+0123456789ab": VERSION, and the hash where it was said. Another hash may
 * make other bytes of the same records; the same hash makes other ones only with
 * other fonts or libraries. */
const char *program_name(void);

#endif
