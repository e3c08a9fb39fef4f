"""What must not be in a finished report. As a program: of every report below a folder, one line a fault."""
import json
import pathlib
import re
import sys


def empty_sections(text):
    """Headings with nothing before the next one of their level or above."""
    lines = [line for line in text.split("\n") if line.strip()]
    level = [len(re.match("#*", line)[0]) for line in lines]
    return [lines[i] for i in range(len(lines))
            if level[i] and (i + 1 == len(lines) or 0 < level[i + 1] <= level[i])]


def strings(value):
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
        yield from strings(inner)


def faults(text):
    found = [f"nothing under {heading}" for heading in empty_sections(text)]
    found += [f"a raw tag {tag}" for tag in re.findall(r"\{\{.*?\}\}", text)]
    words = re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)
    for block in re.findall(r"^```\w+\n(.*?)^```$", text, re.M | re.S):
        words += "\n".join(strings(json.loads(block))) if block.strip() else ""
    found += [f"null in words: {line}" for line in words.split("\n") if re.search(r"\b(null|true|false)\b", line)]
    return found + [f"two marks in a row: {marks}" for marks in re.findall(r".{0,9}[。；，：]{2}", words)]


def main(folder):
    files = sorted(pathlib.Path(folder).rglob("reports/*.md"))
    all_faults = [f"{path}: {fault}" for path in files for fault in faults(path.read_text(encoding="utf-8"))]
    print("\n".join(all_faults or [f"no fault in {len(files)} reports"]))
    return bool(all_faults) or not files


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
