#!/usr/bin/env python3
"""Every message of the catalogue and every text handed to translate() has a
Chinese translation with the same arguments; no translation is left over."""
import pathlib
import re
import sys

sys.path.append(str(pathlib.Path(__file__).parents[1]))
from tap import check, done

STRING = r'"((?:[^"\\]|\\.)*)"'


def joined(text):
    return "".join(re.findall(STRING, text))


def catalogue():
    text = pathlib.Path("generator/base/messages.def").read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    for entry in re.finditer(r"MESSAGE\(\s*\w+\s*,\s*\w+\s*,\s*" + STRING + r"\s*,\s*((?:" + STRING + r"\s*)+)\)", text):
        yield joined(entry.group(2))


def translated_calls():
    for path in sorted(pathlib.Path("generator").rglob("*.[ch]")):
        text = path.read_text(encoding="utf-8")
        for call in re.finditer(r"\b(?:translate|N_)\(\s*((?:" + STRING + r"\s*)+)\)", text):
            yield joined(call.group(1))


def translations():
    table = {}
    text = pathlib.Path("po/zh_CN.po").read_text(encoding="utf-8")
    for entry in re.finditer(r"^msgid ((?:" + STRING + r"\s*)+)^msgstr ((?:" + STRING + r"\s*)+)", text, flags=re.M):
        table[joined(entry.group(1))] = joined(entry.group(3))
    table.pop("", None)
    return table


def arguments(text):
    return sorted(set(re.findall(r"\{\d\}", text))) + sorted(re.findall(r"%[-+ #0-9.*]*[a-z]+", text))


wanted = set(catalogue()) | set(translated_calls())
table = translations()
faults = [f"not translated: {text}" for text in sorted(wanted) if not table.get(text)]
faults += [f"arguments differ: {text}" for text in sorted(wanted) if table.get(text) and arguments(text) != arguments(table[text])]
faults += [f"no longer used: {text}" for text in sorted(set(table) - wanted)]
check(f"{len(wanted)} messages are translated", faults)
check("messages are read", len(wanted) < 10)
done()
