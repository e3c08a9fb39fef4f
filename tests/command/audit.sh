#!/usr/bin/env bash
# The story repository (tests/story/build.sh): every flag fires exactly where it
# should, trace tells each life, seals know their errata (issue 7; C-R8, E-R5).
source "$(dirname "$0")/../lib.sh"
story=$work/story
"$ROOT/tests/story/build.sh" "$story" >"$work/names" || exit 1

# Reads JSON from standard input; commits are called by their names in the story.
ask() {
  python3 -c '
import json, sys
names = dict(reversed(line.split()) for line in open(sys.argv[1]))
called = lambda commit: names.get(commit, commit)
short = lambda record: record.split("/", 1)[1] if record else "-"
answer = json.load(sys.stdin)
exec(sys.argv[2])' "$work/names" "$1"
}
audit() { "$OPSLEDGER" -C "$story" "$@" audit --json; }

ok "the story's records have no fault" "$OPSLEDGER" -C "$story" check

same "every flag fires where it should, and nowhere else" "\
changed-after-signing incidents/INC-2026-0010 after-signing
changed-after-signing incidents/INC-2026-0016 removed-after-signing
commit-before-parent - clock
dropped-by-merge incidents/INC-2026-0040 dropped
edit-in-reorder incidents/INC-2026-0022 hidden
future-dated incidents/INC-2026-0012 forged
history-rewritten signoffs/SGN-2026-02 signed-elsewhere
id-reused incidents/INC-2026-0016 reused
miss-became-hit incidents/INC-2026-0013 edited
miss-became-hit incidents/INC-2026-0015 paused
recorded-late incidents/INC-2026-0011 late" "$(audit | ask '
flags = [flag for contract in answer["contracts"] for flag in contract["flags"]]
print("\n".join(sorted("%s %s %s" % (flag["flag"], short(flag["record"]), called(flag["commit"])) for flag in flags)))')"

same "a note gives its reason" "incidents/INC-2026-0011 外出期间无法提交" "$(audit | ask '
for flag in answer["contracts"][0]["flags"]:
    if flag["reason"]:
        print(short(flag["record"]), flag["reason"])')"

same "what was done to February after it was signed" "\
incidents/INC-2026-0010 changed after-signing
incidents/INC-2026-0011 changed filled-after-signing
incidents/INC-2026-0016 removed removed-after-signing" "$(audit | ask '
for seal in answer["contracts"][0]["seals"]:
    for erratum in seal["errata"]:
        print(short(erratum["record"]), erratum["change"], called(erratum["commit"]))')"

same "imported history is not late" "2" "$(audit | ask 'print(answer["contracts"][0]["lags"][0]["imported"])')"
same "a signed tag anchors what is behind it, a bare commit proves least" "A C" "$(audit | ask '
grades = {called(flag["commit"]): flag["grade"] for flag in answer["contracts"][0]["flags"]}
print(grades["edited"], grades["signed-elsewhere"])')"
git -C "$story" update-ref -d refs/tags/v2026-03
same "without the tag" "C" "$(audit | ask '
print(*{flag["grade"] for flag in answer["contracts"][0]["flags"]})')"
"$OPSLEDGER" -C "$story" audit --contract hengqin-admin >"$work/text"
ok "the audit as text" grep -q 'hengqin-admin/incidents/INC-2026-0011' "$work/text"
status "no such contract" 2 "$OPSLEDGER" -C "$story" audit --contract nowhere

life() {
  "$OPSLEDGER" -C "$story" trace "hengqin-admin/incidents/INC-2026-$1" --json | ask '
for event in answer["events"]:
    print(event["change"] + (" again" if event["again"] else ""), called(event["commit"]), event["signature"] or "")' |
    sed 's/ *$//'
}
same "imported, and not touched by the folder's new name" "added import" "$(life 0001)"
same "found by the old name as well" "added import" "$("$OPSLEDGER" -C "$story" trace hengqin/incidents/INC-2026-0001 --json |
  ask 'print(*[answer["events"][0]["change"], called(answer["events"][0]["commit"])])')"
same "moved to another file and re-sorted: no event" "added march" "$(life 0024)"
same "deleted and brought back" $'added march\nremoved deleted\nadded again returned' "$(life 0021)"
same "edited and taken back" $'added march\nchanged retitled\nchanged retitled-back' "$(life 0020)"
same "came by the branch, not by the merge" "added on-branch" "$(life 0030)"
same "picked to another branch" $'added picked-from\nadded picked' "$(life 0032)"
same "rebased" "added rebased" "$(life 0033)"
same "signed" "added ssh-signed ssh" "$(life 0038)"
same "lost in a merge" $'added lost-row\nremoved dropped' "$(life 0040)"
same "an id with two lives" \
  $'added on-time\nremoved removed-after-signing\nadded again reused' "$(life 0016)"
same "old and new value" '["2026-02-13 12:00", "2026-02-13 10:30"]' "$(
  "$OPSLEDGER" -C "$story" trace hengqin-admin/incidents/INC-2026-0013 --json | ask '
print(json.dumps(answer["events"][1]["fields"]["restored_at"]))')"
same "the mailmap of the commit" "驻场工程师甲" "$(
  "$OPSLEDGER" -C "$story" trace hengqin-admin/incidents/INC-2026-0036 --json | ask 'print(answer["events"][0]["author"])')"
"$OPSLEDGER" -C "$story" trace hengqin-admin/incidents/INC-2026-0013 >"$work/text"
ok "trace as text" grep -q '2026-02-13 12:00 → 2026-02-13 10:30' "$work/text"
status "no such record" 2 "$OPSLEDGER" -C "$story" trace hengqin-admin/incidents/INC-2026-9999
finish
