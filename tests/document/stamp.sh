#!/usr/bin/env bash
# Time stamps (RFC 3161) from a local authority over signatures of RSA and P-256; what verify says of true and false ones.
source "$(dirname "$0")/../lib.sh"
source "$ROOT/tests/document/keys.sh"
cd "$ROOT" || exit 1
authority ca
signer rsa 项目负责人 -newkey rsa:2048
signer p256 采购人代表 -newkey ec -pkeyopt ec_paramgen_curve:P-256
certificate tsa 时间戳服务 critical,timeStamping -newkey rsa:2048
cat >"$work/tsa.cnf" <<CNF
[tsa]
default_tsa = local
[local]
serial = $work/serial
signer_cert = $work/tsa.pem
signer_key = $work/tsa.key
certs = $work/ca.pem
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
CNF
echo 1000 >"$work/serial"
cat >"$work/tsa" <<'TSA'
#!/bin/sh
# Answers with a time stamp, and keeps what it was asked and gave.
cat >"$0.request"
env >"$0.environment"
openssl ts -reply -config "$0.cnf" -queryfile "$0.request" -out "$0.response" 2>/dev/null && cat "$0.response"
TSA
chmod +x "$work/tsa"
monthly=$work/monthly.pdf
"$OPSLEDGER" --as-of 2026-11-21T18:00+08:00 report monthly --contract hengqin-admin --period 2026-03 -o "$monthly"

status "signs with a time stamp" 0 "$OPSLEDGER" sign "$monthly" --field provider --p12 "$work/rsa.p12" --tsa-command "$work/tsa" -o "$work/one.pdf"
same "and prints nothing" "" "$(cat "$work/out" "$work/err")"
same "the authority's program does not get the password" "" "$(grep -F "$OPSLEDGER_PASSWORD" "$work/tsa.environment")"
ok "it was asked for SHA-256 and the certificate" grep -qz 'sha256.*Certificate required: yes' <(openssl ts -query -in "$work/tsa.request" -text 2>/dev/null)
cp "$work/tsa.response" "$work/first.response"
status "signs with P-256 and a time stamp" 0 "$OPSLEDGER" sign "$work/one.pdf" --field purchaser --p12 "$work/p256.p12" --tsa-command "$work/tsa" -o "$work/two.pdf"
status "verify proves both" 0 "$OPSLEDGER" verify "$work/two.pdf" --trust "$work/ca.pem"
same "and tells both times" 2 "$(grep -cE 'time stamp: 20[-0-9]+T[:0-9]+\+08:00, by 时间戳服务, whose certificate leads to one that is trusted' "$work/out")"
same "in JSON too" "[('时间戳服务', True, 'trusted', True), ('时间戳服务', True, 'trusted', True)]" \
  "$(verdict "$work/two.pdf" "[(s['time_stamp']['authority'], s['time_stamp']['holds'], s['time_stamp']['chain'], s['time_stamp']['at'].endswith('+08:00')) for s in v['signatures']]")"
same "poppler calls both signatures valid" 2 "$(pdfsig "$work/two.pdf" 2>/dev/null | grep -c 'Signature is Valid')"
ok "qpdf finds nothing wrong" qpdf --check "$work/two.pdf"
ok "PDFBox preflight calls it PDF/A-1b" java -cp "$class_path" org.apache.pdfbox.preflight.Validator_A1b "$work/two.pdf"

# Another program finds the token in its place (CAdES: an unsigned attribute) and holds it against the signature's value.
python3 - "$work/one.pdf" "$work" <<'PY'
import re, sys
der = bytes.fromhex(re.findall(rb"/Contents <([0-9a-f]+)>", open(sys.argv[1], "rb").read())[-1].decode())
at = der.index(bytes.fromhex("060b2a864886f70d010910020e"))  # id-aa-timeStampToken
token = der[at + 13 + 4:]  # behind the head of the set
open(sys.argv[2] + "/token", "wb").write(token[:4 + int.from_bytes(token[2:4], "big")])
value = der.rindex(bytes.fromhex("04820100"), 0, at) + 4  # the signature, of 256 bytes, stands before
open(sys.argv[2] + "/value", "wb").write(der[value:value + 256])
PY
ok "openssl verifies the token" openssl ts -verify -token_in -in "$work/token" -data "$work/value" -CAfile "$work/ca.pem"

# No stamp, no signature.
refused() { # refused NAME COMMAND WORDS
  status "$1: nothing is signed" 2 "$OPSLEDGER" sign "$monthly" --field provider --p12 "$work/rsa.p12" --tsa-command "$2" -o "$work/x.pdf"
  ok "$1: which is said" grep -q "$3" "$work/err"
}
refused "an authority that fails" "cat; exit 3" "there is no answer"
refused "an authority that says nothing" "cat >$work/nothing" "the answer is no response that grants"
refused "an authority that does not read" "exec <&-; sleep 0.1; echo no" "the answer is no response that grants"
refused "an authority that never ends" "cat /dev/zero" "there is no answer"
refused "a stamp over something else" "cat $work/first.response" "it is over something else"
ok "no file is written then" test ! -e "$work/x.pdf"

# Stamps that do not prove anything. They lie outside of what the signature covers, so that it holds all the same.
forge() { # forge HOW OUT
  python3 - "$1" "$work/one.pdf" "$work/two.pdf" "$2" <<'PY'
import re, sys
how, source, other, target = sys.argv[1:]
hexes = lambda path: re.findall(rb"/Contents <([0-9a-f]+)>", open(path, "rb").read())
data, mine, theirs = open(source, "rb").read(), hexes(source)[0], hexes(other)[1]
mark = b"060b2a864886f70d010910020e"
at = mine.index(mark)
if how == "transplanted":
    taken = theirs[theirs.index(mark):]
    forged = mine[:at] + taken[:len(mine) - at].ljust(len(mine) - at, b"0")
else:
    end = len(mine.rstrip(b"0")) - 40
    forged = mine[:end] + (b"1" if mine[end:end + 1] != b"1" else b"2") + mine[end + 1:]
assert forged != mine and len(forged) == len(mine)
open(target, "wb").write(data.replace(mine, forged))
PY
}
forge transplanted "$work/transplanted.pdf"
status "a stamp taken from another signature is refused" 1 "$OPSLEDGER" verify "$work/transplanted.pdf" --trust "$work/ca.pem"
ok "and said" grep -q 'its time stamp does not hold: it is over something else' "$work/out"
forge damaged "$work/damaged.pdf"
status "a stamp that was altered is refused" 1 "$OPSLEDGER" verify "$work/damaged.pdf" --trust "$work/ca.pem"
ok "and said" grep -q 'its time stamp does not hold: its signature does not hold' "$work/out"
same "poppler calls both valid" 2 \
  "$(for name in transplanted damaged; do pdfsig "$work/$name.pdf" 2>/dev/null; done | grep -c 'Signature is Valid')"

# Whose word: an authority that nobody trusts, and one that knows better than the signer.
cp "$work/ca.pem" "$work/ours.pem"
mv "$work/ca.pem" "$work/first-ca.pem" && mv "$work/ca.key" "$work/first-ca.key"
authority ca
certificate tsa 时间戳服务 critical,timeStamping -newkey rsa:2048
status "signs with a stamp of a strange authority" 0 "$OPSLEDGER" sign "$monthly" --field provider --p12 "$work/rsa.p12" --tsa-command "$work/tsa" -o "$work/strange.pdf"
status "which is not trusted" 1 "$OPSLEDGER" verify "$work/strange.pdf" --trust "$work/ours.pem"
ok "and said" grep -q 'by 时间戳服务, whose certificate is not trusted' "$work/out"
cat "$work/ours.pem" "$work/ca.pem" >"$work/both.pem"
status "until its root is among --trust" 0 "$OPSLEDGER" verify "$work/strange.pdf" --trust "$work/both.pem"

# The signer dates the signature back into the time of a certificate that has ended since.
until=20210101000000Z signer ended ended -newkey rsa:2048
back=(sign "$monthly" --field provider --p12 "$work/ended.p12" --at-time 2020-06-01T08:00)
ok "signs long ago" "$OPSLEDGER" "${back[@]}" -o "$work/back.pdf"
status "the signer's own word is taken" 0 "$OPSLEDGER" verify "$work/back.pdf" --trust "$work/both.pem"
ok "signs long ago, with a time stamp of today" "$OPSLEDGER" "${back[@]}" --tsa-command "$work/tsa" -o "$work/back.pdf"
status "an authority's word goes before it" 1 "$OPSLEDGER" verify "$work/back.pdf" --trust "$work/both.pem"
ok "the certificate has ended" grep -q 'the certificate is not trusted: certificate has expired' "$work/out"
finish
