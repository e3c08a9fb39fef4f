"""The same as history, but 100,000 commits and nearly a million rows; no site, which would take 20 GB."""
import history


def run(work):
    history.measure_trace(work, 100000, 2400, 19)
