# opsledger: make targets
#
#   all       the program, $(BUILD)/opsledger              check     all tests
#   asan      unit and command tests under ASan and UBSan  valgrind  the same under valgrind
#   tsan      the same under ThreadSanitizer
#   lint      clang-tidy, cppcheck, catalogue checks       format    clang-format in place
#   bench     peers side by side, with ratios              fuzz      the parsers under libFuzzer
#   install   into $(DESTDIR)$(PREFIX)                     clean     removes $(BUILD)
#
# Every floor of generator/ is a library of its own that is linked only with the
# floors below it, so that a call upwards does not link.

CC      ?= cc
BUILD   ?= build
PREFIX  ?= /usr/local
DESTDIR ?=

FLOORS := base text time source ledger rules proof report document site command

PACKAGES := libgit2 libcjson icu-uc icu-i18n libcrypto harfbuzz harfbuzz-subset libpng libjpeg libqrencode yaml-0.1 libdeflate
WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
            -Wcast-qual -Wwrite-strings -Wundef -Wformat=2 -Wno-format-nonliteral
CFLAGS   ?= -O2 -g
SANITIZE ?=
# Warnings are errors, but not in a sanitized build: gcc's own checks then warn falsely.
WERROR   ?= $(if $(SANITIZE),,-Werror)
# Fused multiplication would round chart coordinates differently from machine to machine.
OL_CFLAGS := -std=gnu17 -ffp-contract=off $(WARNINGS) $(WERROR) -Igenerator $(shell pkg-config --cflags $(PACKAGES) | sed 's/-I/-isystem /g') $(SANITIZE)
# What the sources hash to, whatever the folder and the locale: files made by the program name it.
SOURCES_HASH = $(shell cat $(PROGRAM_SOURCES) | sha256sum | cut -c1-12)
PROGRAM_SOURCES := $(sort $(wildcard generator/*.c generator/*/*.[ch] generator/*/*.def))
OL_LIBS   := $(shell pkg-config --libs $(PACKAGES)) -lcmark-gfm-extensions -lcmark-gfm -lhpdf -lcsv -lz -lm

# $(call below,FLOOR): the floor and those under it, upper first, as the linker wants them.
below   = $(call take,$(1),$(FLOORS),)
take    = $(if $(filter $(1),$(firstword $(2))),$(1) $(3),$(call take,$(1),$(wordlist 2,99,$(2)),$(firstword $(2)) $(3)))
objects = $(patsubst generator/%.c,$(BUILD)/%.o,$(sort $(wildcard generator/$(1)/*.c)))
library = $(patsubst %,$(BUILD)/libopsledger-%.a,$(1))

all: $(BUILD)/opsledger $(BUILD)/locale/zh_CN/LC_MESSAGES/opsledger.mo

$(BUILD)/opsledger: $(BUILD)/main.o $(call library,$(call below,command))
	@echo "  LINK $@"
	@$(CC) $(CFLAGS) $(SANITIZE) -o $@ $^ $(OL_LIBS)

define floor_rules
$(call library,$(1)): $(call objects,$(1))
	@rm -f $$@
	@ar rcs $$@ $$^
floor-$(1): $(call library,$(1))
endef
$(foreach f,$(FLOORS),$(eval $(call floor_rules,$(f))))

$(BUILD)/%.o: generator/%.c Makefile
	@mkdir -p $(@D)
	@echo "  CC   $<"
	@$(CC) $(OL_CFLAGS) $(DEFINES) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/main.o: DEFINES = -DSOURCES='"$(SOURCES_HASH)"'
$(BUILD)/main.o: $(PROGRAM_SOURCES)

# Unit tests: tests/unit/FLOOR/NAME.c is one cmocka program, linked with its floor and those below.
UNITS := $(sort $(wildcard tests/unit/*/*.c))
unit_programs = $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(filter tests/unit/$(1)/%,$(UNITS)))

define unit_rules
$(BUILD)/unit/$(1)/%: tests/unit/$(1)/%.c $(call library,$(call below,$(1))) Makefile
	@mkdir -p $$(@D)
	@echo "  UNIT $$@"
	@$(CC) $(OL_CFLAGS) $(CFLAGS) -MMD -MP -o $$@ $$< $(call library,$(call below,$(1))) $(OL_LIBS) -lcmocka
unit-$(1): $(call unit_programs,$(1))
endef
$(foreach f,$(FLOORS),$(eval $(call unit_rules,$(f))))

units: $(foreach f,$(FLOORS),unit-$(f))

$(BUILD)/locale/zh_CN/LC_MESSAGES/opsledger.mo: po/zh_CN.po
	@mkdir -p $(@D)
	msgfmt --check-format -o $@ $<

# Tests. check runs all of them with gcc, then the unit and command tests again with clang under ASan and UBSan.
ASAN := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer

check: all units
	@$(MAKE) -s BUILD=$(BUILD)-asan CC=clang SANITIZE='$(ASAN)' CFLAGS='-O1 -g -DSMALL_PIECES' all units
	@tests/run house unit command browser data document oracle -- --build $(BUILD)-asan unit command

asan:
	@$(MAKE) -s BUILD=$(BUILD)-asan CC=clang SANITIZE='$(ASAN)' CFLAGS='-O1 -g -DSMALL_PIECES' all units
	@tests/run --build $(BUILD)-asan unit command

tsan:
	@$(MAKE) -s BUILD=$(BUILD)-tsan CC=clang SANITIZE='-fsanitize=thread -fno-omit-frame-pointer' CFLAGS='-O1 -g -DSMALL_PIECES' all units
	@tests/run --build $(BUILD)-tsan unit command

valgrind: all units
	@OPSLEDGER_HISTORIES=20 tests/run \
	  --under 'valgrind -q --leak-check=full --error-exitcode=99 --suppressions=tests/valgrind.supp' unit

lint:
	@clang-format --dry-run --Werror $(SOURCES)
	@clang-tidy --quiet --warnings-as-errors='*' $(filter %.c,$(SOURCES)) -- $(OL_CFLAGS) -DSOURCES='""'
	@cppcheck --quiet --std=c11 --error-exitcode=1 --inline-suppr --suppress=missingIncludeSystem -Igenerator generator

format:
	@clang-format -i $(SOURCES)

FUZZERS := $(patsubst tests/fuzz/%.c,$(BUILD)-fuzz/fuzz-%,$(wildcard tests/fuzz/*.c))
SECONDS_EACH ?= 30

fuzz:
	@$(MAKE) -s BUILD=$(BUILD)-fuzz CC=clang SANITIZE='-fsanitize=fuzzer-no-link,address,undefined' CFLAGS='-O1 -g' fuzzers
	@for fuzzer in $(FUZZERS); do echo "$$fuzzer"; $$fuzzer -max_total_time=$(SECONDS_EACH) -verbosity=0 || exit 1; done

fuzzers: $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz-%,$(wildcard tests/fuzz/*.c))

$(BUILD)/fuzz-%: tests/fuzz/%.c $(call library,$(call below,command))
	@$(CC) $(OL_CFLAGS) $(CFLAGS) -fsanitize=fuzzer,address,undefined -o $@ $^ $(OL_LIBS)

$(BUILD)/bench/print: tests/bench/print.c $(call library,$(call below,document)) Makefile
	@mkdir -p $(@D)
	@$(CC) $(OL_CFLAGS) $(CFLAGS) -MMD -MP -o $@ $< $(call library,$(call below,document)) $(OL_LIBS)

# The program without search, so that pages are timed by themselves.
$(BUILD)/bench/pages: tests/bench/pages.c $(BUILD)/main.o $(call library,$(call below,command)) Makefile
	@mkdir -p $(@D)
	@$(CC) $(OL_CFLAGS) $(CFLAGS) -Wl,--wrap=search_put,--wrap=search_add,--wrap=search_add_tree -o $@ $< $(BUILD)/main.o $(call library,$(call below,command)) $(OL_LIBS)

bench: all $(BUILD)/bench/print $(BUILD)/bench/pages
	@tests/bench/run

install: all
	install -D -m 755 $(BUILD)/opsledger $(DESTDIR)$(PREFIX)/bin/opsledger
	install -D -m 644 $(BUILD)/locale/zh_CN/LC_MESSAGES/opsledger.mo $(DESTDIR)$(PREFIX)/share/locale/zh_CN/LC_MESSAGES/opsledger.mo

clean:
	rm -rf $(BUILD) $(BUILD)-asan $(BUILD)-tsan $(BUILD)-fuzz

SOURCES := $(sort $(wildcard generator/*.c generator/*/*.[ch] tests/unit/*/*.c tests/fuzz/*.c tests/bench/*.c))

.PHONY: all units clean check asan tsan valgrind lint format bench fuzz fuzzers install $(foreach f,$(FLOORS),floor-$(f) unit-$(f))
# Libraries and programs are kept although only rules name them.
.SECONDARY:

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
