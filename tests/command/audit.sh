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
commit_of = {name: commit for commit, name in names.items()}
called = lambda commit: next((name for full, name in names.items() if full.startswith(commit)), commit)
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

same "a note gives its reason, on a record or on a commit" "incidents/INC-2026-0011 外出期间无法提交
incidents/INC-2026-0016 与二月三日的另一行重复" "$(audit | ask '
for flag in answer["contracts"][0]["flags"]:
    if flag["reason"]:
        print(short(flag["record"]), flag["reason"])')"

same "what became of the signed figures" "达标 6 5; 达标率 85.7% 83.3%; 受理 7 6; 恢复 6 5; 平均 1小时32分 1小时38分; 中位数 1小时15分 1小时30分; 条数 7 6" \
  "$(audit | ask '
print("; ".join("%(figure)s %(old)s %(new)s" % figure for figure in answer["contracts"][0]["seals"][0]["figures"]))')"
same "what was done to February after it was signed" "\
incidents/INC-2026-0010 changed after-signing
incidents/INC-2026-0011 changed filled-after-signing
incidents/INC-2026-0016 removed removed-after-signing" "$(audit | ask '
for seal in answer["contracts"][0]["seals"]:
    for erratum in seal["errata"]:
        print(short(erratum["record"]), erratum["change"], called(erratum["commit"]))')"

errata() {
  "$OPSLEDGER" -C "$story" report monthly --contract hengqin-admin --period "$1" --format json | ask '
for seal in (answer["notes"]["errata"] or {"items": []})["items"]:
    print(seal["id"], seal["period"], seal["commit"] == commit_of["paused"][:10])
    for figure in seal["figures"]["items"]:
        behind = [item["id"] for item in (figure["records"] or {"items": []})["items"]]
        print(figure["clause"], figure["figure"], figure["before"], figure["after"], *behind)
    for change in seal["changes"]["items"]:
        fields = ["%s:%s>%s" % (f["name"], f["before"], f["after"]) for f in (change["fields"] or {"items": []})["items"]]
        print(change["id"], change["change"], *fields, called(change["commit"]), change["reason"] or change["subject"])'
}
told="SGN-2026-01 2026年2月 True
E-T1 达标 6 5 INC-2026-0016
E-T1 达标率 85.7% 83.3% INC-2026-0016
None 受理 7 6 INC-2026-0016
None 恢复 6 5 INC-2026-0016
None 平均 1小时32分 1小时38分 INC-2026-0016
None 中位数 1小时15分 1小时30分 INC-2026-0016
None 条数 7 6 INC-2026-0016
INC-2026-0010 修改 原因:会话过多>连接泄漏 after-signing 改正原因
INC-2026-0011 修改 原因:None>驱动过旧 filled-after-signing 补充原因
INC-2026-0016 删除 removed-after-signing 与二月三日的另一行重复"
same "the next report tells old figure, new figure, record, field, commit and reason" "$told" "$(errata 2026-03)"
same "so does the signed period's report when it is made again" "$told" "$(errata 2026-02)"
same "a later report does not tell it again" "" "$(errata 2026-04)"
ok "the errata can be read in the PDF" "$OPSLEDGER" -C "$story" report monthly --contract hengqin-admin --period 2026-03 -o "$work/march.pdf"
ok "with the figures of then and now" sh -c "pdftotext -layout '$work/march.pdf' - | grep -q '达标率  *85.7%  *83.3%'"

difference() {
  "$OPSLEDGER" -C "$story" diff-report "$(id "$1")" "$(id "$2")" --contract "$3" --period "$4" --json | ask '
print(answer["related"])
for figure in answer["figures"]:
    print(figure["figure"], figure["old"], figure["new"], *figure["changes"])
for change in answer["changes"]:
    print(short(change["record"]), change["change"], called(change["commit"]), json.dumps(change["fields"]))'
}
id() { sed -n "s/^$1 //p" "$work/names"; }
same "what differs between two commits, and why" 'True
达标 3 4 0
超时 2 1 0
达标率 60.0% 80.0% 0
最长用时 3小时 1小时30分 0
平均 1小时30分 1小时8分 0
最长 3小时 1小时30分 0
incidents/INC-2026-0013 changed edited {"restored_at": ["2026-02-13 12:00", "2026-02-13 10:30"]}' \
  "$(difference missed edited hengqin 2026-02)"
same "a pause is behind the figures of its incident" 'True
达标 5 6 0
超时 2 1 0
达标率 71.4% 85.7% 0
用时中位数 1小时15分 1小时 0
最长用时 3小时 1小时40分 0
条数 0 1 0
pauses/PAU-2026-0001 added paused' "$(difference waiting paused hengqin 2026-02 | sed 's/ {.*//')"
same "over the folder's new name" "True
received 7 6" "$(difference paused last hengqin-admin 2026-02 | sed -n '1p; s/^受理/received/p' | cut -d' ' -f1-3)"
same "nothing differs, as a reader sees it" "hengqin-admin, 2026-02: 0 figures differ, 0 changes of records" \
  "$(LC_ALL=en_US.UTF-8 "$OPSLEDGER" -C "$story" diff-report HEAD~1 HEAD --contract hengqin-admin --period 2026-02 | head -1)"
status "no such commit to compare with" 2 "$OPSLEDGER" -C "$story" diff-report nowhere HEAD --contract hengqin-admin --period 2026-02

met() { "$OPSLEDGER" -C "$story" "$@" --period 2026-02 --json | ask '
print(called(answer["commit"]), answer["as_of"], answer["targets"][0]["met"])'; }
same "what was known at a commit" "missed 2026-02-13T13:00:00+08:00 3" "$(met sla --as-of "$(id missed)" --contract hengqin)"
same "the same as reading that commit" "$(met sla --at "$(id missed)" --contract hengqin)" \
  "$(met sla --as-of "$(id missed)" --contract hengqin)"
same "what is known now of then" "last 2026-02-13T13:00:00+08:00 3" \
  "$(met sla --at HEAD --as-of "$(id missed)" --contract hengqin-admin)"
ok "a report as it was known at the signed commit" "$OPSLEDGER" -C "$story" report monthly --as-of "$(id paused)" \
  --contract hengqin --period 2026-02 --format json
same "has the figures that were signed" "85.7%" "$(ask 'print(answer["targets"]["attainment"])' <"$work/ok.out")"

same "imported history is not late" "2" "$(audit | ask 'print(answer["contracts"][0]["lags"][0]["imported"])')"
same "a signed tag anchors what is behind it, a bare commit proves least" "A C" "$(audit | ask '
grades = {called(flag["commit"]): flag["grade"] for flag in answer["contracts"][0]["flags"]}
print(grades["edited"], grades["signed-elsewhere"])')"
"$OPSLEDGER" -C "$story" audit --json >"$work/before"
git -C "$story" replace "$(id late)" "$(id forged)"
"$OPSLEDGER" -C "$story" audit --json >"$work/replaced" 2>"$work/cautions"
ok "replace refs are named" grep -q 'refs/replace' "$work/cautions"
ok "and not obeyed" cmp "$work/before" "$work/replaced"
git -C "$story" replace -d "$(id late)" >/dev/null

tip=$(git -C "$story" rev-parse HEAD)
rewritten=$(git -C "$story" -c user.name=x -c user.email=x commit-tree -m rewritten -p "$tip~2" "$tip^{tree}")
cautions() { "$OPSLEDGER" -C "$story" --at "$1" audit 2>&1 >/dev/null | grep -c "$tip"; }
same "a history that goes on, or is looked back at, is no matter" "0 0" "$(cautions HEAD) $(cautions HEAD~1)"
same "a rewritten one is noticed, once" "1 0" "$(cautions "$rewritten") $(cautions "$rewritten")"
git clone -q --depth 3 "file://$story" "$work/shallow"
status "a shallow clone is refused" 2 env LC_ALL=en_US.UTF-8 "$OPSLEDGER" -C "$work/shallow" audit
ok "with the remedy" grep -q 'git fetch --unshallow' "$work/err"
git -C "$story" update-ref -d refs/tags/v2026-03
same "without the tag" "C" "$(audit | ask '
print(*{flag["grade"] for flag in answer["contracts"][0]["flags"]})')"
"$OPSLEDGER" -C "$story" audit --contract hengqin-admin >"$work/text"
ok "the audit as text" grep -q 'hengqin-admin/incidents/INC-2026-0011' "$work/text"
ok "with the figures of then and now" grep -q '达标率: 85.7% → 83.3%' "$work/text"
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

same "the sample's signed report, its commit and what was corrected since" \
  "2026-10 True INC-2026-1003 ['2026-10-13 15:16', '2026-10-13 15:18']" \
  "$("$OPSLEDGER" -C "$ROOT" audit --contract hengqin-admin --json | ask '
for seal in answer["contracts"][0]["seals"]:
    for erratum in seal["errata"]:
        if erratum["record"].endswith("INC-2026-1003"):
            print(seal["period"], seal["known"], "INC-2026-1003", erratum["fields"]["responded_at"])')"

same "what was imported after a signature on paper is no change after it" "0" \
  "$("$OPSLEDGER" -C "$ROOT" audit --contract shaanxi-civil --json | ask '
print(sum(erratum["change"] == "added" for seal in answer["contracts"][0]["seals"] for erratum in seal["errata"]))')"

# A record that carries its own reason.
git clone -q "$story" "$work/own"
git -C "$work/own" config user.name tester && git -C "$work/own" config user.email tester@example.invalid
python3 - "$work/own/records" <<'PYTHON'
import json, pathlib, sys
records = pathlib.Path(sys.argv[1])
schema = json.loads((records / "schema/incidents.json").read_text(encoding="utf-8"))
schema["fields"].append({"name": "late_reason", "title": "补录说明", "type": "string", "explains": True})
(records / "schema/incidents.json").write_text(json.dumps(schema, ensure_ascii=False), encoding="utf-8")
rows = records / "hengqin-admin/incidents/2026-02.csv"
head, *lines = rows.read_text(encoding="utf-8").splitlines()
lines = [line + (",系统停用两日" if line.startswith("INC-2026-0012,") else ",") for line in lines]
rows.write_text("\n".join([head + ",late_reason", *lines]) + "\n", encoding="utf-8")
PYTHON
commit_all "$work/own" "补录说明"
same "is explained by it, and the others as before" "INC-2026-0011 外出期间无法提交
INC-2026-0012 系统停用两日
INC-2026-0016 与二月三日的另一行重复" "$("$OPSLEDGER" -C "$work/own" audit --json | ask '
for flag in answer["contracts"][0]["flags"]:
    if flag["reason"]:
        print(flag["record"].split("/")[-1], flag["reason"])')"

# The pages of the site: the same facts, in Chinese whatever the locale.
ok "the site of the story" env LC_ALL=en_US.UTF-8 "$OPSLEDGER" -C "$story" build --out "$work/site"
site=$work/site/hengqin-admin
same "the audit page tells every flag, linked to its record" "\
changed-after-signing hengqin-admin/incidents/INC-2026-0010
changed-after-signing hengqin-admin/incidents/INC-2026-0016
commit-before-parent None
dropped-by-merge hengqin-admin/incidents/INC-2026-0040
edit-in-reorder hengqin-admin/incidents/INC-2026-0022
future-dated hengqin-admin/incidents/INC-2026-0012
history-rewritten hengqin-admin/signoffs/SGN-2026-02
id-reused hengqin-admin/incidents/INC-2026-0016
miss-became-hit hengqin-admin/incidents/INC-2026-0013
miss-became-hit hengqin-admin/incidents/INC-2026-0015
recorded-late hengqin-admin/incidents/INC-2026-0011" "$(python3 - "$site" <<'PYTHON'
import csv, json, pathlib, re, sys
site = pathlib.Path(sys.argv[1])
page = (site / "audit.html").read_text(encoding="utf-8")
flags = json.loads((site / "audit.json").read_text(encoding="utf-8"))["flags"]
rows = list(csv.DictReader(open(site / "flags.csv", encoding="utf-8-sig")))
for flag, row in zip(flags, rows, strict=True):
    assert flag["fact"] in page.replace("&gt;", ">") and flag["fact"] == row["事实"], flag["fact"]
    assert flag["commit"] in page and flag["grade"] in "BC", "tags are no part of a commit"
for to in re.findall(r'href="([^"#:]+)"', page):
    assert (site / to).exists(), to
print("\n".join(sorted(f"{flag['flag']} {flag['record']}" for flag in flags)))
PYTHON
)"
page() { tr -d '\n' <"$site/$1" | sed 's/<[^>]*>/ /g; s/  */ /g'; }
ok "it tells how long after the event records were written down" grep -q '事件 21 20 95.2% 3小时 8小时30分 2' <(page audit.html)
ok "it tells what no longer holds of the signed report" grep -q '达标率 85.7% 83.3% INC-2026-0016' <(page audit.html)
ok "it leads to the record that is gone" grep -q 'href="../hengqin-admin/records/incidents/INC-2026-0040.html"' "$site/audit.html"
ok "whose page tells what it had said" grep -q '删除 .* 申报时间 2026-03-17 09:00' <(page records/incidents/INC-2026-0040.html)
ok "a record's page tells its flags" grep -q '审计事项（1 项） 超时改为达标' <(page records/incidents/INC-2026-0013.html)
ok "and its lag" grep -q '相隔96小时30分，应于2026年2月6日 09:00前录入.* 补录逾期' <(page records/incidents/INC-2026-0011.html)
ok "and the kind of a signature" grep -q '带 ssh 签名' <(page records/incidents/INC-2026-0038.html)
finish
