"""What the parts of the bench share: whole processes side by side."""
import os
import pathlib
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "build" / "opsledger"
runs = 5  # set by the entry


def once(command):
    """Wall seconds and peak megabytes of one run, children included."""
    begun = time.monotonic()
    pid = os.spawnvp(os.P_NOWAIT, "sh", ["sh", "-c", 'exec "$@" >/dev/null 2>&1', "sh", *map(str, command)])
    _, status, usage = os.wait4(pid, 0)
    if status:
        sys.exit(f"failed: {' '.join(map(str, command))}")
    return time.monotonic() - begun, usage.ru_maxrss / 1024


def compare(title, commands):
    """Runs the commands in turn, prints the median of each and its ratio to the
    first one's."""
    print(f"\n{title}, median of {runs}")
    times = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            times[name].append(once(command))
    own = statistics.median(seconds for seconds, _ in next(iter(times.values())))
    for name, taken in times.items():
        seconds, memory = statistics.median(t[0] for t in taken), statistics.median(t[1] for t in taken)
        print(f"  {name:34} {seconds:8.3f} s {memory:8.0f} MB   {seconds / own:6.2f} ×")


def synthetic_history(folder, *numbers):
    """A long history: see synthetic_history.py."""
    subprocess.run([sys.executable, ROOT / "tests/bench/synthetic_history.py", folder, *map(str, numbers)],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
