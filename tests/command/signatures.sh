#!/usr/bin/env bash
# audit --verify-signatures: real keys, made for the test; a repository that wants
# its own programs run and its own keys believed gets neither (issue 7).
source "$(dirname "$0")/../lib.sh"
export HOME=$work/home GNUPGHOME=$work/home/gnupg GIT_CONFIG_NOSYSTEM=1 LC_ALL=C.UTF-8 TMPDIR=$work/temporary
unset GIT_CONFIG_GLOBAL XDG_CONFIG_HOME
mkdir -p "$HOME" "$TMPDIR" && mkdir -m 700 "$GNUPGHOME"
story=$work/story
"$ROOT/tests/story/build.sh" "$story" >"$work/names" || exit 1
git -C "$story" config user.name 驻场工程师甲
git -C "$story" config user.email a@example.invalid
file=$story/records/hengqin-admin/incidents/2026-05.csv

ssh-keygen -q -t ed25519 -N '' -C engineer -f "$work/known" && ssh-keygen -q -t ed25519 -N '' -C stranger -f "$work/stranger"
echo "a@example.invalid $(cut -d' ' -f1,2 "$work/known.pub")" >"$work/signers"
gpg --batch --quiet --passphrase '' --quick-generate-key '驻场工程师甲 <a@example.invalid>' ed25519 sign never 2>"$work/gpg.err"
say $? "keys are made"

# late NUMBER GIT-OPTION …: a commit of a record that is written down a month late, so that a flag carries its grade.
late() {
  local number=$1
  shift
  echo "INC-2026-$number,登录缓慢,oa,P1,系统故障,电话,2026-04-01 09:00,2026-04-01 10:00," >>"$file"
  git -C "$story" "$@" commit -q -am "补录 $number" -S && git -C "$story" rev-parse HEAD >"$work/$number"
}
export GIT_AUTHOR_DATE="2026-05-20 09:00 +0800" GIT_COMMITTER_DATE="2026-05-20 09:00 +0800"
ok "signed with an SSH key" late 0061 -c gpg.format=ssh -c user.signingkey="$work/known.pub"
ok "signed with an SSH key that nobody knows" late 0062 -c gpg.format=ssh -c user.signingkey="$work/stranger.pub"
ok "signed with an OpenPGP key" late 0063 -c gpg.format=openpgp
ok "signed with it once more" late 0064 -c gpg.format=openpgp
git -C "$story" cat-file commit HEAD | sed 's/^补录 0064$/改过的说明/' >"$work/forged"
git -C "$story" reset -q --soft "$(git -C "$story" hash-object -t commit -w "$work/forged")"
git -C "$story" rev-parse HEAD >"$work/0064"
git -C "$story" -c gpg.format=ssh -c user.signingkey="$work/known.pub" tag -s -m 存档 kept "$(cat "$work/0061")"

audit() { "$OPSLEDGER" -C "$story" audit --contract hengqin-admin --json "$@"; }
verdicts() {
  python3 -c '
import json, pathlib, sys
name = {(pathlib.Path(sys.argv[1]) / n).read_text().strip(): n for n in ("0061", "0062", "0063", "0064")}
answer = json.load(sys.stdin)
for one in answer["signatures"]:
    if one["commit"] in name:
        print(name[one["commit"]], one["tag"] or "-", one["kind"], one["verdict"], one["signer"] or "-", bool(one["key"]))' "$work"
}
grades() {
  python3 -c '
import json, sys
flags = json.load(sys.stdin)["contracts"][0]["flags"]
print(*sorted(flag["record"][-4:] + flag["grade"] for flag in flags if flag["record"] and "INC-2026-006" in flag["record"]))'
}
proved="0061 - ssh good a@example.invalid True
0062 - ssh unproved - True
0063 - openpgp good 驻场工程师甲 <a@example.invalid> True
0064 - openpgp bad - False
0061 kept ssh good a@example.invalid True"
same "what is not asked for is not checked" "null" "$(audit | python3 -c 'import json, sys; print(json.dumps(json.load(sys.stdin).get("signatures")))')"
same "without checking, every signature counts" "0061A 0062B 0063B 0064B" "$(audit | grades)"
same "good, unknown and bad signatures are told apart" "$proved" "$(audit --verify-signatures --allowed-signers "$work/signers" | verdicts)"
same "with checking, only good ones count" "0061A 0062C 0063B 0064C" \
  "$(audit --verify-signatures --allowed-signers "$work/signers" | grades)"
same "the user's own configuration names the signers, too" "$proved" "$(
  git config --global gpg.ssh.allowedSignersFile "$work/signers" && audit --verify-signatures | verdicts)"
rm "$HOME/.gitconfig"
same "without a list of signers no SSH key is known, nor is a tag worth more" "0061C 0062C 0063B 0064C" \
  "$(audit --verify-signatures | grades)"
status "a list that is not there" 2 "$OPSLEDGER" -C "$story" audit --verify-signatures --allowed-signers "$work/nowhere"
LC_ALL=en_US.UTF-8 "$OPSLEDGER" -C "$story" audit --verify-signatures --allowed-signers "$work/signers" >"$work/text"
ok "the sum as text" grep -q '^signatures: 3 good, ' "$work/text"

# A hostile repository: programs of its own, keys of its own.
printf '#!/bin/sh\ntouch %s/run\nexit 0\n' "$work" >"$work/hostile" && chmod +x "$work/hostile"
for key in gpg.program gpg.openpgp.program gpg.ssh.program gpg.x509.program core.fsmonitor core.pager; do
  git -C "$story" config "$key" "$work/hostile"
done
echo "a@example.invalid $(cut -d' ' -f1,2 "$work/stranger.pub")" >"$work/believed"
git -C "$story" config gpg.ssh.allowedSignersFile "$work/believed"
same "a repository's own programs and keys change nothing" "$proved" \
  "$(audit --verify-signatures --allowed-signers "$work/signers" | verdicts)"
same "nor do its keys count where there are no others" "0061C 0062C 0063B 0064C" "$(audit --verify-signatures | grades)"
ok "nothing of it was run" test ! -e "$work/run"
git -C "$story" verify-commit "$(cat "$work/0061")" 2>/dev/null
ok "but would have been by git itself" test -e "$work/run"
same "nothing is left behind" "" "$(ls "$TMPDIR")"
GNUPGHOME=$GNUPGHOME gpgconf --kill all
finish
