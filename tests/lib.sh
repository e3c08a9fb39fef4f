# Sourced by shell tests: a scratch folder, and checks that print TAP lines.
#
#   ok NAME COMMAND …      passes when the command ends in 0; its output is in $work/ok.out and $work/ok.err
#   same NAME A B          passes when the two texts are equal
#   status NAME N COMMAND  passes when the command ends in N; its output is in $work/out and $work/err
set -uo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
count=0 bad=0

say() { # say STATUS NAME
  count=$((count + 1))
  if [ "$1" -eq 0 ]; then
    echo "ok $count - $2"
  else
    echo "not ok $count - $2"
    bad=1
  fi
}

ok() {
  local name=$1 result=0
  shift
  "$@" >"$work/ok.out" 2>"$work/ok.err" || result=$?
  [ $result -eq 0 ] || { sed 's/^/# /' "$work/ok.out" "$work/ok.err" | tail -n 20; }
  say $result "$name"
}

same() {
  if [ "$2" = "$3" ]; then
    say 0 "$1"
  else
    diff <(printf '%s\n' "$2") <(printf '%s\n' "$3") | sed 's/^/# /'
    say 1 "$1"
  fi
}

status() {
  local name=$1 wanted=$2 result=0
  shift 2
  "$@" >"$work/out" 2>"$work/err" || result=$?
  [ "$result" -eq "$wanted" ] || { echo "# ended in $result"; sed 's/^/# /' "$work/out" "$work/err" | tail -n 20; }
  [ "$result" -eq "$wanted" ]
  say $? "$name"
}

# A clone of this repository at HEAD, to be changed at will.
clone() {
  git clone -q --no-hardlinks "$ROOT" "$1"
  git -C "$1" config user.name tester
  git -C "$1" config user.email tester@example.invalid
  git -C "$1" config commit.gpgsign false
}

# Commits all that is in the clone at a fixed time.
commit_all() { # commit_all DIR MESSAGE
  git -C "$1" add -A
  GIT_AUTHOR_DATE=2026-11-22T12:00:00+08:00 GIT_COMMITTER_DATE=2026-11-22T12:00:00+08:00 \
    git -C "$1" commit -q -m "$2"
}

finish() {
  echo "1..$count"
  exit $bad
}
