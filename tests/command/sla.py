#!/usr/bin/env python3
"""E-T1 … E-T5: opsledger sla of March 2026 agrees with the table worked by hand,
incident by incident, and the sums of its targets with its items."""
import csv
import json
import os
import pathlib
import subprocess
import sys

sys.path.append(str(pathlib.Path(__file__).parents[1]))
from tap import check, done

HERE = pathlib.Path(__file__).parent
answer = json.loads(subprocess.run(
    [os.environ["OPSLEDGER"], "-C", os.environ["ROOT"], "--as-of", "2026-11-21T18:00:00+08:00",
     "sla", "--contract", "hengqin-admin", "--period", "2026-03", "--json"], check=True, capture_output=True).stdout)

FIELDS = ["from", "deadline", "to", "paused_minutes", "verdict", "overrun_minutes"]
with open(HERE / "sla-hengqin-2026-03.csv", encoding="utf-8") as file:
    worked = {(row["record"].split("/")[-1], row["target"]): row for row in csv.DictReader(file)}
told = {(item["record"].split("/")[-1], item["target"]): item for item in answer["items"] if "/incidents/" in item["record"]}


def same(name, hand, program):
    if name.endswith("_minutes"):
        return abs(float(hand or 0) - program) < 0.01
    if hand == "" or program is None:
        return hand == "" and program is None
    return hand[:16] == program[:16] if name in ("from", "deadline", "to") else hand == program


check("as many clocks as by hand", sorted(set(worked) ^ set(told)))
for key in worked:
    item = told.get(key, {})
    wrong = [f"{name}: by hand {worked[key][name]}, by program {item.get(name)}" for name in FIELDS
             if not item or not same(name, worked[key][name], item[name])]
    check(" · ".join(key), "; ".join(wrong))
for target in answer["targets"]:
    of = [item["verdict"] for item in answer["items"] if item["target"] == target["id"]]
    wrong = [v for v in ("met", "missed", "running", "paused", "excluded", "unknown") if of.count(v) != target[v]]
    judged = target["met"] + target["missed"]
    share = 100 * target["met"] / judged if judged else None
    if (share is None) != (target["attainment"] is None) or (share is not None and abs(share - target["attainment"]) > 1e-9):
        wrong.append("attainment")
    check(f"{target['id']} ({target['clause']}) adds up", wrong)
done()
