#!/usr/bin/env python3
"""The floor rule: a file includes only files of its own or a lower floor, and
each third-party library's headers are included by one floor only."""
import pathlib
import re
import sys

sys.path.append(str(pathlib.Path(__file__).parents[1]))
from tap import check, done

FLOORS = "base text time source ledger rules proof report document site command".split()
# The floors that may include a library's headers; the two rooms of ICU are the design's.
LIBRARIES = {
    "git2": ["source"], "libdeflate": ["source"], "csv.h": ["source"], "cJSON.h": ["source"], "cjson": ["source"],
    "unicode": ["text", "time"], "cmark": ["document"], "yaml": ["document"], "hpdf": ["document"],
    "hb": ["document"], "png": ["document"], "jpeglib.h": ["document"], "qrencode": ["document"], "zlib": ["document", "site"],
    "openssl": ["proof"], "libintl": ["base"],
}
STANDARD = """assert ctype dirent errno fcntl fnmatch getopt inttypes limits locale math pthread regex sched setjmp signal stdalign stdarg stdatomic stdbool
stddef stdint stdio stdlib string strings termios time unistd sys/stat sys/types sys/wait sys/mman uchar wchar""".split()


def faults(root):
    for path in sorted(root.glob("*/*.[ch]")):
        floor = path.parent.name
        if floor not in FLOORS:
            yield f"{path}: no floor of that name"
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            found = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
            if not found:
                continue
            name = found.group(2)
            if found.group(1) == '"':
                other = name.split("/")[0]
                if other not in FLOORS:
                    yield f"{path}:{number}: {name}: is not named as FLOOR/FILE"
                elif FLOORS.index(other) > FLOORS.index(floor):
                    yield f"{path}:{number}: {floor}/ includes the higher floor {other}/"
            elif name.removesuffix(".h") not in STANDARD:
                rooms = [LIBRARIES[key] for key in LIBRARIES if re.match(re.escape(key) + r"($|[-_./])", name)]
                if not rooms:
                    yield f"{path}:{number}: {name}: a library no room is known for"
                elif floor not in rooms[0]:
                    yield f"{path}:{number}: {name} belongs to {' or '.join(rooms[0])}/"


def main():
    root = pathlib.Path("generator")
    found = list(faults(root))
    check("every include keeps to the floors", found)
    # The rule itself is tested: a file that breaks it must be seen.
    import tempfile
    with tempfile.TemporaryDirectory() as folder:
        house = pathlib.Path(folder)
        for name, text in {"base/a.c": '#include "rules/clock.h"\n', "rules/b.c": "#include <git2.h>\n",
                           "time/c.c": "#include <unknownlib.h>\n", "site/d.c": '#include "base/a.h"\n#include <stdio.h>\n'}.items():
            (house / name).parent.mkdir(exist_ok=True)
            (house / name).write_text(text)
        seen = len(list(faults(house)))
    check("a broken floor is seen", seen != 3)
    done()


main()
