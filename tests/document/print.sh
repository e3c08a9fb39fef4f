#!/usr/bin/env bash
# What is on paper and in the file, for three kinds of report: B-P1, E-P1, and that the same commit gives the same bytes.
source "$(dirname "$0")/../lib.sh"
cd "$ROOT" || exit 1

print() { # print NAME KIND PERIOD [VARIABLE=VALUE …]
  local name=$1 kind=$2 period=$3
  shift 3
  env "$@" "$OPSLEDGER" --as-of 2026-11-21T18:00+08:00 report "$kind" --contract hengqin-admin --period "$period" \
    -o "$work/$name"
}

ok "prints a month" print month.pdf monthly 2026-03
ok "prints it again elsewhere" print again.pdf monthly 2026-03 TZ=America/New_York LC_ALL=C HOME=/nonexistent
ok "to the same bytes" cmp "$work/month.pdf" "$work/again.pdf"
ok "prints a week" print week.pdf weekly 2026-W12
ok "prints a fault" print fault.pdf major-fault INC-2026-0312

commit=$(git rev-parse HEAD)
pdftoppm -r 150 -f 1 -l 1 -png "$work/month.pdf" "$work/cover"
zbarimg -q --raw "$work"/cover-*.png >"$work/code" 2>/dev/null
same "the file names the commit" 1 "$(pdfinfo "$work/month.pdf" | grep -c "^Keywords:.* commit $commit,")"
figures=$(pdfinfo "$work/month.pdf" | sed -n 's/^Keywords:.* figures \([0-9a-f]*\),.*/\1/p')
same "the code on the cover names report, commit and figures" "$(printf 'opsledger hengqin-admin/2026-03\ncommit %s\nfigures %.16s' "$commit" "$figures")" "$(cat "$work/code")"

pdfinfo -struct "$work/month.pdf" >"$work/structure" 2>"$work/warnings"
same "poppler warns of nothing in the structure" "" "$(cat "$work/warnings")"
for type in H1 H2 H3 P Table TR TH TD Figure TOC TOCI Link LBody Form; do
  ok "tags $type" grep -qE "^ *$type([ :]|$)" "$work/structure"
done
same "is tagged" 1 "$(pdfinfo "$work/month.pdf" | grep -c '^Tagged: *yes')"
qpdf --json "$work/month.pdf" >"$work/json"
python3 - "$work/json" >"$work/facts" <<'PYTHON'
import json, re, sys
pdf = json.load(open(sys.argv[1], encoding="utf-8"))
count = lambda items: sum(1 + count(item["kids"]) for item in items)
objects = pdf["objects"].values() if "objects" in pdf else pdf["qpdf"][1].values()
dictionaries = [o.get("value", o) if isinstance(o, dict) else o for o in objects]
dictionaries = [o.get("dict", o) if isinstance(o, dict) else {} for o in dictionaries]
print("outline", count(pdf["outlines"]) >= 10)
print("labels", pdf["pagelabels"][0]["label"].get("/P", "").replace("u:", ""), pdf["pagelabels"][1]["label"].get("/St"))
items = [o for o in dictionaries if isinstance(o, dict)]
there = {name.removeprefix("obj:"): o for name, o in (pdf["objects"] if "objects" in pdf else pdf["qpdf"][1]).items()}
at = lambda o: there[o].get("value", there[o]) if isinstance(o, str) else o
catalog = next(o for o in items if o.get("/Type") == "/Catalog")
print("catalog", catalog.get("/Lang", "").replace("u:", ""), at(catalog["/MarkInfo"])["/Marked"])
# A later update could fill in what is referred to and not there.
print("dangling", sorted(set(re.findall(r'"(?:u:)?(\d+ \d+ R)"', json.dumps(items))) - set(there)))
heads = [o for o in items if o.get("/S") == "/TH"]
print("heads", len(heads) > 50 and sorted({str(o.get("/A", {}).get("/Scope")) for o in heads}))
figures = [o for o in dictionaries if isinstance(o, dict) and o.get("/S") == "/Figure"]
print("figures", len(figures) > 0 and all(f.get("/Alt") for f in figures))
PYTHON
same "has an outline, a cover that is not numbered, a language, no dangling reference, scopes, and words for every figure" "\
outline True
labels 封面 1
catalog zh-CN True
dangling []
heads ['/Column', '/Row']
figures True" "$(cat "$work/facts")"
pdfinfo -struct "$work/fault.pdf" >"$work/form"
ok "a form's heads name their rows" grep -q 'Scope /Row' "$work/form"

pdfsig "$work/month.pdf" >"$work/fields" 2>&1
ok "has fields to be signed, none signed yet" test "$(grep -c 'field is not signed' "$work/fields")" -ge 2

jars=/usr/share/java
class_path=$jars/preflight.jar:$jars/pdfbox2.jar:$jars/xmpbox.jar:$jars/fontbox2.jar
class_path=$class_path:$jars/jaxb-api.jar:$jars/commons-logging.jar:$jars/javax.activation.jar
for name in week fault; do
  ok "qpdf finds nothing wrong with the $name" qpdf --check "$work/$name.pdf"
  java -cp "$class_path" org.apache.pdfbox.preflight.Validator_A1b "$work/$name.pdf" >"$work/verdict" 2>&1
  same "PDFBox calls the $name PDF/A-1b" 1 "$(grep -c 'is a valid PDF/A-1b file' "$work/verdict")"
done
finish
