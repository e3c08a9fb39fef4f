#!/usr/bin/env bash
# opsledger build: the whole site at once, the same bytes everywhere, or nothing.
source "$(dirname "$0")/../lib.sh"
as_of=2026-11-21T18:00:00+08:00
subject=$work/repository
clone "$subject"
# Without the reports of each day and each fault, which make most of the files: a sanitized build is slow.
python3 - "$subject"/records/*/contract.json <<'PYTHON'
import json, sys
for path in sys.argv[1:]:
    contract = json.load(open(path, encoding="utf-8"))
    contract["reports"] = [r for r in contract["reports"] if r["kind"] not in ("daily", "fault")]
    json.dump(contract, open(path, "w", encoding="utf-8"), ensure_ascii=False, indent=1)
PYTHON
commit_all "$subject" "fewer reports"
head=$(git -C "$subject" rev-parse HEAD)

ok "builds this repository" "$OPSLEDGER" -C "$subject" --as-of $as_of build --out "$work/one" --contract hengqin-admin
same "puts the work of a quarter ahead as a calendar, as due tells it" \
  "$("$OPSLEDGER" -C "$subject" --as-of $as_of due --within 92d --ics --contract hengqin-admin | grep -A1 '^UID' | grep -A1 '2026-11-2[1-9]\|2026-12')" \
  "$(grep -A1 '^UID' "$work/one/data/duties.ics" | grep -A1 '2026-11-2[1-9]\|2026-12')"
data=$work/one/data/hengqin-admin
for answer in clocks:sla duties:duties; do
  ok "puts what ${answer#*:} tells of a contract year as JSON" cmp "$data/Y1-${answer%:*}.json" \
    <("$OPSLEDGER" -C "$subject" --as-of $as_of "${answer#*:}" --contract hengqin-admin --period Y1 --json |
      python3 -c 'import json, sys; print(json.dumps(json.load(sys.stdin), ensure_ascii=False, indent=1))')
done
python3 - "$data" <<'PYTHON'
import collections, csv, datetime, json, pathlib, sys
data = pathlib.Path(sys.argv[1])
rows = lambda name: list(csv.DictReader(open(data / f"{name}.csv", encoding="utf-8-sig", newline="")))
clocks, items = rows("Y1-clocks"), json.loads((data / "Y1-clocks.json").read_text())["items"]
assert [(row["记录"], row["超时（分钟）"]) for row in clocks] == \
    [(item["record"].split("/")[-1], f"{item['overrun_minutes']:g}") for item in items], "clocks"
for row, item in zip(clocks, items):
    assert not item["deadline"] or item["deadline"].startswith(row["截止"].replace(" ", "T")), row
duties, windows = rows("Y1-duties"), json.loads((data / "Y1-duties.json").read_text())["windows"]
assert [row["依据记录"].split() for row in duties] == [[name.split("/")[-1] for name in w["evidence"]] for w in windows]
# The months together are the clocks of the year, target by target.
met, months = collections.Counter(), collections.Counter()
for row in clocks:
    met[row["条款"], row["时限"], row["判定"]] += 1
for row in rows("attainment"):
    for verdict, column in ("达标", "达标"), ("超时", "未达标"):
        months[row["条款"], row["时限"], verdict] += int(row[column])
    judged = int(row["达标"]) + int(row["未达标"])
    assert row["达标率（%）"] == "" if not judged else abs(float(row["达标率（%）"]) - 100 * int(row["达标"]) / judged) < 1e-9
assert months["E-T3", "抵达现场", "达标"] > 20
for key, count in months.items():
    assert met[key] == count, (key, met[key], count)
PYTHON
say $? "and the same figures for spreadsheets"
ok "makes the home page" test -s "$work/one/index.html"
for report in 2026-W10 2026-03; do
  ok "makes the report $report in HTML" test -s "$work/one/hengqin-admin/reports/$report.html"
  same "makes the report $report in PDF" "%PDF" "$(head -c 4 "$work/one/hengqin-admin/reports/$report.pdf")"
done
draft_marks() { pdftotext "$1" - | grep -c '^[草稿]'; }
pages() { pdfinfo "$1" | sed -n 's/^Pages: *//p'; }
report=$work/one/hengqin-admin/reports/2026-11
ok "marks every page of the running month as a draft" test "$(draft_marks "$report.pdf")" -ge "$(pages "$report.pdf")"
same "and no page of a complete one" 0 "$(draft_marks "$work/one/hengqin-admin/reports/2026-03.pdf")"
ok "the page of a draft says so" grep -q '草稿' "$report.html"
ok "leaves no section empty, no raw tag and no null in any report" python3 "$ROOT/tests/command/markdown_faults.py" "$work/one"
same "heads no fact of an article that says nothing" "" "$(grep -rl '<dd></dd>' "$work/one/kb")"
same "leaves no raw tag" "" "$(grep -rlE --include='*.html' '\{\{|\}\}' "$work/one" | head)"

# From figures to their rows, from rows to records: every link of a report leads somewhere.
python3 - "$work/one" <<'PYTHON'
import pathlib, re, sys
root, figures = pathlib.Path(sys.argv[1]), 0
for page in root.glob("*/reports/*.html"):
    text = page.read_text(encoding="utf-8").split("<article>")[1]
    ids = set(re.findall(r' id="([^"]+)"', text))
    for to in re.findall(r'href="#([^"]+)"', text):
        figures += to.startswith("figure-")
        assert to in ids, f"{page}: nothing is #{to}"
    for to in re.findall(r'href="([^"#:]+)"', text):
        assert (page.parent / to).exists(), f"{page}: nothing is at {to}"
    for row in re.findall(r'<a id="figure-.*?</tr>', text, re.S):
        assert "/records/" in row, f"{page}: no record behind {row}"
    assert "/records/" in text, f"{page}: no record"
assert figures > 200, figures
PYTHON
say $? "leads from each figure of a report to its records"

# Also of a site of one contract: articles tell of the records of others.
python3 - "$work/one" <<'PYTHON'
import html, os, pathlib, re, sys, urllib.parse
root, links = pathlib.Path(sys.argv[1]), 0
there = {os.path.relpath(path, root) for path in root.rglob("*")}
for page in root.rglob("*.html"):
    for to in re.findall(r'(?:href|src)="([^"#?]+)', page.read_text(encoding="utf-8")):
        to = urllib.parse.unquote(html.unescape(to))
        if not re.match("[a-z]+:", to):
            links += 1
            target = os.path.normpath(os.path.join(os.path.relpath(page.parent, root), to))
            assert target in there, f"{page}: nothing is at {to}"
assert links > 10000, links
PYTHON
say $? "leaves no dead link on any page of a site of one contract"

# Knowledge: the page of reviews and the report of the running month tell the same, and `report` makes the same report.
same "makes the same report as the command report" "$(sha256sum <"$report.md")" "$("$OPSLEDGER" -C "$subject" --as-of $as_of \
  report monthly --contract hengqin-admin --period 2026-11 --format md | sha256sum)"
python3 - "$work/one" <<'PYTHON'
import html, json, pathlib, re, sys
root = pathlib.Path(sys.argv[1])
told = json.loads((root / "hengqin-admin/reports/2026-11.json").read_text(encoding="utf-8"))["knowledge"]
page = (root / "kb/review.html").read_text(encoding="utf-8")
articles, repeats = page.split("重复发生而没有文章")
rows = [[html.unescape(re.sub("<[^>]+>", "", cell)) for cell in re.findall("<td.*?</td>", row)] for row in re.findall("<tr>.*?</tr>", articles)]
paths = {html.unescape(title): "kb/" + url for url, title in re.findall(r'<td><a href="(?:\.\./)?kb/([^"]+)\.html">([^<]+)</a>', articles)}
assert len(paths) > 20, paths
ours = {row[0]: row for row in rows if row}
late = {row["title"] for row in told["overdue"]["items"]}
assert late and all(ours[title][4] == "已逾期" for title in late), late
changed = {row["title"]: str(row["times"]) for row in told["changed"]["items"]}
assert changed and all(ours[title][6] == times for title, times in changed.items()), changed
twins = set(re.findall(r"INC-[0-9-]+", repeats))
assert told["repeats"]["count"] and all({row["id"], row["earlier"]["id"]} <= twins for row in told["repeats"]["items"]), twins
PYTHON
say $? "tells the same knowledge on the page of reviews as in the report"

# A record's page shows the commit that first held it and the one that last changed it.
record=hengqin-admin/incidents/INC-2026-0312
page=$work/one/hengqin-admin/records/incidents/INC-2026-0312.html
file=records/hengqin-admin/incidents/INC-2026-0312.json
first=$(git -C "$subject" log --format=%h --abbrev=10 --diff-filter=A -- "$file" | tail -n 1)
last=$(git -C "$subject" log -1 --format=%h --abbrev=10 -- "$file")
same "trace begins with the commit that git says added it, and ends with the one that last changed it" "$first $last" \
  "$("$OPSLEDGER" -C "$subject" trace "$record" --json | python3 -c 'import json, sys
events = json.load(sys.stdin)["events"]
print(events[0]["commit"][:10], events[-1]["commit"][:10])')"
for commit in "$first" "$last"; do
  ok "the record's page shows $commit" grep -q "$commit" "$page"
done

# The same commit elsewhere: another folder, zone, locale, a bare repository, one processor.
processor=$(taskset -cp $$ | sed 's/.*: //; s/[-,].*//')
git clone -q --bare "$subject" "$work/bare.git"
ok "builds from a bare repository" taskset -c "$processor" env TZ=America/New_York LC_ALL=en_US.UTF-8 \
  "$OPSLEDGER" -C "$work/bare.git" --at "$head" --as-of $as_of build --out "$work/two/deeper" --contract hengqin-admin
ok "gives the same manifest, byte for byte" cmp "$work/one/manifest.json" "$work/two/deeper/manifest.json"
ok "gives the same files, byte for byte" diff -r "$work/one" "$work/two/deeper"
python3 - "$work/one" <<'PYTHON'
import hashlib, json, pathlib, sys
root = pathlib.Path(sys.argv[1])
listed = {f["path"]: f["sha256"] for f in json.loads((root / "manifest.json").read_text())["files"]}
there = {str(p.relative_to(root)): hashlib.sha256(p.read_bytes()).hexdigest()
         for p in root.rglob("*") if p.is_file() and p.name != "manifest.json"}
sys.exit(listed != there or len(there) < 100)
PYTHON
say $? "lists every file with its SHA-256 in the manifest"

# Again with nothing changed: no file is written.
touch -d '2020-01-01' "$work/stamp"
find "$work/one" -type f -exec touch -d '2019-01-01' {} +
ok "builds again" "$OPSLEDGER" -C "$subject" --as-of $as_of build --out "$work/one" --contract hengqin-admin
same "writes no file when nothing changed" "" "$(find "$work/one" -type f -newer "$work/stamp" | head)"

# With the address of the site: a feed, a sitemap and whole addresses, and without it none of them.
base=https://example.org/ops
same "names no address without one" "" "$(cd "$work/one" && ls atom.xml sitemap*.xml robots.txt 2>/dev/null; grep -l og:url index.html)"
edit=$(sed -n 's/^    opsledger build --edit-url //p' "$ROOT/docs/site.md")
same "names no place to edit without one" "" "$(grep -rl 编辑本文 "$work/one")"
ok "builds for an address" "$OPSLEDGER" -C "$subject" --as-of $as_of build --out "$work/web" --contract hengqin-admin \
  --base-url $base/ --edit-url "$edit"
same "links each article to where its file is edited" \
  "$(git -C "$subject" ls-files 'kb/*.md' | sed "s|^|${edit%"{path}"}|" | sort)" \
  "$(grep -rho --include='*.html' '<a href="[^"]*">编辑本文' "$work/web" | sed 's/^<a href="//; s/">.*//' | sort)"
python3 - "$work/web" $base "$subject" <<'PYTHON'
import datetime, pathlib, subprocess, sys, urllib.parse
import xml.etree.ElementTree as tree
root, base, repository = pathlib.Path(sys.argv[1]), sys.argv[2] + "/", sys.argv[3]
def file(address):
    assert address.startswith(base), address
    path = urllib.parse.unquote(address[len(base):])
    assert (root / path).is_file(), path
    return path
locs = [file(loc.text) for loc in tree.parse(root / "sitemap.xml").iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
pages = {str(page.relative_to(root)) for page in root.rglob("*.html")} - {"404.html"}
assert set(locs) == pages and len(locs) == len(pages) > 100, pages ^ set(locs)
assert f"Sitemap: {base}sitemap.xml" in (root / "robots.txt").read_text().splitlines()
atom = "{http://www.w3.org/2005/Atom}"
feed = tree.parse(root / "atom.xml").getroot()
entries = feed.findall(atom + "entry")
times = [datetime.datetime.fromisoformat(entry.find(atom + "updated").text) for entry in entries]
assert len(entries) == 50 and times == sorted(times, reverse=True), times
assert feed.find(atom + "updated").text == entries[0].find(atom + "updated").text
assert feed.find(atom + "id").text == base and feed.find(atom + "title").text and feed.find(atom + "author/" + atom + "name").text
assert len({entry.find(atom + "id").text for entry in entries}) == 50
articles = 0
for entry, time in zip(entries, times):
    path = file(entry.find(atom + "link").get("href"))
    assert entry.find(atom + "title").text and time.tzinfo, path
    if path.startswith("kb/"):
        articles += 1
        last = subprocess.check_output(["git", "-C", repository, "log", "-1", "--no-merges", "--format=%cI", "--", path[:-5] + ".md"], text=True)
        assert time == datetime.datetime.fromisoformat(last.strip()), path
assert 0 < articles < 50, articles
assert f'<meta property="og:url" content="{base}index.html">' in (root / "index.html").read_text(encoding="utf-8")
PYTHON
say $? "puts a feed, a sitemap of all pages and robots.txt"
for address in ftp://example.org https:// 'https://example.org/?x' 'https://example.org/"'; do
  status "does not take $address as an address" 2 "$OPSLEDGER" -C "$subject" build --out "$work/none" --base-url "$address"
done
for pattern in 'git.example.org/{path}' https://example.org/edit 'https://example.org/{path}/{line}'; do
  status "does not take $pattern as a pattern" 2 "$OPSLEDGER" -C "$subject" build --out "$work/none" --edit-url "$pattern"
done

# A broken record: a diagnostic with place, status 1, the old output untouched.
cp -a "$work/one" "$work/before"
file=records/hengqin-admin/incidents/2026-03.csv
python3 - "$subject/$file" <<'PYTHON'
import re, sys
path = sys.argv[1]
text = open(path, encoding="utf-8").read()
at = re.search(r"2026-03-\d\d", text[text.index("\n") + 1:])
begin = text.index("\n") + 1 + at.start()
open(path, "w", encoding="utf-8", newline="").write(text[:begin] + "2026-13-45" + text[begin + 10:])
PYTHON
commit_all "$subject" "break a date"
status "ends in 1 on a broken date" 1 env LC_ALL=en_US.UTF-8 "$OPSLEDGER" -C "$subject" build --out "$work/one"
ok "names file, line and column" grep -E "^$file:2:[0-9]+: error: .*2026-13-45.*; " "$work/err"
cp "$work/err" "$work/english"
status "tells the same in Chinese" 1 env LC_ALL=zh_CN.UTF-8 "$OPSLEDGER" -C "$subject" build --out "$work/one"
ok "in Chinese characters" grep -E "^$file:2:[0-9]+: error: .*2026-13-45.*；" "$work/err"
column=$(sed -nE "s|^$file:2:([0-9]+): error:.*|\1|p" "$work/english" | head -n 1)
same "the column is where the date begins" "2026-13-45" \
  "$(python3 -c 'import sys; print(open(sys.argv[1], encoding="utf-8").read().split("\n")[1][int(sys.argv[2]) - 1:][:10])' "$subject/$file" "${column:-1}")"
ok "leaves the previous output untouched" diff -r "$work/one" "$work/before"
finish
