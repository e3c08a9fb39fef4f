#!/usr/bin/env bash
# The print handbook: all articles as one PDF, whose links lead to the right place in it (issue 6).
source "$(dirname "$0")/../lib.sh"
source "$ROOT/tests/document/keys.sh"
subject=$work/repository
clone "$subject"
# Reports are tested elsewhere.
python3 - "$subject"/records/*/contract.json <<'PYTHON'
import json, sys
for path in sys.argv[1:]:
    contract = json.load(open(path, encoding="utf-8"))
    contract["reports"] = []
    json.dump(contract, open(path, "w", encoding="utf-8"), ensure_ascii=False, indent=1)
PYTHON
cat >"$subject/kb/manuals/zz-one.md" <<'ARTICLE'
---
title: 示例甲
kind: 手册
owner: 驻场工程师甲
reviewed: 2026-01-05
review_by: 2026-07-05
---

# 示例甲

见[本篇步骤](#步骤)、[乙篇步骤](zz-two.md#步骤)、[乙篇](zz-two.md)、[甲篇标题](#示例甲)、[磁盘手册](disk-usage.md)，
记录[[hengqin-admin/incidents/INC-2026-0312]]，甲注[^1]。

![一幅图](zz-drawing.svg)

## 步骤

甲的步骤。

[^1]: 甲的脚注。
ARTICLE
echo '<svg xmlns="http://www.w3.org/2000/svg"/>' >"$subject/kb/manuals/zz-drawing.svg"
printf -- '---\ntitle: 示例乙\nkind: 从未见过的书架\n---\n\n#\n\n```toc\n```\n\n> ```toc\n> ```\n\n乙注[^1]。\n\n## 步骤\n\n乙的步骤。\n\n[^1]: 乙的脚注。\n' \
  >"$subject/kb/manuals/zz-two.md"
commit_all "$subject" "two articles more"
build() { # build DIR [VARIABLE=VALUE …]
  local out=$1
  shift
  env "$@" "$OPSLEDGER" -C "$subject" --as-of 2026-11-21T18:00+08:00 build --out "$out" --contract hengqin-admin
}
ok "builds" build "$work/one"
pdf=$work/one/kb/handbook.pdf
ok "the list of articles leads to it" grep -q 'href="handbook.pdf"' "$work/one/kb/index.html"
ok "builds elsewhere" build "$work/two" TZ=America/New_York LC_ALL=C
ok "to the same bytes" cmp "$pdf" "$work/two/kb/handbook.pdf"
same "PDFBox calls it PDF/A-1b" 1 \
  "$(java -cp "$class_path" org.apache.pdfbox.preflight.Validator_A1b "$pdf" 2>&1 | grep -c 'is a valid PDF/A-1b file')"
ok "qpdf finds nothing wrong" qpdf --check "$pdf"
same "poppler warns of nothing in the structure" "" "$(pdfinfo -struct "$pdf" 2>&1 >/dev/null)"

pdftotext -raw "$pdf" "$work/text"
told() { grep -c "$1" "$work/text"; }
cover=$(pdftotext -l 1 "$pdf" - | tr -d ' \n')
for words in 运维知识手册 "共$(find "$subject/kb" -name '*.md' | wc -l)篇" 2026年11月21日18:00 "$(git -C "$subject" rev-parse HEAD | cut -c1-10)"; do
  ok "the cover says $words" grep -qF "$words" <<<"$cover"
done
same "a chapter tells its owner and reviews" 1 "$(told '^责任人：驻场工程师甲。复审：2026年1月5日。下次：2026年7月5日（已')"
same "a picture that does not print is its words" 1 "$(told '^一幅图')"
same "footnotes are numbered through" "[1] 甲的脚注。 [2] 乙的脚注。" "$(grep -oE '^\[[0-9]\] (甲|乙)的脚注。' "$work/text" | paste -sd' ')"
same "contents stand once" 1 "$(told '目.录$')"

qpdf --json "$pdf" >"$work/json"
python3 - "$work/json" "$pdf" "$subject" >"$work/facts" <<'PYTHON'
import json, pathlib, re, subprocess, sys
pdf = json.load(open(sys.argv[1], encoding="utf-8"))
objects = pdf["objects"] if "objects" in pdf else pdf["qpdf"][1]
at = lambda name: (lambda o: o.get("value", o) if isinstance(o, dict) else o)(objects.get(name, objects.get("obj:" + name)))
pages = [page["object"] for page in pdf["pages"]]
text = lambda number, *area: subprocess.run(["pdftotext", "-raw", "-f", str(number + 1), "-l", str(number + 1), *area,
                                             sys.argv[2], "-"], capture_output=True, text=True).stdout
outline = [(part["title"], [(chapter["title"], [s["title"] for s in chapter["kids"]]) for chapter in part["kids"]])
           for part in pdf["outlines"]]
print("parts", *[title for title, _ in outline])
titles = {re.search(r"^title: *(.+)$", path.read_text(encoding="utf-8"), re.M)[1]: path
          for path in pathlib.Path(sys.argv[3], "kb").rglob("*.md")}
print("chapters", sum(len(chapters) for _, chapters in outline) == len(titles))
print("last", *outline[-1][1])
# Where each link of the first article's page leads: the line there.
page = next(i for i in range(len(pages)) if "甲的步骤" in text(i))
for annotation in (at(a) if isinstance(a, str) else a for a in at(pages[page])["/Annots"]):
    to, _, _, top, _ = annotation["/Dest"]
    area = ["-x", "0", "-y", str(round(842 - top)), "-W", "595", "-H", "40"]
    print("to", text(pages.index(to), *area).split("\n")[0])
PYTHON
cat >"$work/wanted" <<'FACTS'
parts 手册 巡检记录 案例 故障记录 应急预案 问答 其他
chapters True
last ('示例乙', ['步骤'])
to 步骤
to 步骤
to 示例乙
to 示例甲
to 磁盘使用率过高的处理
to [1] 甲的脚注。
FACTS
same "shelves are parts, articles chapters, and links lead to their headings" "$(cat "$work/wanted")" "$(cat "$work/facts")"

# Row A-R6: a plan has the flow chart of its process, on its page and in the handbook, with its words for who hears it.
page=$work/one/kb/plans/elicense-emergency-plan.html
same "the plan's page has its flow chart as SVG" 1 "$(grep -c '<svg .*aria-label="异常处理流程图"' "$page")"
same "with its steps in words" 1 "$(grep -c '<desc>1 热线受理（15 分钟内响应），接“2 判定一般故障或重大设备故障”；' "$page")"
same "and the plan has contacts" 1 "$(grep -c '<h2 id="联系方式">' "$page")"
same "the handbook has it too" 1 "$(told '异常处理流程图$')"
same "with the same words" 1 "$(grep -c '"/Alt": "u:1 热线受理（15 分钟内响应），接“2 判定一般故障或重大设备故障”；' "$work/json")"

git -C "$subject" rm -q templates/handbook.md
commit_all "$subject" "no handbook"
ok "builds without the template" build "$work/three"
ok "and then has none" test ! -e "$work/three/kb/handbook.pdf"
same "nor a link to it" 0 "$(grep -c 'handbook.pdf' "$work/three/kb/index.html")"
finish
