#!/usr/bin/env bash
# E-R2: the figures on knowledge hang on the articles of the commit, and errata do not hang on them.
source "$(dirname "$0")/../lib.sh"
as_of=2026-11-21T18:00+08:00
subject=$work/repository
clone "$subject"
echo >>"$subject/README.md"
commit_all "$subject" "begin" # at the time of those below
report() { # report PERIOD OPTION …
  local period=$1
  shift
  "$OPSLEDGER" -C "$subject" --as-of $as_of report monthly --contract hengqin-admin --period "$period" "$@"
}
overdue() { report "$1" --format json | python3 -c 'import json, sys
print(*sorted(row["path"] for row in (json.load(sys.stdin)["knowledge"]["overdue"] or {"items": []})["items"]))'; }
growth=kb/inspections/disk-growth-2026q1.md lag=kb/manuals/mysql-replication-lag.md gateway=kb/manuals/nginx-502.md
same "tells the reviews that are overdue at the end of a month" "$growth $lag" "$(overdue 2026-10)"
same "and of the running one, as of now" "$growth $lag $gateway" "$(overdue 2026-11)"
ok "prints the month" report 2026-10 -o "$work/month.pdf"
before=$(git -C "$subject" rev-parse HEAD)

sed -i 's/^reviewed: .*/reviewed: 2026-11-20/; s/^review_by: .*/review_by: 2027-05-20/' "$subject/$lag"
commit_all "$subject" "review an article"
same "one that was reviewed is told no more" "$growth $gateway" "$(overdue 2026-11)"
same "nor of the month before" "$growth" "$(overdue 2026-10)"
ok "verifies the report by the articles of its own commit" "$OPSLEDGER" -C "$subject" verify "$work/month.pdf"
same "no figure that errata tell of hangs on articles" "[]" \
  "$("$OPSLEDGER" -C "$subject" diff-report "$before" HEAD --contract hengqin-admin --period 2026-10 --json |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["figures"])')"

# What is wrong in an article is told by check; a report goes on as if it were not said.
sed -i 's/^review_by: .*/review_by: soon/' "$subject/$gateway"
sed -i '/^title: /d' "$subject/$growth"
commit_all "$subject" "break an article"
same "a date that is none counts as none" "$growth" "$(overdue 2026-11)"
same "an article without a title in front goes by its heading" \
  "$(sed -n 's/^# //p' "$subject/$growth" | head -n 1)" \
  "$(report 2026-11 --format json | python3 -c 'import json, sys; print(json.load(sys.stdin)["knowledge"]["overdue"]["items"][0]["title"])')"

git -C "$subject" rm -q -r kb
commit_all "$subject" "drop the articles"
same "says in one sentence that there are no articles" "知识库没有与本合同有关的文章。" \
  "$(report 2026-11 --format md | sed -n '/^## 十、知识库/,/^## 十一/p' | sed '1d;$d' | grep -v '^$' | grep -v '^|' | head -n 1)"
ok "still tells repeats" grep -q 'INC-2026-1103.*INC-2026-0107' <(report 2026-11 --format md)
finish
