#!/usr/bin/env bash
# Every PDF file of the build, as archives and other programs see it, and those of every kind once more with all
# signatures; what is in them against the pages (E-D3, B-P1, issue: a PDF that a purchaser can sign).
source "$(dirname "$0")/../lib.sh"
source "$ROOT/tests/document/keys.sh"
cd "$ROOT" || exit 1
preflight() { # preflight LIST: one line for each file that is not PDF/A-1b, and how many are
  (cd "$work" && java -cp "$class_path" org.apache.pdfbox.preflight.Validator_A1b xml group "$1" >"$1.out" 2>&1)
  python3 - "$1.preflight.xml" <<'PY'
import sys, xml.etree.ElementTree as tree
files = tree.parse(sys.argv[1]).getroot().findall("preflight")
valid = [f for f in files if f.findtext("isValid") == "true"]
for file in files:
    if file not in valid:
        print(file.get("name"), [e.findtext("details") for e in file.iter("error")][:3])
print(len(valid))
PY
}
each() { # each LIST FUNCTION: of every file, several at once; prints what is wrong
  xargs -a "$1" -P "$(nproc)" -I{} bash -c "$2"' "$1"' _ {}
}
sound() { qpdf --check "$1" >"$1.qpdf" 2>&1 && ! grep -i warning "$1.qpdf" || echo "qpdf: $1"; }
legible() { # fonts, text
  pdffonts "$1" 2>&1 | tail -n +3 |
    awk -v file="$1" '{ n = NF; if ($(n-4) != "yes" || $(n-3) != "yes" || $(n-2) != "yes") print "pdffonts:", file, $0 }'
  [ "$(pdftotext "$1" - 2>&1 >/dev/null)" = "" ] || echo "pdftotext: $1"
}
export -f sound legible

ok "builds" "$OPSLEDGER" build --out "$work/out"
find "$work/out" -name '*.pdf' | sort >"$work/all"
files=$(wc -l <"$work/all")
ok "there are hundreds of files" test "$files" -gt 500
same "PDFBox calls every one PDF/A-1b" "$files" "$(preflight "$work/all")"
same "qpdf finds nothing wrong and warns of nothing" "" "$(each "$work/all" sound)"
same "fonts are embedded, subset and have their Unicode map; pdftotext warns of nothing" "" "$(each "$work/all" legible)"

# The smallest of each kind.
python3 - "$work/out" >"$work/kinds" <<'PY'
import glob, json, os, sys
smallest = {}
for path in sorted(glob.glob(sys.argv[1] + "/*/reports/*.json")):
    kind, pdf = json.load(open(path, encoding="utf-8"))["report"]["kind"], path[:-5] + ".pdf"
    smallest[kind] = min(smallest.get(kind, (1 << 40, "")), (os.path.getsize(pdf), pdf))
print("\n".join(sorted(pdf for _, pdf in smallest.values())))
PY
kinds=$(wc -l <"$work/kinds")
ok "there are twenty kinds" test "$kinds" -ge 20
sed 's/pdf$/html/' "$work/kinds" | xargs -n 5 -P "$(nproc)" python3 tests/document/same_text.py >"$work/texts" 2>&1
same "their text is that of their pages, paragraph by paragraph" "" "$(grep -v '^[0-9]* reports, [0-9]* paragraphs$' "$work/texts")"
ok "thousands of them" test "$(awk '{ n += $3 } END { print n }' "$work/texts")" -gt 3000

# Signed in every field, by turns with RSA and P-256; the report stands unchanged before.
authority ca
signer rsa 项目负责人 -newkey rsa:2048
signer p256 采购人代表 -newkey ec -pkeyopt ec_paramgen_curve:P-256
mkdir "$work/signed"
fields=0
while read -r pdf; do
  signed=$work/signed/$(basename "$pdf")
  cp "$pdf" "$signed"
  key=rsa
  for field in $(pdfsig "$pdf" 2>/dev/null | sed -n 's/.*Signature Field Name: //p'); do
    "$OPSLEDGER" sign "$signed" --field "$field" --p12 "$work/$key.p12" || echo "$signed"
    fields=$((fields + 1))
    [ $key = rsa ] && key=p256 || key=rsa
  done
  cmp -n "$(stat -c %s "$pdf")" "$pdf" "$signed"
  pdfsig "$signed" >>"$work/signatures" 2>/dev/null
done <"$work/kinds" >"$work/unsigned" 2>&1
same "every field is signed" "" "$(cat "$work/unsigned")"
ok "there are two in most" test "$fields" -gt $((kinds * 3 / 2))
same "poppler calls all signatures valid" "$fields" "$(grep -c 'Signature is Valid' "$work/signatures")"
find "$work/signed" -name '*.pdf' | sort >"$work/listed"
same "PDFBox calls all of them PDF/A-1b" "$kinds" "$(preflight "$work/listed")"
same "qpdf finds nothing wrong with them and warns of nothing" "" "$(each "$work/listed" sound)"
while read -r pdf; do
  "$OPSLEDGER" verify "$pdf" --trust "$work/ca.pem" >"$work/answer" 2>&1 || { echo "$pdf"; cat "$work/answer"; }
done <"$work/listed" >"$work/refused"
same "verify proves all of them" "" "$(cat "$work/refused")"
finish
