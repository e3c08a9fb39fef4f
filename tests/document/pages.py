#!/usr/bin/env python3
"""Issue 4: the pages of each kind of docs/reports.md, as pdftotext reads them: none is empty, none but the
last holds next to nothing, no heading stands alone at the foot, no word outside the type area."""
import html
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.append(str(pathlib.Path(__file__).parents[1]))
from tap import check, done

ROOT = pathlib.Path(os.environ["ROOT"])
POINTS = 72 / 25.4
HEADING = re.compile(r"(第?[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)\S{0,24}[^\W\d]")  # in the table of contents a number follows
LEAST = 4  # lines


def run(*command):
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()


def lines_of(words):
    """Lines from top to bottom, each the words between its left and right; words are (left, top, right, bottom, text)."""
    lines = []
    for word in sorted(words, key=lambda word: (word[3], word[0])):
        if lines and abs(lines[-1][-1][3] - word[3]) < 3:
            lines[-1].append(word)
        else:
            lines.append([word])
    return ["".join(word[4] for word in sorted(line)) for line in lines]


def pages_of(path):
    """Words of the type area of each page, and those outside of it."""
    page = json.loads((ROOT / "templates/print.json").read_text(encoding="utf-8"))["page"]
    for text in run("pdftotext", "-bbox", path, "-").split("<page ")[1:]:
        width, height = (float(part) for part in re.match(r'width="([\d.]+)" height="([\d.]+)"', text).groups())
        inside, outside = [], []
        for found in re.finditer(r'xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>', text):
            left, top, right, bottom = (float(part) for part in found.groups()[:4])
            word = left, top, right, bottom, html.unescape(found[5])
            if bottom < page["top"] * POINTS - 4 or top > height - page["bottom"] * POINTS + 4:
                continue  # header and footer
            fits = left > page["inner"] * POINTS - 2 and right < width - page["outer"] * POINTS + 7  # a mark may hang out by half
            (inside if fits else outside).append(word)
        yield inside, outside


def faults(path):
    pages = list(pages_of(path))
    for at, (inside, outside) in enumerate(pages, 1):
        lines = lines_of(inside)
        if outside:
            yield f"page {at}: outside the type area: {outside[0][4]}"
        if not lines:
            yield f"page {at} is empty"
            continue
        if HEADING.fullmatch(lines[-1]):
            yield f"page {at}: a heading at the foot: {lines[-1]}"
        if len(lines) < LEAST and at < len(pages):
            yield f"page {at} holds {len(lines)} lines: {lines[0]}"


rows = re.findall(r"^\| `([a-z-]+)` \|.*\| `([a-z-]+)/reports/([A-Za-z0-9-]+)` \|$",
                  run("git", "-C", ROOT, "show", "HEAD:docs/reports.md"), re.M)
with tempfile.TemporaryDirectory() as work:
    for kind, contract, stem in rows:
        path = pathlib.Path(work, stem + ".pdf")
        run(os.environ["OPSLEDGER"], "-C", ROOT, "report", kind, "--contract", contract,
            "--period", re.sub(f"^{kind}-", "", stem), "-o", path)
        check(f"pages of {kind}", list(faults(path)))
word = lambda left, top, text: (left, top, left + 10, top + 10, text)
check("lines are read", [] if lines_of([word(90, 100, "二、"), word(101, 100, "事件"), word(90, 90, "甲")]) == ["甲", "二、事件"]
      and HEADING.fullmatch("二、事件") and not HEADING.fullmatch("甲二、") else ["not as expected"])
done()
