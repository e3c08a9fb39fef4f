#!/usr/bin/env bash
# Signing and proving reports: other programs accept what opsledger signs, verify
# accepts what others sign, and refuses whatever else is done to a file.
source "$(dirname "$0")/../lib.sh"
source "$ROOT/tests/document/keys.sh"
cd "$ROOT" || exit 1
authority ca
authority stranger
signer rsa 项目负责人 -newkey rsa:2048
signer p256 采购人代表 -newkey ec -pkeyopt ec_paramgen_curve:P-256
nss=sql:$work/nss
mkdir "$work/nss"
certutil -N -d "$nss" --empty-password
certutil -A -d "$nss" -n ca -t CT,C,C -i "$work/ca.pem"
pk12util -i "$work/rsa.p12" -d "$nss" -W "$OPSLEDGER_PASSWORD" >/dev/null

poppler() { pdfsig -nssdir "$nss" "$1" 2>/dev/null | grep -c "$2"; }
prefix() { cmp -s -n "$(stat -c %s "$1")" "$1" "$2"; }

bare=$work/bare.pdf
ok "makes the report" "$OPSLEDGER" --as-of 2026-11-21T18:00+08:00 report monthly --contract hengqin-admin --period 2026-03 -o "$bare"
status "verify proves what nobody signed yet" 0 "$OPSLEDGER" verify "$bare"
ok "and counts its fields" grep -q 'Fields not signed: 2' "$work/out"

# RSA, then P-256.
ok "signs with RSA" "$OPSLEDGER" sign "$bare" --field provider --p12 "$work/rsa.p12" --reason "确认 𠮷" --location 横琴 -o "$work/one.pdf"
same "prints nothing" "" "$(cat "$work/ok.out" "$work/ok.err")"
cp "$work/one.pdf" "$work/two.pdf"
ok "signs with P-256, over the file" "$OPSLEDGER" sign "$work/two.pdf" --field purchaser --p12 "$work/p256.p12"
ok "the report stands unchanged before the first signature" prefix "$bare" "$work/one.pdf"
ok "the first signature before the second" prefix "$work/one.pdf" "$work/two.pdf"
same "poppler calls both valid" 2 "$(poppler "$work/two.pdf" 'Signature is Valid')"
same "poppler trusts both" 2 "$(poppler "$work/two.pdf" 'Certificate is Trusted')"
same "poppler sees PAdES" 2 "$(poppler "$work/two.pdf" 'ETSI.CAdES.detached')"
ok "qpdf finds nothing wrong" qpdf --check "$work/two.pdf"
same "qpdf warns of nothing" "" "$(grep -i warning "$work/ok.out" "$work/ok.err")"
ok "PDFBox preflight calls it PDF/A-1b" java -cp "$class_path" org.apache.pdfbox.preflight.Validator_A1b "$work/two.pdf"
# What is signed: type, digest, certificate; not the clock's time (EN 319 142-1, 6.3).
python3 - "$work/two.pdf" "$work/two.der" <<'PY'
import re, sys
hexes = re.findall(rb"/Contents <([0-9a-f]+)>", open(sys.argv[1], "rb").read())
open(sys.argv[2], "wb").write(bytes.fromhex(hexes[-1].decode()))
PY
openssl asn1parse -inform DER -in "$work/two.der" >"$work/asn1" 2>/dev/null
ok "the signature names its certificate" grep -q id-smime-aa-signingCertificateV2 "$work/asn1"
status "and does not sign a time" 1 grep -q signingTime "$work/asn1"

status "verify proves it" 0 "$OPSLEDGER" verify "$work/two.pdf" --trust "$work/ca.pem"
ok "tells who signed" grep -q 'signed by 项目负责人 (certificate of ca).*reason: 确认 𠮷, place: 横琴' "$work/out"
same "in JSON too" "True same 3 ['provider', 'purchaser'] ['trusted', 'trusted'] []" \
  "$(verdict "$work/two.pdf" "v['valid'], v['rebuilt'], v['revisions'], [s['field'] for s in v['signatures']], [s['chain'] for s in v['signatures']], v['changes']")"
status "without --trust" 0 "$OPSLEDGER" verify "$work/two.pdf"
ok "it says that no chain was checked" grep -q 'not trusted, chain not checked' "$work/out"
status "a chain that ends elsewhere is refused" 1 "$OPSLEDGER" verify "$work/two.pdf" --trust "$work/stranger.pem"
ok "and said" grep -q 'the certificate is not trusted' "$work/out"
status "from another folder of the repository too" 0 "$OPSLEDGER" -C "$ROOT/records" verify "$work/two.pdf"

# Signing has nothing of the place where it is done.
"$OPSLEDGER" sign "$bare" --field provider --p12 "$work/rsa.p12" --at-time 2026-11-27T09:30+08:00 --reason 确认 -o "$work/here.pdf"
mkdir -p "$work/else/where"
cp "$bare" "$work/else/where/r.pdf"
(cd "$work/else" && env TZ=America/New_York LC_ALL=zh_CN.GB18030 HOME=/nonexistent \
  "$OPSLEDGER" sign where/r.pdf --field provider --p12 "$work/rsa.p12" --at-time 2026-11-27T09:30+08:00 --reason 确认)
ok "the same key and time give the same bytes, in another zone, locale and folder" cmp "$work/here.pdf" "$work/else/where/r.pdf"

# poppler signs, first and second; both in one file with ours.
pdfsig -nssdir "$nss" -sign provider -nick rsa "$bare" "$work/poppler.pdf" >/dev/null 2>&1
status "verify proves what poppler signed" 0 "$OPSLEDGER" verify "$work/poppler.pdf" --trust "$work/ca.pem"
ok "signs after poppler" "$OPSLEDGER" sign "$work/poppler.pdf" --field purchaser --p12 "$work/p256.p12" -o "$work/mixed.pdf"
status "verify proves both" 0 "$OPSLEDGER" verify "$work/mixed.pdf" --trust "$work/ca.pem"
same "poppler calls both valid" 2 "$(poppler "$work/mixed.pdf" 'Signature is Valid')"
# Poppler writes the file's identifier as bytes, of which any may be NUL.
python3 - "$bare" "$work/nul.pdf" <<'PYTHON'
import re, sys
data = open(sys.argv[1], "rb").read()
at = data.rindex(b"/ID [ <")
open(sys.argv[2], "wb").write(data[:at] + re.sub(rb"<..", b"<00", data[at:]))
PYTHON
pdfsig -nssdir "$nss" -sign provider -nick rsa "$work/nul.pdf" "$work/nul1.pdf" >/dev/null 2>&1
ok "signs after a trailer with a NUL in it" "$OPSLEDGER" sign "$work/nul1.pdf" --field purchaser --p12 "$work/p256.p12"
same "both hold" 2 "$("$OPSLEDGER" verify "$work/nul1.pdf" --json | grep -c '"holds": true')"
pdfsig -nssdir "$nss" -sign purchaser -nick rsa "$work/one.pdf" "$work/mixed2.pdf" >/dev/null 2>&1
status "verify proves what poppler signed after us" 0 "$OPSLEDGER" verify "$work/mixed2.pdf" --trust "$work/ca.pem"
same "poppler calls both valid" 2 "$(poppler "$work/mixed2.pdf" 'Signature is Valid')"
for name in mixed mixed2; do
  ok "PDFBox preflight calls $name PDF/A-1b" java -cp "$class_path" org.apache.pdfbox.preflight.Validator_A1b "$work/$name.pdf"
done

# Whatever else is done to the file is refused and named.
refused() { # refused HOW [WORDS] [FILE]: the object that tamper.py blames, or WORDS, have to be told
  local object
  object=$(python3 tests/document/tamper.py "$1" "$work/${3:-two}.pdf" "$work/$1.pdf")
  status "refuses: $1" 1 "$OPSLEDGER" verify "$work/$1.pdf" --trust "$work/ca.pem"
  cat "$work/out" "$work/err" >"$work/said"
  ok "names it: $1" grep -qE "${2:-object $object: }" "$work/said"
}
refused figure 'Revision 4, page [0-9]+, object [0-9]+: writes a stream anew'
refused appearance
refused repoint 'object [0-9]+: changes the field "purchaser", which was signed before'
refused page
refused script 'object 1: adds /OpenAction'
refused annotation
refused deleted
refused info
refused byte 'first revision is not what this commit gives'
ok "and both signatures fall" test "$(grep -c 'the bytes are not those that were signed' "$work/said")" = 2
refused signature 'the signature does not hold'
refused maker 'It says that opsledger 9\.9\.9.0123456789ab made it, and this is'
refused tail 'bytes stand behind the end'
refused generation 'page [0-9]+, object [0-9]+: writes an object under another generation'
refused size 'trailer: changes /Size to fewer objects than there are'
refused font
refused rotate 'page [0-9]+, object [0-9]+: adds /Rotate'
refused permissions 'object 1: adds /Perms'
refused store 'page [0-9]+, object [0-9]+: writes a stream anew'
refused hybrid 'cross-reference streams are not read'
refused root 'trailer: changes /Root'
refused skipped 'bytes stand between two revisions'
refused unsigned 'changes the field "purchaser", which was signed before'
refused hidden 'bytes stand between two revisions'
refused form 'object [0-9]+: changes /Fields'
refused enlarged 'object [0-9]+: changes /Rect' one
refused invisible 'changes the field "purchaser" and signs nothing' one
same "in JSON with the page" "[True] [4]" "$(verdict "$work/figure.pdf" "[c['page'] > 0 for c in v['changes']], [c['revision'] for c in v['changes']]")"
same "a page appended leaves the first revision proved" "False same" "$(verdict "$work/page.pdf" "v['valid'], v['rebuilt']")"
same "poppler calls the signatures of a repainted report valid" 2 "$(poppler "$work/figure.pdf" 'Signature is Valid')"

# Another program that makes the same of the records; only its name is another.
sources=$("$OPSLEDGER" --version | sed 's/.*+//')
sed "s/$sources/0123456789ab/" "$OPSLEDGER" >"$work/other"
chmod +x "$work/other"
same "the program's name says what its sources are" "opsledger 0.1.0+0123456789ab" "$("$work/other" --version)"
"$work/other" report daily --contract hengqin-admin --period 2026-03-02 -o "$work/other.pdf"
same "a file names the program that made it" 1 "$(pdfinfo "$work/other.pdf" | grep -c '^Keywords:.* program 0.1.0+0123456789ab')"
status "what another program made is proved, where this one makes the same" 0 "$OPSLEDGER" verify "$work/other.pdf"

# A report whose commit this repository does not have.
clone "$work/elsewhere"
git -C "$work/elsewhere" commit -q --allow-empty -m "Another commit"
"$OPSLEDGER" -C "$work/elsewhere" report monthly --contract hengqin-admin --period 2026-03 -o "$work/foreign.pdf"
status "a report of an unknown commit is not proved" 1 "$OPSLEDGER" verify "$work/foreign.pdf"
ok "which is said" grep -q 'cannot be made again' "$work/out"

# Wrong use.
status "a field that there is not" 2 "$OPSLEDGER" sign "$bare" --field nobody --p12 "$work/rsa.p12" -o "$work/x.pdf"
ok "the fields are named" grep -q 'there are: provider, purchaser' "$work/err"
status "a field that is signed" 2 "$OPSLEDGER" sign "$work/one.pdf" --field provider --p12 "$work/rsa.p12" -o "$work/x.pdf"
status "a certificate out of its time" 2 "$OPSLEDGER" sign "$bare" --field provider --p12 "$work/rsa.p12" --at-time 2001-01-01T00:00 -o "$work/x.pdf"
printf 'wrong\n' >"$work/wrong"
status "a wrong password" 2 "$OPSLEDGER" sign "$bare" --field provider --p12 "$work/rsa.p12" --password-file "$work/wrong" -o "$work/x.pdf"
same "which is not told" "" "$(grep -l wrong "$work/out" "$work/err" | xargs -r grep -h '^wrong$')"
printf '%s\r\n' "$OPSLEDGER_PASSWORD" >"$work/right"
status "the right password, from a file" 0 env -u OPSLEDGER_PASSWORD "$OPSLEDGER" sign "$bare" --field provider --p12 "$work/rsa.p12" --password-file "$work/right" -o "$work/x.pdf"
python3 - "$OPSLEDGER" "$bare" "$work" >"$work/terminal" <<'PY'
import os, pty, sys
program, bare, work = sys.argv[1:]
password = os.environ.pop("OPSLEDGER_PASSWORD")
child, terminal = pty.fork()
if child == 0:
    os.execv(program, [program, "sign", bare, "--field", "provider", "--p12", work + "/rsa.p12", "-o", work + "/asked.pdf"])
said = b""
while not said.rstrip().endswith(b":"):
    said += os.read(terminal, 100)
os.write(terminal, password.encode() + b"\n")
try:
    while more := os.read(terminal, 100):
        said += more
except OSError:
    pass  # the terminal's other side is closed
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said.decode().split(), password in said.decode())
PY
same "the right password, from the terminal, which does not show it" "0 ['Password:'] False" "$(cat "$work/terminal")"
status "what was signed then is proved" 0 "$OPSLEDGER" verify "$work/asked.pdf"
status "no PKCS #12 file" 2 "$OPSLEDGER" sign "$bare" --field provider --p12 "$work/ca.pem" -o "$work/y.pdf"
ok "nothing is written then" test ! -e "$work/y.pdf"
status "no PDF file" 1 "$OPSLEDGER" verify "$work/ca.pem"
openssl genpkey -algorithm SM2 -out "$work/sm2.key" 2>/dev/null
openssl req -x509 -new -key "$work/sm2.key" -sm3 -out "$work/sm2.pem" -days 30 -subj /CN=sm2 2>/dev/null
openssl pkcs12 -export -inkey "$work/sm2.key" -in "$work/sm2.pem" -passout "pass:$OPSLEDGER_PASSWORD" -out "$work/sm2.p12"
status "SM2" 2 "$OPSLEDGER" sign "$bare" --field provider --p12 "$work/sm2.p12" -o "$work/y.pdf"
ok "is told to be out of reach" grep -q 'type SM2' "$work/err"
finish
