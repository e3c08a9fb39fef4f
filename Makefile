# opsledger: make targets
#
#   all       the program, $(BUILD)/opsledger              check     all tests
#   asan      unit and command tests under ASan and UBSan  valgrind  the same under valgrind
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

PACKAGES := libgit2 libcjson icu-uc icu-i18n libcrypto harfbuzz harfbuzz-subset libpng libqrencode yaml-0.1
WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
            -Wcast-qual -Wwrite-strings -Wundef -Wformat=2 -Wno-format-nonliteral -Werror
CFLAGS   ?= -O2 -g
SANITIZE ?=
OL_CFLAGS := -std=gnu17 $(WARNINGS) -Igenerator $(shell pkg-config --cflags $(PACKAGES) | sed 's/-I/-isystem /g') $(SANITIZE)
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
	@$(CC) $(OL_CFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

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

clean:
	rm -rf $(BUILD)

.PHONY: all units clean check asan valgrind lint format bench fuzz install $(foreach f,$(FLOORS),floor-$(f) unit-$(f))

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
