#!/usr/bin/env bash
# The monthly report of hengqin-admin as other programs see it: E-D3, B-P1.
source "$(dirname "$0")/../lib.sh"
cd "$ROOT" || exit 1
pdf=$work/2026-03.pdf
ok "makes the report" "$OPSLEDGER" --as-of 2026-11-21T18:00+08:00 report monthly --contract hengqin-admin --period 2026-03 -o "$pdf"
ok "qpdf finds nothing wrong" qpdf --check "$pdf"
same "qpdf warns of nothing" "" "$(grep -i warning "$work/ok.out" "$work/ok.err")"
pdffonts "$pdf" 2>"$work/fonterr" | tail -n +3 >"$work/fonts"
ok "has fonts" test -s "$work/fonts"
same "every font is embedded, subset and has its Unicode map" "" \
  "$(awk '{ n = NF; if ($(n-4) != "yes" || $(n-3) != "yes" || $(n-2) != "yes") print }' "$work/fonts")"
pdftotext -layout "$pdf" "$work/text" 2>"$work/texterr"
same "pdftotext warns of nothing" "" "$(cat "$work/texterr" "$work/fonterr")"
for words in 横琴粤澳深度合作区商事服务局 系统维护及优化记录月报 2026年3月 一级故障恢复正常运行 E-T1 E-D3 签名; do
  ok "pdftotext finds $words" grep -q -- "$words" <(tr -d ' ' <"$work/text")
done
pages=$(pdfinfo "$pdf" | awk '/^Pages:/ { print $2 }')
ok "has a few pages" test "$pages" -ge 4
ok "every page after the cover says which of how many it is" test \
  "$(tr -d ' ' <"$work/text" | grep -cE "第[0-9]+页.*共[0-9]+页")" -ge $((pages - 1))
ok "is A4" grep -qE '^Page size: +595' <(pdfinfo "$pdf")
ok "takes at most 40 KB a page" test "$(stat -c %s "$pdf")" -lt $((pages * 40960))
same "no raw tag is left" "" "$(grep -E '\{\{|\}\}' "$work/text")"

# A figure leads to its row in the appendix, on a later page.
qpdf --json "$pdf" >"$work/objects"
pdftotext -f 1 -l "$pages" "$pdf" "$work/by-page"
python3 - "$work/objects" "$work/by-page" <<'PYTHON'
import json, sys
objects = json.load(open(sys.argv[1], encoding="utf-8"))["qpdf"][1]
value = lambda ref: objects[f"obj:{ref}"]["value"] if isinstance(ref, str) and ref.endswith(" R") else ref
texts = open(sys.argv[2], encoding="utf-8").read().split("\f")
first = next(i for i, text in enumerate(texts) if "所依据的记录" in text.replace(" ", ""))
number = {}
def walk(ref):
    node = value(ref)
    if "/Kids" in node:
        for kid in node["/Kids"]:
            walk(kid)
    else:
        number[ref] = len(number)
walk(value(objects["trailer"]["value"]["/Root"])["/Pages"])
figures = 0
for page, i in number.items():
    for ref in value(value(page).get("/Annots", [])):
        link = value(ref)
        if link.get("/Subtype") == "/Link" and "/Dest" in link and i < first:
            figures += number[value(link["/Dest"])[0]] >= first
assert figures >= 40, figures
PYTHON
say $? "leads from its figures to the records behind them"

jars=/usr/share/java
ok "PDFBox preflight calls it PDF/A-1b" java -cp "$jars/preflight.jar:$jars/pdfbox2.jar:$jars/xmpbox.jar:$jars/fontbox2.jar:$jars/jaxb-api.jar:$jars/commons-logging.jar:$jars/javax.activation.jar" \
  org.apache.pdfbox.preflight.Validator_A1b "$pdf"
same "and says that it is valid" 1 "$(grep -c 'is a valid PDF/A-1b file' "$work/ok.out")"
finish
