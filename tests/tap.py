"""Checks of tests in Python, told as TAP lines: check() each, done() at the end."""
import sys

SHOWN = 40  # lines of a fault
count, failed = 0, False


def check(name, fault):
    """fault: a text or texts that say what is wrong, or whether something is; empty when nothing is."""
    global count, failed
    count += 1
    failed = failed or bool(fault)
    print("not ok" if fault else "ok", count, "-", name)
    texts = [fault] if isinstance(fault, str) else [] if isinstance(fault, bool) else fault or []
    for line in [line for text in texts for line in str(text).splitlines()][:SHOWN]:
        print("#", line)


def done():
    print(f"1..{count}")
    sys.exit(failed or not count)
