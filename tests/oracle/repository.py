"""Writes one random contract and its rows as a records repository, and asks the program."""
import csv
import json
import os
import pathlib
import shutil
import subprocess

MOMENT = "2027-12-31T12:00:00+08:00"
FILE_ROWS = 1000


class Repository:
    def __init__(self, folder, root, document, rows):
        """rows: type → list of dicts. Commits them at a fixed moment."""
        self.folder, self.contract = pathlib.Path(folder), document["id"]
        records = self.folder / "records"
        home = records / self.contract
        home.mkdir(parents=True)
        for part in ("schema", "calendar"):
            shutil.copytree(pathlib.Path(root) / "records" / part, records / part)
        (home / "contract.json").write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")
        for kind, table in rows.items():
            self.write(home / kind, table)
        self.commit()

    @staticmethod
    def write(folder, table):
        columns = sorted({column for row in table for column in row} - {"type"})
        for first in range(0, len(table), FILE_ROWS):
            folder.mkdir(exist_ok=True)
            with open(folder / f"{first:06}.csv", "w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, columns, restval="", extrasaction="ignore", lineterminator="\n")
                writer.writeheader()
                writer.writerows(table[first:first + FILE_ROWS])

    def commit(self):
        environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        for role in ("AUTHOR", "COMMITTER"):
            environment |= {f"GIT_{role}_NAME": "tester", f"GIT_{role}_EMAIL": "tester@example.invalid",
                            f"GIT_{role}_DATE": MOMENT}
        for arguments in (["init", "-q", "."], ["add", "-A"], ["commit", "-q", "-m", "random records"]):
            subprocess.run(["git", *arguments], cwd=self.folder, env=environment, check=True)

    def ask(self, command, as_of):
        """The program's answer for the whole term."""
        done = subprocess.run([os.environ["OPSLEDGER"], "-C", self.folder, "--as-of", as_of, command, "--contract",
                               self.contract, "--period", "term", "--json"], capture_output=True, text=True)
        if not done.stdout:
            errors = [line for line in done.stderr.splitlines() if ": warning: " not in line]
            raise SystemExit("\n".join([f"Bail out! opsledger {command} ended in {done.returncode}", *errors[:20]]))
        return json.loads(done.stdout)
