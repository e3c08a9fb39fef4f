"""Reports as PDF against other makers of PDF."""
import shutil

from compare import PROGRAM, ROOT, compare, once

CHROMIUM = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--no-first-run", "--no-pdf-header-footer"]


def run(work):
    pdf, html, other = work / "own.pdf", work / "own.html", work / "chromium.pdf"
    make = [PROGRAM, "-C", ROOT, "--as-of", "2026-11-21T18:00+08:00", "report", "monthly",
            "--contract", "hengqin-admin", "--period", "2026-03"]
    once([*make, "-o", html])
    peers = {"opsledger, from the commit": [*make, "-o", pdf]}
    if shutil.which("chromium"):
        peers["chromium, from the finished HTML"] = [*CHROMIUM, f"--user-data-dir={work}/profile",
                                                     f"--print-to-pdf={other}", f"file://{html}"]
    compare("The monthly report as PDF", peers)
    for name, path in (("opsledger", pdf), ("chromium", other)):
        if path.exists():
            print(f"  {name:34} {path.stat().st_size / 1024:8.0f} KB")
