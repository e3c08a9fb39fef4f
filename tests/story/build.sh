#!/usr/bin/env bash
# Builds the story: a repository of records in which everything happens that an
# audit has to notice, and much that only looks like it.
#
#   tests/story/build.sh FOLDER
#
# Authors and times are fixed, so every commit has the same id on every machine
# until the story or a schema changes. Prints a line "NAME COMMIT" for each step
# that the tests speak of. Signatures are made up: they are found, never verified.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
story=$1
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null HOME=/nonexistent TZ=Asia/Shanghai LC_ALL=C.UTF-8
export GIT_AUTHOR_NAME=驻场工程师甲 GIT_AUTHOR_EMAIL=a@example.invalid
export GIT_COMMITTER_NAME=$GIT_AUTHOR_NAME GIT_COMMITTER_EMAIL=$GIT_AUTHOR_EMAIL
git init -q -b main "$story"
cd "$story"
contract=records/hengqin

at() { export GIT_AUTHOR_DATE="$1 +0800" GIT_COMMITTER_DATE="$1 +0800"; }
# step NAME MESSAGE: commits all there is.
step() { git add -A && git commit -q -m "$2" && echo "$1 $(git rev-parse HEAD)"; }
incidents() { echo "$contract/incidents/2026-$1.csv"; }
HEAD_ROW=id,title,system,level,kind,channel,reported_at,restored_at,cause
# incident MONTH ID REPORTED RESTORED [TITLE [CAUSE]]
incident() {
  local file
  file=$(incidents "$1")
  mkdir -p "$(dirname "$file")"
  [ -f "$file" ] || echo "$HEAD_ROW" >"$file"
  echo "INC-2026-$2,${5:-登录缓慢},oa,P1,系统故障,电话,2026-$3,${4:+2026-$4},${6:-}" >>"$file"
}
# edit MONTH ID OLD NEW: in the row of that id.
edit() { sed -i "/^INC-2026-$2,/s|$3|$4|" "$(incidents "$1")"; }
drop() { sed -i "/^INC-2026-$2,/d" "$(incidents "$1")"; }

# The contract: recorded within 24 hours, restored within 2 hours, January imported.
at "2026-01-05 09:00"
mkdir -p $contract records/schema records/calendar
cp "$root"/records/schema/*.json records/schema/
cp "$root/records/calendar/cn-2026.csv" records/calendar/
cp -r "$root/templates" .
cat >$contract/contract.json <<'JSON'
{
  "id": "hengqin", "name": "运维服务", "seed": "E", "purchaser": "采购人", "provider": "承建运维单位", "offset": "+08:00",
  "signed_on": "2025-12-26", "term": {"from": "2026-01-01", "to": "2026-12-31"},
  "recording": {"within": "24h"}, "imports": [{"until": "2026-01-31", "reason": "系统启用前的表格记录"}],
  "clauses": {"E-T1": "恢复时间"},
  "systems": [{"id": "oa", "name": "办公系统"}], "levels": [{"id": "P1", "name": "重大故障"}],
  "targets": [{"id": "restore", "clause": "E-T1", "name": "恢复正常运行", "for": {"type": "incidents"},
               "from": "reported_at", "to": "restored_at", "within": "2h", "pause": ["等待采购人提供条件"]}],
  "reports": [{"id": "monthly", "kind": "monthly", "clause": "E-T1", "name": "运维月报",
               "signers": [{"id": "purchaser", "party": "purchaser", "role": "采购人代表"}]}]
}
JSON
echo "驻场工程师甲 <a@example.invalid> <old@example.invalid>" >.mailmap
step start "建立台账"

# History from before the ledger, entered at once: imported, not late.
at "2026-02-02 10:00"
incident 01 0001 "01-08 09:00" "01-08 10:00"
incident 01 0002 "01-20 15:00" "01-20 16:00"
step import "导入一月的表格记录"

at "2026-02-03 18:00"
incident 02 0010 "02-03 09:00" "02-03 10:00" 登录缓慢 会话过多
incident 02 0016 "02-03 14:00" "02-03 15:00" 附件打不开 磁盘已满
step on-time "二月三日的事件"

# Honest, and late; a note explains it.
at "2026-02-09 09:30"
incident 02 0011 "02-05 09:00" "02-05 10:00" 打印异常
mkdir -p $contract
printf 'id,record,flag,reason,noted_on,by\nAUD-2026-01,incidents/INC-2026-0011,补录逾期,外出期间无法提交,2026-02-09,驻场工程师甲\n' >$contract/audit_notes.csv
step late "补录二月五日的事件"

# A time that had not come when it was written down.
at "2026-02-11 18:00"
incident 02 0012 "02-12 10:00" "" 网络中断
step forged "二月十二日的事件"

# Missed, then edited until it was met.
at "2026-02-13 13:00"
incident 02 0013 "02-13 09:00" "02-13 12:00" 服务停止
step missed "二月十三日的事件"
at "2026-02-14 09:00"
edit 02 0013 "2026-02-13 12:00" "2026-02-13 10:30"
step edited "更正恢复时间"

# Open, then closed: nothing was replaced.
at "2026-02-16 09:30"
incident 02 0014 "02-16 09:00" "" 流程卡住
step opened "二月十六日的事件"
at "2026-02-16 12:30"
edit 02 0014 "2026-02-16 09:00,," "2026-02-16 09:00,2026-02-16 10:40,"
step closed "已恢复"

# Missed, and met since a pause that was entered afterwards.
at "2026-02-17 12:10"
incident 02 0015 "02-17 09:00" "02-17 12:00" 数据不同步
step waiting "二月十七日的事件"
at "2026-02-18 09:00"
printf 'id,incident,from,to,reason,approved_by\nPAU-2026-0001,INC-2026-0015,2026-02-17 09:30,2026-02-17 11:30,等待采购人提供条件,综合处负责人\n' >$contract/pauses.csv
step paused "补记暂停"

# February is signed on this commit.
signed=$(git rev-parse HEAD)
at "2026-03-02 17:00"
printf 'id,report,period,commit,signer,role,signed_at,verdict\nSGN-2026-01,monthly,2026-02,%s,综合处负责人,采购人代表,2026-03-02 16:00,合格\n' "$signed" >$contract/signoffs.csv
step signed "二月月报签收"

at "2026-03-04 09:00"
edit 02 0010 会话过多 连接泄漏
step after-signing "改正原因"
at "2026-03-05 09:00"
drop 02 0016
step removed-after-signing "删除重复"
removed=$(git rev-parse HEAD)
at "2026-03-05 10:00"
edit 02 0011 "2026-02-05 10:00," "2026-02-05 10:00,驱动过旧"
printf 'AUD-2026-02,%s,签收后更改,与二月三日的另一行重复,2026-03-05,驻场工程师甲\n' "${removed:0:12}" >>$contract/audit_notes.csv
step filled-after-signing "补充原因"
at "2026-03-06 12:00"
incident 03 0016 "03-06 09:00" "03-06 10:00" 考勤数据缺失 接口超时
step reused "三月六日的事件"

# Re-sorted, once with an edit inside and once without; rows moved, the file split.
at "2026-03-09 18:00"
for n in 0 1 2 3 4; do incident 03 002$n "03-09 1$n:00" "03-09 1$n:30" "事件$n" "原因$n"; done
step march "三月九日的事件"
at "2026-03-10 09:00"
edit 03 0022 原因2 其他原因
{ head -1 "$(incidents 03)"; tail -n +2 "$(incidents 03)" | sort -r; } >sorted && mv sorted "$(incidents 03)"
step hidden "按编号重排"
at "2026-03-10 10:00"
{ head -1 "$(incidents 03)"; tail -n +2 "$(incidents 03)" | sort; } >sorted && mv sorted "$(incidents 03)"
step sorted "按编号重排"
at "2026-03-10 11:00"
{ head -1 "$(incidents 03)"; grep '^INC-2026-0024,' "$(incidents 03)"; } >$contract/incidents/other.csv
drop 03 0024
step moved "移到另一个文件"

# Deleted and brought back; edited and taken back.
at "2026-03-10 12:00"
drop 03 0021
step deleted "误删"
at "2026-03-10 12:05"
git revert --no-edit HEAD >/dev/null && echo "returned $(git rev-parse HEAD)"
at "2026-03-10 12:10"
edit 03 0020 事件0 事件零
step retitled "改标题"
at "2026-03-10 12:15"
git revert --no-edit HEAD >/dev/null && echo "retitled-back $(git rev-parse HEAD)"

# Branch and merge; the same row picked to both sides; a branch rebased.
at "2026-03-11 10:00"
git checkout -q -b branch
incident 04 0030 "03-11 09:00" "03-11 10:00"
step on-branch "支线的事件"
at "2026-03-11 11:00"
git checkout -q main
incident 03 0031 "03-11 10:00" "03-11 10:30"
step on-main "主线的事件"
at "2026-03-11 12:00"
git merge -q --no-ff -m "合并支线" branch && echo "merged $(git rev-parse HEAD)"
at "2026-03-11 13:00"
git checkout -q -b hotfix
incident 04 0032 "03-11 12:30" "03-11 12:50"
step picked-from "支线的另一事件"
git checkout -q main
at "2026-03-11 14:00"
git cherry-pick hotfix >/dev/null && echo "picked $(git rev-parse HEAD)"
incident 03 0034 "03-11 13:30" "03-11 13:40"
step between "主线的另一事件"
at "2026-03-11 15:00"
git merge -q --no-ff -m "合并修补" hotfix && echo "merged-picked $(git rev-parse HEAD)"
at "2026-03-12 09:00"
git checkout -q -b topic
incident 05 0033 "03-12 08:30" "03-12 08:50"
git add -A && git commit -q -m "待整理的事件"
git checkout -q main
at "2026-03-12 10:00"
incident 03 0035 "03-12 09:30" "03-12 09:40"
step before-rebase "主线又一事件"
at "2026-03-12 17:00"
git rebase -q main topic && git checkout -q main && git merge -q --ff-only topic && echo "rebased $(git rev-parse HEAD)"

# Another address of the same engineer; a clock that was wrong; a signature.
at "2026-03-13 12:00"
incident 03 0036 "03-13 09:00" "03-13 10:00"
GIT_AUTHOR_EMAIL=old@example.invalid GIT_AUTHOR_NAME=甲 step mapped "用旧邮箱提交"
at "2026-03-13 11:00"
incident 03 0037 "03-13 10:30" "03-13 10:50"
step clock "时钟不准"
at "2026-03-16 12:00"
incident 03 0038 "03-16 09:00" "03-16 10:00"
step unsigned "签名前"
{
  git cat-file commit HEAD | sed '/^$/,$d'
  printf 'gpgsig -----BEGIN SSH SIGNATURE-----\n U1NIU0lHAAAAAQ==\n -----END SSH SIGNATURE-----\n\n'
  echo "签名的提交"
} >"$story/.git/signed"
git reset -q --soft "$(git hash-object -t commit -w "$story/.git/signed")"
echo "ssh-signed $(git rev-parse HEAD)"

# A merge that takes one side and loses the other's row.
at "2026-03-17 10:00"
git checkout -q -b lost
incident 04 0040 "03-17 09:00" "03-17 09:50"
step lost-row "支线的事件"
git checkout -q main
at "2026-03-17 11:00"
incident 03 0041 "03-17 10:00" "03-17 10:50"
step kept-row "主线的事件"
at "2026-03-17 12:00"
git merge -q -s ours --no-ff -m "合并支线" lost && echo "dropped $(git rev-parse HEAD)"

# A signed tag holds all until here.
{
  printf 'object %s\ntype commit\ntag v2026-03\ntagger 综合处负责人 <p@example.invalid> 1773795600 +0800\n\n三月存档\n' "$(git rev-parse HEAD)"
  printf -- '-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAQ==\n-----END SSH SIGNATURE-----\n'
} >"$story/.git/tag"
git update-ref refs/tags/v2026-03 "$(git hash-object -t tag -w "$story/.git/tag")"

# The contract's folder gets another name; a report signed on a commit that is gone.
at "2026-03-18 10:00"
git mv $contract records/hengqin-admin
contract=records/hengqin-admin
sed -i 's/"id": "hengqin"/"id": "hengqin-admin"/' $contract/contract.json
step renamed "改合同目录名"
at "2026-04-02 17:00"
echo "SGN-2026-02,monthly,2026-03,0123456789012345678901234567890123456789,综合处负责人,采购人代表,2026-04-02 16:00,合格" >>$contract/signoffs.csv
step signed-elsewhere "三月月报签收"
at "2026-04-03 12:00"
incident 04 0050 "04-03 09:00" "04-03 10:00"
step last "四月三日的事件"
