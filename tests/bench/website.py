"""The site and its search against Hugo and the makers of search that work with it:
10,000 pages of Chinese technical text (corpus.py), output on tmpfs.

Needs hugo, chromium, npm and the packages that corpus.py names."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from compare import PROGRAM, ROOT, compare

PAGES = int(os.environ.get("PAGES", 10000))
BENCH = ROOT / "tests" / "bench"
HUGO = {
    "config.toml": """baseURL = "/"
languageCode = "zh-CN"
title = "知识库"
uglyURLs = true
[markup.goldmark.extensions]
typographer = false
""",
    "layouts/_default/single.html": """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body>
<nav><a href="/index.html">首页</a> › <a href="{{ .CurrentSection.RelPermalink }}">{{ .CurrentSection.Title }}</a> › {{ .Title }}</nav>
<aside>{{ .TableOfContents }}</aside>
<main data-pagefind-body><h1>{{ .Title }}</h1>
{{ .Content }}</main></body></html>
""",
    "layouts/_default/list.html": """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body>
<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul></body></html>
""",
}


def hugo_site(folder, corpus):
    """The same Markdown for Hugo, to which front matter named kind means something else."""
    for name, text in HUGO.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    for path in (corpus / "kb").rglob("*.md"):
        target = folder / "content" / path.relative_to(corpus / "kb")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(path.read_text(encoding="utf-8").replace("\nkind: ", "\nshelf: ", 1), encoding="utf-8")


def size(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def run(_):
    if not shutil.which("hugo"):
        sys.exit("hugo is missing: apt-get install hugo")
    subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--no-package-lock"], cwd=BENCH, check=True)
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        work = pathlib.Path(folder)
        corpus, own, source, other = work / "corpus", work / "own", work / "hugo", work / "hugo-out"
        subprocess.run([sys.executable, BENCH / "corpus.py", corpus, str(PAGES)], check=True)
        hugo_site(source, corpus)
        build = [PROGRAM, "-C", corpus, "build", "--out"]
        pagefind = [BENCH / "node_modules" / ".bin" / "pagefind", "--site", other, "--quiet"]
        make_hugo = ["hugo", "--quiet", "-s", source, "-d", other]
        spare_hugo = ["hugo", "--quiet", "-s", source, "-d", work / "spare",
                      "--disableKinds", "taxonomy,term,RSS,sitemap"]
        compare(f"A site of {PAGES} pages", {
            "opsledger, pages and search": [*build, own],
            "opsledger, pages only": [ROOT / "build/bench/pages", *build[1:], work / "pages"],
            "hugo": make_hugo,
            "hugo without feeds and taxonomies": spare_hugo,
            "pagefind on hugo's pages": pagefind,
        }, fresh={"opsledger, pages and search": own, "opsledger, pages only": work / "pages", "hugo": other,
                  "hugo without feeds and taxonomies": work / "spare"})
        subprocess.run([*build, own], check=True, stdout=subprocess.DEVNULL)
        stamps = {path: path.stat().st_mtime_ns for path in own.rglob("*") if path.is_file()}
        compare("Built again with nothing changed", {"opsledger": [*build, own], "hugo": make_hugo})
        written = sum(stamps.get(path) != path.stat().st_mtime_ns for path in own.rglob("*") if path.is_file())
        print(f"  opsledger wrote {written} of {len(stamps)} files")
        subprocess.run(["node", BENCH / "search.mjs", own, other, f"{corpus}.json"], check=True)
