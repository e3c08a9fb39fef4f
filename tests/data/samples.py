"""Reads records/ as the program does, with no code shared: CSV headed by names or
titles, JSON objects, schemas. For the tests of the sample data."""
import csv
import datetime
import json
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2] / "records"
ZONE = datetime.timezone(datetime.timedelta(hours=8))


def parse(kind, text):
    """The value of a field; raises ValueError when text is none of its kind."""
    if kind == "datetime":
        time = datetime.datetime.fromisoformat(text)
        return time if time.tzinfo else time.replace(tzinfo=ZONE)
    if kind == "date":
        return datetime.date.fromisoformat(text)
    if kind == "boolean":
        return bool(["否", "是"].index(text))
    return {"integer": int, "number": float}.get(kind, str)(text)


class Record(dict):
    """Fields by name, typed; absent ones read as None. place is path:line."""

    def __init__(self, place, fields):
        super().__init__(fields)
        self.place = place

    def __missing__(self, name):
        return None


class Contract:
    def __init__(self, folder, schemas):
        self.name, self.schemas, self.faults = folder.name, schemas, []
        self.terms = json.loads((folder / "contract.json").read_text(encoding="utf-8"))
        self.records = {kind: [] for kind in schemas}
        for path in sorted(folder.rglob("*")):
            if path.name == "contract.json" or not path.is_file():
                continue
            kind = path.relative_to(folder).parts[0].split(".")[0]
            self.records[kind] += self.read(path, schemas[kind])

    def read(self, path, schema):
        shown = path.relative_to(ROOT.parent)
        if path.suffix == ".json":
            yield self.typed(f"{shown}:1", json.loads(path.read_text(encoding="utf-8")), schema)
            return
        with open(path, encoding="utf-8-sig", newline="") as file:
            names = {f["title"]: f["name"] for f in schema["fields"]}
            reader = csv.reader(file)
            head = [names.get(cell, cell) for cell in next(reader)]
            for row in reader:
                place = f"{shown}:{reader.line_num}"
                if len(row) != len(head):
                    self.faults.append(f"{place}: {len(row)} cells under {len(head)} heads")
                yield self.typed(place, {k: v for k, v in zip(head, row) if v != ""}, schema)

    def typed(self, place, raw, schema):
        fields = {f["name"]: f for f in schema["fields"]}
        record = Record(place, {})
        for name, value in raw.items():
            field = fields.get(name)
            if not field:
                self.faults.append(f"{place}: no field {name}")
                continue
            limits = field.get("constraints", {})
            try:
                record[name] = parse(field["type"], value) if isinstance(value, str) else value
            except ValueError:
                self.faults.append(f"{place}: {name} is no {field['type']}: {value}")
                continue
            if "enum" in limits and value not in limits["enum"]:
                self.faults.append(f"{place}: {name} has no such value: {value}")
            if "pattern" in limits and not re.search(limits["pattern"], value):
                self.faults.append(f"{place}: {name} does not match: {value}")
            if "maxLength" in limits and len(value) > limits["maxLength"]:
                self.faults.append(f"{place}: {name} is too long")
            if "minimum" in limits and record[name] < limits["minimum"]:
                self.faults.append(f"{place}: {name} is below {limits['minimum']}")
            if "maximum" in limits and record[name] > limits["maximum"]:
                self.faults.append(f"{place}: {name} is above {limits['maximum']}")
        for name, field in fields.items():
            if field.get("constraints", {}).get("required") and name not in record:
                self.faults.append(f"{place}: {name} is missing")
        return record

    def select(self, of, **wanted):
        """The records of a type whose fields have these values: a value, a tuple of
        them, None for absent, ... for present, or a function of the value."""
        def fits(value, want):
            if want is ...:
                return value is not None
            if callable(want):
                return value is not None and want(value)
            return value in want if isinstance(want, tuple) else value == want
        return [r for r in self.records[of] if all(fits(r[name], want) for name, want in wanted.items())]


def load():
    schemas = {p.stem: json.loads(p.read_text(encoding="utf-8")) for p in sorted((ROOT / "schema").glob("*.json"))}
    return schemas, {p.parent.name: Contract(p.parent, schemas) for p in sorted(ROOT.glob("*/contract.json"))}
