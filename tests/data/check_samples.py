#!/usr/bin/env python3
"""The sample records are whole: typed, unique, linked, in order of time, within
the contract. Every row of docs/requirements.md has data: see coverage.py."""
import datetime
import pathlib
import sys
from collections import Counter

from samples import ROOT, load

sys.path.append(str(pathlib.Path(__file__).parents[1]))
from tap import check, done

# Pairs of fields of which the first may not be later than the second.
ORDER = {
    "incidents": """reported_at responded_at, reported_at remote_started_at, reported_at plan_at, reported_at arrived_at, responded_at restored_at,
        remote_started_at dispatched_at, dispatched_at arrived_at, arrived_at restored_at, plan_at restored_at, workaround_at restored_at,
        detected_at restored_at, restored_at resolved_at, resolved_at closed_at, restored_at report_filed_at, report_filed_at report_signed_at,
        outage_from outage_to""",
    "pauses": "from to", "reopenings": "at restored_at", "absences": "from to", "staff": "from to", "assets": "installed_on retired_on",
    "inspections": "inspected_at finished_at, finished_at report_filed_at, report_filed_at report_signed_at", "backups": "started_at finished_at",
    "requests": "requested_at responded_at, responded_at solved_at", "changes": "announced_at planned_from, planned_from planned_to, started_at finished_at",
    "assessments": "assessed_at report_filed_at", "findings": "found_on due_on, found_on closed_on, closed_on retested_on",
    "deliverables": "submitted_at confirmed_at", "payments": "invoiced_on paid_on", "risks": "identified_on closed_on", "exercises": "held_from held_to",
    "licences": "template_on template_mended_on, template_mended_on reported_on, reported_on re_reported_on",
}


def types(contract):
    return contract.faults


def unique(contract):
    for kind, records in contract.records.items():
        for identity, count in Counter(r["id"] for r in records).items():
            if count > 1:
                yield f"{kind}/{identity} stands {count} times"


def references(contract):
    known = {kind: {r["id"] for r in records} for kind, records in contract.records.items()}
    for kind, records in contract.records.items():
        for field in contract.schemas[kind]["fields"]:
            to = field.get("references")
            for r in records if to else []:
                if r[field["name"]] is not None and r[field["name"]] not in known[to]:
                    yield f"{r.place}: no {to}/{r[field['name']]}"


def order(contract):
    for kind, pairs in ORDER.items():
        for r in contract.records[kind]:
            for first, then in (pair.split() for pair in pairs.split(",")):
                if r[first] is not None and r[then] is not None and r[first] > r[then]:
                    yield f"{r.place}: {then} before {first}"


def names(contract):
    systems = {name for s in contract.terms["systems"] for name in (s["id"], s["name"])}
    levels = {name for x in contract.terms.get("levels", []) for name in (x["id"], x["name"])}
    for kind, records in contract.records.items():
        for r in records:
            if r["system"] is not None and r["system"] not in systems:
                yield f"{r.place}: no system {r['system']}"
            for field in ("level", "from_level", "to_level"):
                if r[field] is not None and r[field] not in levels:
                    yield f"{r.place}: no level {r[field]}"


def term(contract):
    """Everything is dated from the signing to the end of the term, or a month after; what is noted for the audit
    can come at any time."""
    first = datetime.date.fromisoformat(contract.terms["signed_on"])
    last = datetime.date.fromisoformat(contract.terms["term"]["to"]) + datetime.timedelta(days=31)
    for kind, records in contract.records.items():
        field = contract.schemas[kind].get("dateField")
        for r in records if field and kind != "audit_notes" else []:
            day = r[field].date() if isinstance(r[field], datetime.datetime) else r[field]
            if day and not first <= day <= last:
                yield f"{r.place}: {field} {day} is out of the term"


def pauses(contract):
    incidents = {r["id"]: r for r in contract.records["incidents"]}
    for kind in ("pauses", "level_changes", "reopenings"):
        for r in contract.select(kind, incident=incidents.__contains__):
            incident, start = incidents[r["incident"]], r["from"] or r["at"]
            end = incident["restored_at"]
            if start < incident["reported_at"]:
                yield f"{r.place}: before {incident['id']} was reported"
            if end and (start < end if kind == "reopenings" else start > end):
                yield f"{r.place}: on the wrong side of the restoring of {incident['id']}"
            if kind == "pauses" and (not r["to"] and end or r["to"] and end and r["to"] > end):
                yield f"{r.place}: goes on after {incident['id']} was restored"


def levels(contract):
    """A record carries the level that its last change gave it."""
    incidents = {r["id"]: r for r in contract.records["incidents"]}
    for change in sorted(contract.select("level_changes", incident=incidents.__contains__), key=lambda r: r["at"]):
        incidents[change["incident"]] = dict(incidents[change["incident"]], last=change)
    for r in incidents.values():
        if "last" in r and r["level"] != r["last"]["to_level"]:
            yield f"{r['last'].place}: {r['id']} is of level {r['level']}"


def reruns(contract):
    backups = {r["id"]: r for r in contract.records["backups"]}
    for r in backups.values():
        failed = backups.get(r["rerun_of"])
        if failed and (failed["result"] != "失败" or r["started_at"] < failed["started_at"]):
            yield f"{r.place}: runs again what had not failed before"


def files(contract):
    for path in sorted((ROOT / contract.name).rglob("*")):
        if path.is_file() and path.stat().st_size > 1 << 20:
            yield f"{path}: over 1 MB"


def articles(contract):
    for r in contract.records["incidents"] + contract.records["requests"]:
        for path in filter(None, (r["articles"] or r["article"] or "").split(",")):
            if not (ROOT.parent / path).is_file():
                yield f"{r.place}: no article {path}"


def balance(contract):
    for r in contract.records["licences"]:
        if r["accepted"] != r["reported"] - r["returned"] + (r["re_reported"] or 0):
            yield f"{r.place}: accepted does not agree with reported, returned, re-reported"
    for r in contract.records["messages"]:
        if r["sent"] != r["delivered"] + r["failed"]:
            yield f"{r.place}: sent is not delivered and failed"
    for r in contract.records["migrations"]:
        if abs(r["source_rows"] - r["target_rows"]) != r["differences"]:
            yield f"{r.place}: differences do not agree with the rows"


def main():
    _, contracts = load()
    for contract in contracts.values():
        for rule in (types, unique, references, order, names, term, pauses, levels, reruns, files, articles, balance):
            check(f"{contract.name} {rule.__name__}", list(rule(contract)))
    done()


main()
