"""Holds the text of reports in PDF against that of their pages, paragraph by paragraph.

    same_text.py PAGE.html …    each beside its PAGE.pdf

A paragraph is a heading, a paragraph, the text of an item, of a cell, of a title.
White space is left out, as each medium breaks lines where it wants. The PDF is
read twice: as its structure has it (pdfinfo -struct-text), which has to give the
page's paragraphs, all of them and in their order; and as it is painted
(pdftotext), where each of them has to stand in one piece, or in lines where a row
goes on on the next page.

Left out are: of the structure the table of contents, as print has page numbers in
it, and numbers and dots of items, which a browser counts; of charts all but that
there is one. The code on the cover is a figure that only print has. What is
painted has running heads, page numbers and repeated heads of tables besides.
Prints what differs, and ends in 1 then.
"""
import difflib
import html.parser
import re
import subprocess
import sys

BLOCKS = set("h1 h2 h3 h4 h5 h6 p li td th dt dd caption figcaption pre".split())
FIGURE = "<figure>"


def bare(text):
    return re.sub(r"\s", "", text)


class Page(html.parser.HTMLParser):
    """The paragraphs of the article."""

    def __init__(self):
        super().__init__()
        self.texts, self.text, self.block, self.inside, self.aside = [], "", None, False, 0

    def end_paragraph(self):
        if bare(self.text):
            self.texts.append(bare(self.text) + ("：" if self.block == "dt" else ""))
        self.text = ""

    def handle_starttag(self, tag, attributes):
        if tag == "article":
            self.inside = True
        elif tag in ("nav", "svg"):
            if self.inside and tag == "svg":
                self.texts.append(FIGURE)
            self.aside += 1
        elif tag in BLOCKS:
            self.end_paragraph()
            self.block = tag

    def handle_endtag(self, tag):
        if tag in ("nav", "svg"):
            self.aside -= 1
        elif tag in BLOCKS or tag == "article":
            self.end_paragraph()
        elif self.inside and tag == "header":
            self.texts.append(FIGURE)  # the code
        self.inside &= tag != "article"

    def handle_data(self, data):
        if self.inside and not self.aside:
            self.text += data


def of_page(path):
    page = Page()
    page.feed(open(path, encoding="utf-8").read())
    return page.texts


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def of_structure(path):
    """Each element has a line, its content stands below it in quotes, deeper."""
    texts, text, above = [], "", []
    for line in output("pdfinfo", "-struct-text", path).split("\n") + ["End"]:
        depth, word = len(line) - len(line.lstrip()), line.strip()
        if not word or word.startswith(("/", "Object ")):
            continue
        while above and above[-1][0] >= depth:
            above.pop()
        kinds = [kind for _, kind in above]
        if word.startswith('"'):
            if not {"TOC", "Figure", "Lbl"} & set(kinds):
                text += word[1:-1]
            continue
        if "(inline)" not in word and bare(text):
            texts.append(bare(text))
            text = ""
        kind = word.split()[0].rstrip(":")
        if kind == "Figure":
            texts.append(FIGURE)
        elif kind == "TOC" and "TOC" not in kinds:
            texts.pop()  # its title
        above.append((depth, kind))
    return texts


def is_painted(text, painted):
    """Whether the text is painted in one piece, or in lines of at least four characters: a row that is cut between
    two pages is painted line by line across its cells."""
    while text:
        low, high = 0, len(text)
        while low < high:  # the longest beginning that is there
            middle = (low + high + 1) // 2
            low, high = (middle, high) if text[:middle] in painted else (low, middle - 1)
        if low < min(4, len(text)):
            return False
        text = text[low:]
    return True


faults = paragraphs = 0
for page in sys.argv[1:]:
    pdf = page.removesuffix(".html") + ".pdf"
    wanted, found = of_page(page), of_structure(pdf)
    painted = bare(output("pdftotext", "-raw", pdf, "-"))
    lost = [text for text in wanted if text != FIGURE and not is_painted(text, painted)]
    for line in list(difflib.unified_diff(wanted, found, page, pdf, lineterm="", n=1)) + [f"not painted: {text}" for text in lost]:
        print(line)
        faults += 1
    paragraphs += len(wanted)
print(f"{len(sys.argv) - 1} reports, {paragraphs} paragraphs")
sys.exit(faults > 0)
