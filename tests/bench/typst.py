"""Finished report HTML into Typst markup: what the other makers get as HTML."""
import html.parser
import re

HEAD = """#set document(title: "report")
#set page(paper: "a4", margin: (top: 30mm, bottom: 27mm, left: 30mm, right: 24mm), numbering: "1 / 1")
#set text(font: ("Noto Serif CJK SC", "Noto Sans CJK SC"), size: 12pt, lang: "zh", region: "cn")
#set par(justify: true, leading: 9pt, first-line-indent: (amount: 2em, all: true))
#set table(stroke: 0.4pt, inset: (x: 4.5pt, y: 3pt))
#show table: set text(size: 10pt)
#show table: set par(justify: false, leading: 5.5pt, first-line-indent: 0pt)
"""
STRONG = {"strong": "strong", "em": "emph", "del": "strike"}


class Converter(html.parser.HTMLParser):
    """Every element becomes a call with its content in brackets, so that nothing
    needs escaping but text."""

    def __init__(self, folder):
        super().__init__()
        self.folder, self.out, self.svg, self.charts, self.columns = folder, [HEAD], None, 0, 0
        self.lists = []

    def put(self, text):
        self.out.append(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "svg":
            self.svg = []
        if self.svg is not None:
            self.svg.append(self.get_starttag_text())
        elif re.fullmatch("h[1-6]", tag):
            self.put(f"\n#heading(level: {tag[1]})[")
        elif tag in ("p", "dt", "dd"):
            self.put("\n\n")
        elif tag in ("ul", "ol"):
            self.lists.append(tag)
            self.put("\n#list(" if tag == "ul" else "\n#enum(")
        elif tag == "li":
            self.put("[")
        elif tag == "table":
            self.table, self.out = self.out, []
            self.columns = 0
        elif tag == "thead":
            self.put("table.header(")
        elif tag == "tr":
            self.width = 0
        elif tag in ("td", "th"):
            columns, rows = int(attributes.get("colspan", 1)), int(attributes.get("rowspan", 1))
            self.width += columns
            self.columns = max(self.columns, self.width)
            align = "right" if "right" in attributes.get("class", "") else "center" if tag == "th" else "left"
            self.put(f"table.cell(colspan: {columns}, rowspan: {rows}, align: {align})[")
        elif tag in STRONG:
            self.put(f"#{STRONG[tag]}[")
        elif tag == "code":
            self.put("#text(font: \"Noto Sans Mono CJK SC\")[")
        elif tag == "br":
            self.put("#linebreak()")
        elif tag == "nav":
            self.put("\n#pagebreak()\n#outline()\n#pagebreak()\n#let _ = [")

    def handle_startendtag(self, tag, attributes):
        if self.svg is None:
            self.handle_starttag(tag, attributes)
        else:
            self.svg.append(self.get_starttag_text())

    def handle_endtag(self, tag):
        if self.svg is not None:
            self.svg.append(f"</{tag}>")
            if tag == "svg":
                self.charts += 1
                (self.folder / f"chart{self.charts}.svg").write_text("".join(self.svg), encoding="utf-8")
                self.svg = None
                self.put(f"\n#image(\"chart{self.charts}.svg\", width: 100%)\n")
        elif re.fullmatch("h[1-6]", tag) or tag in STRONG or tag in ("code", "nav"):
            self.put("]\n" if tag[0] in "hn" else "]")
        elif tag == "p":
            self.put("\n\n")
        elif tag in ("ul", "ol"):
            self.lists.pop()
            self.put(")\n")
        elif tag == "li" or tag in ("td", "th"):
            self.put("],\n")
        elif tag == "thead":
            self.put("),\n")
        elif tag == "table":
            body, self.out = "".join(self.out), self.table
            self.put(f"\n#table(columns: {self.columns},\n{body})\n")

    def handle_data(self, data):
        if self.svg is not None:
            self.svg.append(data.replace("&", "&amp;").replace("<", "&lt;"))
        elif data.strip():
            # Inside brackets every sign that may mean something is escaped.
            self.put(re.sub(r"([\\#\[\]*_`$<>@=\-+/~'\"])", r"\\\1", data.replace("\n", " ")))


def convert(source, folder):
    """Writes report.typ and its charts into folder; returns the former's path."""
    converter = Converter(folder)
    converter.feed(source)
    path = folder / "report.typ"
    path.write_text("".join(converter.out), encoding="utf-8")
    return path
