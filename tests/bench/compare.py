"""What the parts of the bench share: whole processes side by side."""
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "build" / "opsledger"
runs = 5  # set by the entry


def once(command):
    """Wall seconds, peak megabytes and processor seconds of one run; children count
    for the processor, and for the memory as far as one of them is larger."""
    begun = time.monotonic()
    pid = os.spawnvp(os.P_NOWAIT, "sh", ["sh", "-c", 'exec "$@" >/dev/null 2>&1', "sh", *map(str, command)])
    _, status, usage = os.wait4(pid, 0)
    if status:
        sys.exit(f"failed: {' '.join(map(str, command))}")
    return time.monotonic() - begun, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime


def compare(title, commands, files=None, times=None, fresh=None):
    """Runs the commands in turn (as often as times says, or as usual), prints the
    median of each and its ratio to the first one's; and the size of the file that a
    command of that name made, with its ratio. fresh names the folder that a command
    makes: it is removed before each run."""
    files, times, fresh = files or {}, times or runs, fresh or {}
    print(f"\n{title}, " + (f"median of {times}" if times > 1 else "once"))
    taken = {name: [] for name in commands}
    for _ in range(times):
        for name, command in commands.items():
            if name in fresh:
                shutil.rmtree(fresh[name], ignore_errors=True)
            taken[name].append(once(command))
    own = statistics.median(seconds for seconds, *_ in next(iter(taken.values())))
    own_size = next((path.stat().st_size for path in files.values()), 1)
    for name, runs_of_it in taken.items():
        seconds, memory, processor = (statistics.median(values) for values in zip(*runs_of_it))
        line = (f"  {name:38} {seconds:8.3f} s {seconds / own:6.2f} × {processor:8.3f} s of processor"
                f" {memory:6.0f} MB")
        if name in files:
            size = files[name].stat().st_size
            line += f" {size / 1000:8.0f} KB {size / own_size:6.2f} ×"
        print(line, flush=True)


def synthetic_history(folder, *numbers):
    """A long history: see synthetic_history.py."""
    subprocess.run([sys.executable, ROOT / "tests/bench/synthetic_history.py", folder, *map(str, numbers)],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
