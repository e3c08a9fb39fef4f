"""Does to a signed report what a forger could do.

    tamper.py HOW IN OUT

Prints the number of the object that verify has to name, or nothing.
"""
import re
import sys

how, source, target = sys.argv[1:]
data = open(source, "rb").read()


def last(pattern):
    return re.findall(pattern, data, re.S)[-1]


def object_of(number):
    """What stands between obj and endobj, in the last version there is."""
    return last(rb"(?:^|[\r\n])%d 0 obj\s*(.*?)\s*endobj" % number)


def update(objects, free=(), generation=0, size=None, previous=-1, extra=b"", junk=b"", root=1):
    """An incremental update, as a text editor that knows PDF would write it."""
    out = bytearray(data)
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d %d obj\n%s\nendobj\n" % (number, generation, body)
    out += junk
    table = len(out)
    if size is None:
        size = max(int(last(rb"/Size (\d+)")), *[number + 1 for number in [0, *objects]])
    out += b"xref\n0 1\n0000000000 65535 f\r\n"
    for number in sorted([*places, *free]):
        out += b"%d 1\n%010d %05d %s\r\n" % (
            number, places.get(number, 0), number in free or generation, b"n" if number in places else b"f")
    tables = re.findall(rb"startxref\s+(\d+)", data)
    out += b"trailer\n<< /Root %d 0 R /Info 3 0 R /ID %s /Size %d /Prev %d%s >>\nstartxref\n%d\n%%%%EOF\n" % (
        root, last(rb"/ID\s*(\[.*?\])"), size, int(tables[previous]), extra, table)
    return bytes(out)


def stream(body):
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(body), body)


catalog, pages, new = object_of(1), object_of(2), int(last(rb"/Size (\d+)"))
page = int(re.search(rb"(\d+) 0 obj\s*<<(?:(?!endobj).)*?/Type /Page\b(?!s)", data, re.S)[1])
signed = re.findall(rb"(\d+) 0 obj\s*<<[^\n]*?/FT /Sig(?:(?!endobj).)*?/V \d+ 0 R", data, re.S)
field = int(signed[-1]) if signed else None
blame = ""
if how == "figure":  # one figure repainted
    blame = int(re.search(rb"/Contents (\d+) 0 R", object_of(page))[1])
    out = update({blame: stream(b"BT /F1 12 Tf 100 700 Td (0) Tj ET")})
elif how == "appearance":  # of the signed field, swapped
    blame = int(re.search(rb"/AP\s*<<\s*/N (\d+) 0 R", object_of(field))[1])
    out = update({blame: b"<< /Subtype /Form /BBox [0 0 9 9] /Length 10 >>\nstream\n0 0 9 9 re\nendstream"})
elif how == "repoint":  # the signed field gets another appearance
    blame = field
    body = re.sub(rb"/AP\s*<<\s*/N \d+ 0 R", b"/AP << /N %d 0 R" % new, object_of(field))
    out = update({field: body, new: b"<< /Subtype /Form /BBox [0 0 9 9] /Length 1 >>\nstream\n \nendstream"})
elif how == "byte":  # one bit, in the middle of what was first written
    at = data.index(b"startxref") // 2
    out = data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]
elif how == "page":  # appended
    blame = 2
    out = update({
        2: re.sub(rb"/Kids\s*\[(.*?)\]", rb"/Kids [\1 %d 0 R ]" % new, pages, flags=re.S),
        new: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>"})
elif how == "script":  # that runs when the file is opened
    blame = 1
    out = update({1: catalog[:-2] + b"/OpenAction << /S /JavaScript /JS (x) >> >>"})
elif how == "annotation":  # drawn over a page
    blame = page
    out = update({
        page: object_of(page)[:-2] + b"/Annots [%d 0 R] >>" % new if b"/Annots" not in object_of(page) else
        re.sub(rb"/Annots \[", b"/Annots [%d 0 R " % new, object_of(page)),
        new: b"<< /Type /Annot /Subtype /Square /Rect [0 0 595 842] /IC [1 1 1] /F 4 >>"})
elif how == "deleted":
    blame = page
    out = update({}, free=[page])
elif how == "info":  # says that it is another report
    blame = 3
    out = update({3: b"<< /Title (x) >>"})
elif how == "maker":  # says that another version made it
    digits = re.search(rb"program ([0-9.]+[+][0-9a-f]{12})", data)[1]
    spelled = digits.decode().encode("utf-16-be").hex().upper().encode()
    out = data.replace(spelled, "9.9.9+0123456789ab".encode("utf-16-be").hex().upper().encode())
elif how == "generation":  # what the page refers to is there no more, though nothing was changed
    blame = int(re.search(rb"/Contents (\d+) 0 R", object_of(page))[1])
    out = update({blame: object_of(blame)}, generation=1)
elif how == "size":  # objects beyond it are to be ignored (7.5.5)
    out = update({}, size=5)
elif how == "font":  # letters that look otherwise: a shadow attack
    blame = int(last(rb"/FontFile[23]? (\d+) 0 R"))
    out = update({blame: stream(b"")})
elif how == "rotate":
    blame = page
    out = update({page: object_of(page)[:-2] + b"/Rotate 180 >>"})
elif how == "permissions":
    blame = 1
    out = update({1: catalog[:-2] + b"/Perms << /DocMDP << /Type /Sig >> >> >>"})
elif how == "store":  # the security store leads to a page's contents, written anew
    blame = int(re.search(rb"/Contents (\d+) 0 R", object_of(page))[1])
    out = update({1: catalog[:-2] + b"/DSS << /VRI << /X %d 0 R >> /OCSPs [%d 0 R] >> >>" % (blame, new),
                  blame: stream(b"BT ET"), new: stream(b"")})
elif how == "hybrid":  # another table for viewers that know streams of them
    out = update({}, extra=b" /XRefStm 15")
elif how == "root":  # another catalog
    blame = new
    out = update({new: catalog}, root=new)
elif how == "skipped":  # leads past the signatures to what was first written
    out = update({new: b"<< >>"}, previous=0)
elif how == "unsigned":  # takes a signature away
    blame = field
    out = update({field: re.sub(rb"/V \d+ 0 R", b"", object_of(field))})
elif how == "hidden":  # an object that no table knows, for viewers that mend files
    out = update({}, junk=b"%d 0 obj\n<< /Type /Page >>\nendobj\n" % page)
elif how == "form":  # a field more, over the page
    form = int(re.search(rb"/AcroForm (\d+) 0 R", catalog)[1])
    blame = form
    out = update({form: re.sub(rb"/Fields \[", b"/Fields [%d 0 R " % new, object_of(form)),
                  new: b"<< /FT /Tx /T (x) /V (0) /Rect [0 0 595 842] /F 4 >>"})
elif how == "enlarged":  # while a field is signed, it grows over the page; its signature is only borrowed
    empty = int(last(rb"(\d+) 0 obj\s*<<[^\n]*?/FT /Sig(?:(?!/V \d)(?!endobj).)*?endobj"))
    value = int(re.search(rb"/V (\d+) 0 R", object_of(field))[1])
    blame = empty
    out = update({empty: re.sub(rb"/Rect \[.*?\]", b"/Rect [0 0 595 842]", object_of(empty))[:-2] + b"/V %d 0 R >>" % value})
elif how == "invisible":  # an empty field disappears
    blame = int(last(rb"(\d+) 0 obj\s*<<[^\n]*?/FT /Sig(?:(?!/V \d)(?!endobj).)*?endobj"))
    out = update({blame: object_of(blame).replace(b"/F 4", b"/F 2")})
elif how == "tail":
    out = data + b"1 0 obj\n<< >>\nendobj\n"
elif how == "signature":  # one byte of it
    at = data.rindex(b"/Contents <") + 400
    out = data[:at] + (b"0" if data[at:at + 1] != b"0" else b"1") + data[at + 1:]
else:
    sys.exit(f"tamper.py does not know {how}")
open(target, "wb").write(out)
print(blame)
