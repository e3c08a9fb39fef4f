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
plain() { tr -d '[:space:]'; }

ok "prints a month" print month.pdf monthly 2026-03
ok "prints it again elsewhere" print again.pdf monthly 2026-03 TZ=America/New_York LC_ALL=C HOME=/nonexistent
ok "to the same bytes" cmp "$work/month.pdf" "$work/again.pdf"
ok "prints its Markdown" print month.md monthly 2026-03
ok "prints a week" print week.pdf weekly 2026-W12
ok "prints a fault" print fault.pdf major-fault INC-2026-0312

commit=$(git rev-parse HEAD)
pdftoppm -r 150 -f 1 -l 1 -png "$work/month.pdf" "$work/cover"
zbarimg -q --raw "$work"/cover-*.png >"$work/code" 2>/dev/null
same "the code on the cover names the commit" 1 "$(grep -c "$commit" "$work/code")"
same "the file names the commit too" 1 "$(pdfinfo "$work/month.pdf" | grep -c "^Keywords:.*$commit")"

pdftotext -raw "$work/month.pdf" - | plain >"$work/text"
python3 - "$work/month.md" >"$work/cells" <<'PYTHON'
import re, sys
for line in open(sys.argv[1], encoding="utf-8"):
    if line.startswith("|") and not re.fullmatch(r"[|:\- \n]+", line):
        for cell in re.split(r"(?<!\\)\|", line)[1:-1]:
            if not re.search(r"[\\&*`\[<]", cell) and cell.strip():
                print(re.sub(r"\s", "", cell))
PYTHON
ok "the tables have hundreds of cells" test "$(wc -l <"$work/cells")" -gt 300
same "every cell of every table can be read on paper" "" \
  "$(sort -u "$work/cells" | while read -r cell; do grep -qF -- "$cell" "$work/text" || echo "$cell"; done)"

pdfinfo -struct-text "$work/month.pdf" >"$work/structure" 2>"$work/warnings"
same "poppler warns of nothing in the structure" "" "$(cat "$work/warnings")"
for type in H2 H3 P Table TR TH TD Figure TOC TOCI Link LBody Form; do
  ok "tags $type" grep -qE "^ *$type([ :]|$)" "$work/structure"
done
same "is tagged" 1 "$(pdfinfo "$work/month.pdf" | grep -c '^Tagged: *yes')"
qpdf --json "$work/month.pdf" >"$work/json"
python3 - "$work/json" >"$work/facts" <<'PYTHON'
import json, sys
pdf = json.load(open(sys.argv[1], encoding="utf-8"))
count = lambda items: sum(1 + count(item["kids"]) for item in items)
objects = pdf["objects"].values() if "objects" in pdf else pdf["qpdf"][1].values()
dictionaries = [o.get("value", o) if isinstance(o, dict) else o for o in objects]
dictionaries = [o.get("dict", o) if isinstance(o, dict) else {} for o in dictionaries]
print("outline", count(pdf["outlines"]) >= 10)
print("labels", pdf["pagelabels"][0]["label"].get("/P", "").replace("u:", ""), pdf["pagelabels"][1]["label"].get("/St"))
figures = [o for o in dictionaries if isinstance(o, dict) and o.get("/S") == "/Figure"]
print("figures", len(figures) > 0 and all(f.get("/Alt") for f in figures))
PYTHON
same "has an outline, a cover that is not numbered, and words for every figure" \
  "$(printf 'outline True\nlabels 封面 1\nfigures True')" "$(cat "$work/facts")"

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
