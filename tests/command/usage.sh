#!/usr/bin/env bash
# Wrong use ends in 2 and says what is wrong; help tells every command.
source "$(dirname "$0")/../lib.sh"
cd "$ROOT" || exit 1
export LC_ALL=en_US.UTF-8 2>/dev/null # the shell itself may not know it

status "no command" 2 "$OPSLEDGER"
status "an unknown command" 2 "$OPSLEDGER" frobnicate
ok "is named" grep -q frobnicate "$work/err"
status "an unknown option" 2 "$OPSLEDGER" sla --frobnicate
status "a missing option" 2 "$OPSLEDGER" sla --contract hengqin-admin
ok "is named" grep -q -- '--period' "$work/err"
status "an option without its value" 2 "$OPSLEDGER" sla --contract
status "an argument too many" 2 "$OPSLEDGER" sla --contract hengqin-admin --period 2026-03 more
status "an unknown contract" 2 "$OPSLEDGER" sla --contract nobody --period 2026-03
ok "names those that there are" grep -q hengqin-admin "$work/err"
status "a period outside the term" 2 "$OPSLEDGER" sla --contract hengqin-admin --period 1999-03
status "a period that is none" 2 "$OPSLEDGER" duties --contract hengqin-admin --period Lent
status "an as-of that is neither instant nor commit" 2 "$OPSLEDGER" --as-of yesterday check
ok "is named" grep -q 'yesterday is neither' "$work/err"
status "what stands before a command may stand behind it" 0 "$OPSLEDGER" sla -C "$ROOT" --at HEAD --as-of 2026-11-21T18:00+08:00 \
  --contract hengqin-admin --period 2026-03
status "an unknown record" 2 "$OPSLEDGER" trace hengqin-admin/incidents/NONE

status "help" 0 "$OPSLEDGER" help
cp "$work/out" "$work/help"
for command in build check report sla duties due trace audit diff-report when sign verify view; do
  ok "help lists $command" grep -qE "^  $command " "$work/help"
  status "help $command" 0 "$OPSLEDGER" help "$command"
  cp "$work/out" "$work/told"
  status "$command --help" 0 "$OPSLEDGER" "$command" --help
  ok "tells the same of $command" cmp -s "$work/told" "$work/out"
done
status "help in Chinese" 0 env LC_ALL=zh_CN.UTF-8 "$OPSLEDGER" help
ok "is Chinese" grep -q '期限' "$work/out"
status "without a locale messages are Chinese" 0 env -u LC_ALL -u LANG -u LC_MESSAGES "$OPSLEDGER" help
ok "are Chinese" grep -q '期限' "$work/out"
finish
