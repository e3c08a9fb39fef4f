#!/usr/bin/env bash
# opsledger due: the open work of all contracts, soonest first; overdue work stays in sight.
source "$(dirname "$0")/../lib.sh"
cd "$ROOT" || exit 1
due() { "$OPSLEDGER" --as-of 2026-03-30T12:00+08:00 due "$@"; }

due --json >"$work/json"
python3 - "$work/json" <<'PYTHON'
import datetime, json, sys
answer = json.load(open(sys.argv[1], encoding="utf-8"))
now = datetime.datetime.fromisoformat(answer["as_of"])
dues = [datetime.datetime.fromisoformat(row["due"]) for row in answer["due"]]
week = datetime.timedelta(days=7)
assert dues == sorted(dues), "not in order"
assert all(abs(due - now) <= week for due in dues), "outside the week"
assert all((row["verdict"] == "missed") == (due < now) for row, due in zip(answer["due"], dues)), "verdict and time differ"
assert any(row["duty"] == "monthly-report" and row["due"].startswith("2026-04-01") for row in answer["due"]), "E-D3 is not due"
assert len({row["contract"] for row in answer["due"]}) > 1, "only one contract"
PYTHON
say $? "E-D3 and others are due within the week, in order"
ok "text names the clause" grep -q 'E-D3' <(due)
same "a shorter look shows less" 1 "$(($(due --within 12h | wc -l) < $(due --within 7d | wc -l)))"
due --ics --contract hengqin-admin >"$work/ics"
same "a calendar has one entry a work" "$(due --json --contract hengqin-admin | grep -c '"duty"')" "$(grep -c '^BEGIN:VTODO' "$work/ics")"
same "its lines end in CR LF" "" "$(grep -vP '\r$' "$work/ics")"
same "and have at most 75 bytes" "" "$(LC_ALL=C grep -P '^[^\r]{76,}\r$' "$work/ics")"
ok "its characters are whole" iconv -f UTF-8 -t UTF-8 "$work/ics"
status "months are no way to look ahead" 2 "$OPSLEDGER" due --within 1mo
finish
