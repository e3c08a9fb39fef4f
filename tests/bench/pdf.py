"""Reports as PDF against other makers of PDF, and long documents.

All begin with the finished document: opsledger with its Markdown, WeasyPrint
and Chromium with its HTML and the site's style sheet, Typst with markup made of
that HTML. Beside it stands opsledger with all the work, from the commit.
"""
import random
import re
import shutil
import subprocess

import typst
from compare import PROGRAM, ROOT, compare, once

PRINT, SETUP = ROOT / "build/bench/print", ROOT / "templates/print.json"
CHROMIUM = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--no-first-run", "--no-pdf-header-footer"]
TYPST = "@myriaddreamin/typst-ts-node-compiler@0.7.0"
MODULES = ROOT / "build/bench/node_modules"
REPORT = ["-C", ROOT, "--as-of", "2026-11-21T18:00+08:00", "report", "monthly", "--contract", "hengqin-admin",
          "--period", "2026-03"]


def install_typst():
    """Whether Typst's compiler is there; gets it into the build folder."""
    if not MODULES.exists() and shutil.which("npm"):
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--prefix", MODULES.parent, TYPST], check=False)
    return MODULES.exists()


def page_of(body):
    style = (ROOT / "templates/site/style.css").read_text(encoding="utf-8")
    return body.replace("<meta charset=\"utf-8\">\n", f"<meta charset=\"utf-8\">\n<style>{style}</style>\n<main>\n") + "</main>"


def peers(work, name, markdown, html, copies):
    """Commands by name, and the files that they make."""
    folder = work / name
    folder.mkdir()
    head, body = html.split("<h2", 1)
    html = head + ("<h2" + body) * copies
    page = folder / "report.html"
    page.write_text(page_of(html), encoding="utf-8")
    files = {"opsledger": folder / "opsledger.pdf"}
    commands = {"opsledger": [PRINT, markdown, SETUP, files["opsledger"], copies]}
    if install_typst():
        files["Typst"] = folder / "typst.pdf"
        commands["Typst"] = ["node", ROOT / "tests/bench/typst.mjs", MODULES, typst.convert(html, folder), files["Typst"]]
    else:
        print(f"  without Typst: npm install --prefix build/bench {TYPST}")
    if shutil.which("chromium"):
        files["Chromium"] = folder / "chromium.pdf"
        commands["Chromium"] = [*CHROMIUM, f"--user-data-dir={folder}/profile", f"--print-to-pdf={files['Chromium']}",
                                f"file://{page}"]
    else:
        print("  without Chromium: apt-get install chromium")
    if shutil.which("weasyprint"):
        files["WeasyPrint"] = folder / "weasyprint.pdf"
        commands["WeasyPrint"] = ["weasyprint", page, files["WeasyPrint"]]
    else:
        print("  without WeasyPrint: apt-get install weasyprint")
    return commands, files


def pages_of(pdf):
    return int(re.search(r"Pages: +(\d+)", subprocess.run(["pdfinfo", pdf], capture_output=True, text=True).stdout)[1])


def prose(characters, pages):
    """Markdown of about so many pages of plain text: chapters, sections, paragraphs."""
    chance = random.Random(1)

    def sentence(length):
        begin = chance.randrange(len(characters) - length)
        return characters[begin:begin + length]

    out = ["---\ntitle: 长文\n---\n"]
    for page in range(pages):
        if page % 10 == 0:
            out.append(f"\n## 第 {page // 10 + 1} 章 {sentence(10)}\n")
        out.append(f"### 第 {page + 1} 节\n")
        for _ in range(6):
            out.append("，".join(sentence(chance.randint(6, 24)) for _ in range(9)) + "。\n")
    return "\n".join(out)


def grow(work, title, source_of):
    """Time and memory by number of pages: both should grow in proportion."""
    print(f"\n{title}, once")
    for pages in (300, 1000, 3000):
        source, copies = source_of(pages)
        pdf = work / "long.pdf"
        seconds, memory, _ = once([PRINT, source, SETUP, pdf, copies])
        count = pages_of(pdf)
        print(f"  {count:6} pages {seconds:8.2f} s {seconds / count * 1000:6.2f} ms a page {memory:6.0f} MB"
              f" {pdf.stat().st_size / 1000 / count:6.1f} KB a page", flush=True)


def run(work):
    markdown, page = work / "own.md", work / "own.html"
    once([PROGRAM, *REPORT, "-o", markdown])
    once([PROGRAM, *REPORT, "-o", page])
    html = page.read_text(encoding="utf-8")
    commands, files = peers(work, "month", markdown, html, 1)
    commands["opsledger, all the work from the commit"] = [PROGRAM, *REPORT, "-o", work / "commit.pdf"]
    compare("The monthly report as PDF", commands, files)
    commands, files = peers(work, "long", markdown, html, 13)
    compare("Thirteen times its chapters", commands, files, times=1)
    print("  pages: " + ", ".join(f"{name} {pages_of(path)}" for name, path in files.items()))

    def text(pages):
        source = work / "long.md"
        source.write_text(prose(re.sub("[^\u4e00-\u9fff]", "", markdown.read_text(encoding="utf-8")), pages),
                          encoding="utf-8")
        return source, 1

    grow(work, "Plain text", text)
    grow(work, "Chapters of the monthly report: tables and charts",
         lambda pages: (markdown, round(pages / (pages_of(work / "month/opsledger.pdf") - 2))))
