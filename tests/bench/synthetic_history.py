#!/usr/bin/env python3
"""Builds a synthetic repository of records with a long history, the same one every time.

usage: synthetic_history.py FOLDER COMMITS [ROWS_A_FILE [ROWS_A_COMMIT]]

Files grow by 1 to ROWS_A_COMMIT rows (18 when not given) a commit; one commit in ten also edits an
older row; one in fifty begins a branch of one commit, which is merged. A file takes ROWS_A_FILE
rows (2400 when not given), then the next one begins. The repository is packed by git gc, as a server
would. Known answers go to FOLDER.json: commits, records, events, files.
"""
import json
import random
import subprocess
import sys

SCHEMA = {"title": "事件", "primaryKey": "id", "dateField": "reported_at", "fields": [
    {"name": "id", "title": "编号", "type": "string"}, {"name": "title", "title": "标题", "type": "string"},
    {"name": "level", "title": "级别", "type": "string"},
    {"name": "reported_at", "title": "申报时间", "type": "datetime"},
    {"name": "restored_at", "title": "恢复时间", "type": "datetime"},
    {"name": "handler", "title": "处理人", "type": "string"}, {"name": "note", "title": "备注", "type": "string"}]}
HEAD = b"id,title,level,reported_at,restored_at,handler,note\n"
TITLES = ["登录缓慢", "考勤数据缺失", "附件打不开", "接口超时", "流程卡住"]


class Writer:
    def __init__(self, folder):
        subprocess.run(["git", "init", "-q", "--bare", "-b", "main", folder], check=True)
        self.process = subprocess.Popen(["git", "-C", folder, "fast-import", "--quiet", "--force"],
                                        stdin=subprocess.PIPE)
        self.out = self.process.stdin
        self.count = 0

    def commit(self, parents, path, data):
        self.count += 1
        person = b"\xe7\x94\xb2 <a@example.invalid> %d +0800" % (1600000000 + 600 * self.count)
        self.out.write(b"commit refs/heads/main\nmark :%d\nauthor %s\ncommitter %s\ndata 1\nx\n" % (self.count, person, person))
        for word, parent in zip((b"from", b"merge"), parents):
            self.out.write(b"%s :%d\n" % (word, parent))
        self.out.write(b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(data), data))
        return self.count

    def close(self):
        self.out.close()
        if self.process.wait():
            sys.exit("git fast-import failed")


def row(rng, number):
    return ("INC-%07d,%s,P%d,2026-03-%02dT%02d:%02d:00+08:00,2026-03-%02dT%02d:30:00+08:00,甲,%s\n" % (
        number, rng.choice(TITLES), rng.randrange(1, 6), rng.randrange(1, 29), rng.randrange(24), rng.randrange(60),
        rng.randrange(1, 29), rng.randrange(24), "重启服务" if rng.random() < 0.5 else "")).encode()


def edited(rng, old):
    cells = old.rstrip(b"\n").split(b",")
    cells[6] = b"note %d" % rng.randrange(10 ** 9)
    return b",".join(cells) + b"\n"


class Ledger:
    """The file that grows, and the counts."""

    def __init__(self):
        self.rng = random.Random(7)
        self.records = self.events = self.files = 0
        self.rows, self.path = [], None

    def next_file(self):
        self.files += 1
        self.path = "records/bench/incidents/%04d-%02d.csv" % (2000 + self.files // 12, self.files % 12 + 1)
        self.rows = []

    def grow(self, most):
        for _ in range(self.rng.randrange(1, most + 1)):
            self.records += 1
            self.events += 1
            self.rows.append(row(self.rng, self.records))

    def edit(self, below):
        """One of the first rows, which an earlier commit added."""
        at = self.rng.randrange(below)
        self.rows[at] = edited(self.rng, self.rows[at])
        self.events += 1

    def bytes(self):
        return HEAD + b"".join(self.rows)


def grow_by_branch(writer, ledger, tip):
    """A branch edits an early row while main grows; the merge has both."""
    trunk = list(ledger.rows)
    ledger.edit(10)
    branch = writer.commit([tip], ledger.path, ledger.bytes())
    side, ledger.rows = ledger.rows, trunk
    ledger.grow(1)
    tip = writer.commit([tip], ledger.path, ledger.bytes())
    ledger.rows[:10] = side[:10]
    return writer.commit([tip, branch], ledger.path, ledger.bytes())


def main():
    folder, commits = sys.argv[1], int(sys.argv[2])
    rows_a_file = int(sys.argv[3]) if len(sys.argv) > 3 else 2400
    most = int(sys.argv[4]) if len(sys.argv) > 4 else 18
    writer, ledger = Writer(folder), Ledger()
    tip = writer.commit([], "records/schema/incidents.json", json.dumps(SCHEMA, ensure_ascii=False).encode())
    tip = writer.commit([tip], "records/bench/contract.json", b'{"id": "bench"}\n')
    while writer.count < commits:
        if ledger.path is None or len(ledger.rows) >= rows_a_file:
            ledger.next_file()
        held = len(ledger.rows)
        if held > 50 and ledger.rng.random() < 0.02:
            tip = grow_by_branch(writer, ledger, tip)
            continue
        if held and ledger.rng.random() < 0.1:
            ledger.edit(held)
        ledger.grow(most)
        tip = writer.commit([tip], ledger.path, ledger.bytes())
    writer.close()
    subprocess.run(["git", "-C", folder, "gc", "-q"], check=True)
    with open(folder.rstrip("/") + ".json", "w", encoding="utf-8") as out:
        json.dump({"commits": writer.count, "records": ledger.records, "events": ledger.events,
                   "files": ledger.files}, out)


if __name__ == "__main__":
    main()
