/* The version of the program, which manifests and --version name. */
#ifndef OPSLEDGER_BASE_VERSION_H
#define OPSLEDGER_BASE_VERSION_H

#define VERSION "0.1.0"

#endif
