#!/usr/bin/env bash
# Every command that the two READMEs and docs/audit.md show is run as it stands.
source "$(dirname "$0")/../lib.sh"
clone "$work/repository"
cd "$work/repository" || exit 1
mkdir "$work/bin"
ln -s "$OPSLEDGER" "$work/bin/opsledger"
PATH=$work/bin:$PATH
for readme in README.md README.zh-CN.md docs/audit.md; do
  sed -n 's/^    \(opsledger .*\)/\1/p' "$readme" | sed 's/ *#.*//' >"$work/commands"
  ok "$readme shows commands" test "$(wc -l <"$work/commands")" -ge 7
  while read -r -a command; do
    # build is run by its own test, and takes the longest
    [ "${command[1]}" = build ] && continue
    ok "$readme: ${command[*]}" "${command[@]}"
  done <"$work/commands"
done
same "both show the same commands" "$(sed -n 's/^    \(\.\/\|opsledger \)/\1/p' README.md | sed 's/ *#.*//')" \
  "$(sed -n 's/^    \(\.\/\|opsledger \)/\1/p' README.zh-CN.md | sed 's/ *#.*//')"
finish
