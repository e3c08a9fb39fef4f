#!/usr/bin/env bash
# Signing with --record: the row of signoffs, in the file as it is, or nothing at all.
source "$(dirname "$0")/../lib.sh"
source "$ROOT/tests/document/keys.sh"
cd "$ROOT" || exit 1
authority ca
signer rsa '驻场工程师甲' -newkey rsa:2048
clone "$work/clone"
git -C "$work/clone" rm -q records/hengqin-admin/signoffs.csv records/hengqin-admin/audit_notes.csv
commit_all "$work/clone" "Nothing is signed yet"
report=$work/2026-03.pdf
"$OPSLEDGER" -C "$work/clone" report monthly --contract hengqin-admin --period 2026-03 -o "$report"
rows=$work/clone/records/hengqin-admin/signoffs.csv
commit=$(git -C "$work/clone" rev-parse HEAD)
record() { # record FIELD VERDICT [OPTION …]
  local field=$1 verdict=$2
  shift 2
  "$OPSLEDGER" -C "$work/clone" sign "$report" --field "$field" --p12 "$work/rsa.p12" --record --verdict "$verdict" "$@"
}
digest() { sha256sum "$1" | cut -d' ' -f1; }
text_of() { iconv -f "$1" -t UTF-8 "$rows"; }

status "records a signature" 0 record provider 合格 --at-time 2026-11-27T09:30 -o "$work/one.pdf"
same "says where" "records/hengqin-admin/signoffs.csv: SGN-2026-01 added; commit it" "$(cat "$work/out")"
same "with head and row" "id,report,period,commit,sha256,signer,role,signed_at,verdict,note
SGN-2026-01,monthly,2026-03,$commit,$(digest "$work/one.pdf"),驻场工程师甲,项目负责人,2026-11-27T09:30:00+08:00,合格," "$(cat "$rows")"
report=$work/one.pdf
ok "records the next one" record purchaser 退回 --at-time 2026-11-27T02:00Z
same "under the next number, in the contract's zone" \
  "SGN-2026-02,monthly,2026-03,$commit,$(digest "$work/one.pdf"),驻场工程师甲,采购人代表,2026-11-27T10:00:00+08:00,退回," "$(tail -n 1 "$rows")"
same "verify gives both digests" "$(cut -d, -f5 "$rows" | tail -n 2 | tr '\n' ' ')" \
  "$("$OPSLEDGER" -C "$work/clone" verify "$report" --json | sed -n 's/.*"sha256": "\(.*\)".*/\1/p' | tr '\n' ' ')"
"$OPSLEDGER" -C "$work/clone" verify "$report" >"$work/unknown"
same "no row that is committed speaks of the file" "" "$(grep 'sign-off' "$work/unknown")"
status "the rows pass check on disk" 0 "$OPSLEDGER" -C "$work/clone" check --worktree
same "with nothing to say" "0 errors, 0 warnings" "$(cat "$work/out")"
commit_all "$work/clone" "Record sign-offs"
status "and committed" 0 "$OPSLEDGER" -C "$work/clone" check
same "then verify names the rows that mean this file" "SGN-2026-01 True SGN-2026-02 True" \
  "$("$OPSLEDGER" -C "$work/clone" verify "$report" --json | python3 -c '
import json, sys
print(*(text for row in json.load(sys.stdin)["signoffs"] for text in (row["record"].split("/")[-1], row["names_file"])))')"
"$OPSLEDGER" -C "$work/clone" verify "$work/2026-03.pdf" >"$work/first"
same "and those that mean another one than that before any signature" 2 \
  "$(grep -c 'the sign-off names another file' "$work/first")"
"$OPSLEDGER" -C "$work/clone" audit --contract hengqin-admin >"$work/audit"
ok "audit tells both" grep -q '^hengqin-admin: .* 2 sign-offs, 0 changes' "$work/audit"
# What is changed in the period afterwards is an erratum of what was accepted.
sed -i '/^ADV-2026-0002/s/[^,]*$/部分采纳/' "$work/clone/records/hengqin-admin/advice.csv"
commit_all "$work/clone" "Change what was signed"
same "and what was changed afterwards, once, as one signer sent the report back" "SGN-2026-01 ADV-2026-0002" \
  "$("$OPSLEDGER" -C "$work/clone" audit --contract hengqin-admin --json | python3 -c '
import json, sys
for seal in json.load(sys.stdin)["contracts"][0]["seals"]:
    for erratum in seal["errata"]:
        print(seal["record"].split("/")[-1], erratum["record"].split("/")[-1])')"

# Nothing or all.
report=$work/2026-03.pdf
before=$(digest "$rows")
status "a verdict that there is not" 2 record provider 好 -o "$work/x.pdf"
ok "is told with its place" grep -q 'signoffs.csv:4:.*write one of: 合格' "$work/err"
status "no verdict" 2 "$OPSLEDGER" -C "$work/clone" sign "$report" --field provider --p12 "$work/rsa.p12" --record -o "$work/x.pdf"
printf '\n' | cat "$report" - >"$work/longer.pdf"
report=$work/longer.pdf
status "a file that is not read" 2 record provider 合格 -o "$work/x.pdf"
python3 "$ROOT/tests/document/tamper.py" byte "$work/2026-03.pdf" "$work/changed.pdf" >"$work/object"
report=$work/changed.pdf
status "a file that is not what its commit gives" 2 record provider 合格 -o "$work/x.pdf"
ok "which is said" grep -q 'nothing is signed: the file is not what its commit gives' "$work/err"
ok "no file is signed then" test ! -e "$work/x.pdf"
same "and no row is written" "$before" "$(digest "$rows")"
report=$work/2026-03.pdf
status "outside of any repository" 2 "$OPSLEDGER" -C / sign "$report" --field provider --p12 "$work/rsa.p12" --record --verdict 合格 -o "$work/x.pdf"
ok "neither" test ! -e "$work/x.pdf"

# Files as spreadsheet programs leave them.
head=编号,签字人,报告,所属期间,角色,意见,签字时间
row=SGN-2026-07,综合处负责人,weekly,2026-W10,采购人代表,满意,2026-03-10T10:00:00+08:00
added=SGN-2026-08,驻场工程师甲,monthly,2026-03,项目负责人,合格,2026-11-27T09:30:00+08:00
for made in "gb18030:\r\n:" "utf-8:\r\n:\xEF\xBB\xBF" "utf-8:\n:" "utf-8:\r:"; do
  IFS=: read -r encoding end mark <<<"$made"
  printf "$mark" >"$rows"
  printf "$head$end$row" | iconv -f UTF-8 -t "$encoding" >>"$rows"
  cp "$rows" "$work/before"
  record provider 合格 --at-time 2026-11-27T09:30 -o "$work/x.pdf" >/dev/null 2>"$work/err"
  ok "keeps what stands there: $made" cmp -n "$(stat -c %s "$work/before")" "$work/before" "$rows"
  same "adds a row like the others: $made" "$(printf "$mark$head$end$row$end$added$end" | od -c)" "$(text_of "$encoding" | od -c)"
done
finish
