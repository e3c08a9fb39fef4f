#!/usr/bin/env bash
# Every kind of repository that engineers and CI have.
source "$(dirname "$0")/../lib.sh"
subject=$work/repository
clone "$subject"
sla() { "$OPSLEDGER" --as-of 2026-11-21T18:00+08:00 "$@" sla --contract hengqin-admin --period 2026-03 --json; }
sla -C "$subject" >"$work/wanted"

ok "a folder inside the work tree" cmp "$work/wanted" <(sla -C "$subject/records/hengqin-admin")
git -C "$subject" checkout -q --detach
ok "a detached head" cmp "$work/wanted" <(sla -C "$subject")
git -C "$subject" worktree add -q "$work/linked" HEAD
ok "a linked work tree" cmp "$work/wanted" <(sla -C "$work/linked")
git clone -q --bare "$subject" "$work/bare.git"
ok "a bare repository" cmp "$work/wanted" <(sla -C "$work/bare.git" --at "$(git -C "$subject" rev-parse HEAD)")
echo 'not committed' >>"$subject/records/hengqin-admin/incidents/2026-03.csv"
ok "the work tree is not read" cmp "$work/wanted" <(sla -C "$subject")

git init -q "$work/unborn"
cp -r "$ROOT/records" "$work/unborn/"
ok "the work tree before the first commit" "$OPSLEDGER" -C "$work/unborn" check --worktree
git -C "$work/unborn" add -A
ok "the index before the first commit" "$OPSLEDGER" -C "$work/unborn" check --staged
status "but no commit of it" 2 "$OPSLEDGER" -C "$work/unborn" check

git clone -q --depth 1 "file://$ROOT" "$work/shallow"
status "a shallow clone is refused" 2 env LC_ALL=en_US.UTF-8 "$OPSLEDGER" -C "$work/shallow" check
ok "with the remedy" grep -q 'git fetch --unshallow' "$work/err"
# An article whose object holds other bytes than its id says: a loose object, then one in a pack with a forged index.
forged=$work/forged
clone "$forged"
printf -- '---\ntitle: 一\nkind: 手册\n---\n\n一\n' >"$forged/kb/one.md"
commit_all "$forged" "one article"
id=$(git -C "$forged" rev-parse HEAD:kb/one.md)
other=$(echo other | git -C "$forged" hash-object -w --stdin)
loose() { echo "$forged/.git/objects/${1:0:2}/${1:2}"; }
cp -f "$(loose "$other")" "$(loose "$id")"
status "a loose object that is not what its id says" 1 "$OPSLEDGER" -C "$forged" check
ok "with its path" grep -q '^kb/one.md: error' "$work/out" "$work/err"
pack=$(echo "$other" | git -C "$forged" pack-objects -q .git/objects/pack/pack)
rm -f "$(loose "$id")"
python3 - "$forged/.git/objects/pack/pack-$pack.idx" "$id" <<'PYTHON'
import hashlib, os, struct, sys
path, name = sys.argv[1], bytes.fromhex(sys.argv[2])
os.chmod(path, 0o644)
index = bytearray(open(path, "rb").read())
index[8:1032] = b"".join(struct.pack(">I", first >= name[0]) for first in range(256))
index[1032:1052] = name
index[-20:] = hashlib.sha1(index[:-20]).digest()
open(path, "wb").write(index)
PYTHON
status "a packed one" 1 "$OPSLEDGER" -C "$forged" check
ok "with its path, too" grep -q '^kb/one.md: error' "$work/out" "$work/err"
mkdir "$work/nothing"
status "no repository at all" 2 "$OPSLEDGER" -C "$work/nothing" check
status "no such revision" 2 "$OPSLEDGER" -C "$subject" --at no-such-branch check
finish
