"""The same as history, but 100,000 commits and nearly a million rows: minutes, and 20 GB of site."""
import history


def run(work):
    history.measure(work, 100000, 18)
