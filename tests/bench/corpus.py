#!/usr/bin/env python3
"""Builds a repository of articles in Chinese, the same one every time: two thirds are
pieces of the documentation in Debian packages, one third made-up incident cases.

usage: corpus.py FOLDER PAGES

Needs the packages libreoffice-help-zh-cn gimp-help-zh-cn debian-reference-zh-cn
debian-faq-zh-cn debian-handbook debian-edu-doc-zh-cn manpages-zh and mandoc; leaves out
those not there. FOLDER.json holds path, title and text of each page, as a reader sees it.
"""
import glob
import html.parser
import json
import pathlib
import random
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCES = [
    ("LibreOffice", "/usr/share/libreoffice/help/zh-CN/text/**/*.html"),
    ("GIMP", "/usr/share/gimp/*/help/zh_CN/*.html"),
    ("Debian 参考手册", "/usr/share/debian-reference/*.zh-cn.html"),
    ("Debian 常见问题", "/usr/share/doc/debian/FAQ/zh-cn/*.html"),
    ("Debian 管理员手册", "/usr/share/doc/debian-handbook/html/zh-CN/*.html"),
    ("Debian Edu", "/usr/share/doc/debian-edu-doc-zh-cn/*.html"),
    ("命令手册", "/usr/share/man/zh_CN/man*/*.gz"),
]
SKIPPED = {"script", "style", "nav", "header", "aside", "footer", "head"}
BLOCKS = {"p", "li", "dt", "dd", "td", "th", "div", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "br", "tr", "table", "section"}
PIECE = 900  # bytes of text after which a heading begins a new page


class Reader(html.parser.HTMLParser):
    """Collects blocks: (kind, text), kind being h1 to h6, li, pre or p."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.blocks, self.kinds, self.skipped, self.text = [], ["p"], 0, ""

    def close_block(self):
        kind = self.kinds[-1]
        text = self.text.strip("\n") if kind == "pre" else " ".join(self.text.split())
        if text.strip():
            self.blocks.append((kind, text))
        self.text = ""

    def handle_starttag(self, tag, attributes):
        if tag in SKIPPED:
            self.skipped += 1
        if tag in BLOCKS and not (tag == "br" and self.kinds[-1] == "pre"):
            self.close_block()
            if tag != "br":
                inside = self.kinds[-1] if tag in ("p", "div") and self.kinds[-1] in ("li", "pre") else None
                self.kinds.append(inside or {"dt": "li", "dd": "p", "td": "li", "th": "li"}.get(
                    tag, tag if tag in ("li", "pre") or re.match("h[1-6]$", tag) else "p"))

    def handle_endtag(self, tag):
        if tag in SKIPPED:
            self.skipped = max(0, self.skipped - 1)
        if tag in BLOCKS - {"br"}:
            self.close_block()
            if len(self.kinds) > 1:
                self.kinds.pop()

    def handle_data(self, data):
        if not self.skipped:
            self.text += re.sub("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u200b\\ufeff]", "", data)


def blocks_of(path):
    if path.endswith(".gz"):
        plain = subprocess.run(["gzip", "-dc", path], capture_output=True, check=True).stdout
        text = subprocess.run(["mandoc", "-K", "utf-8", "-T", "html", "-O", "fragment"], input=plain,
                              capture_output=True).stdout.decode("utf-8", "replace")
    else:
        text = pathlib.Path(path).read_text(encoding="utf-8", errors="replace")
    reader = Reader()
    reader.feed(text)
    reader.close_block()
    return reader.blocks


def has_hanzi(text, least=1):
    return len(re.findall("[\u4e00-\u9fff]", text)) >= least


def pieces():
    """(source, title, blocks) of all the packages."""
    for source, pattern in SOURCES:
        for path in sorted(glob.glob(pattern, recursive=True)):
            stem = pathlib.Path(path).name.split(".")[0]
            title, body, size = None, [], 0
            for kind, text in blocks_of(path) + [("h1", "")]:
                if kind in ("h1", "h2", "h3") and (title is None or size > PIECE or not text):
                    if title and size > 200 and has_hanzi("".join(t for _, t in body), 20):
                        yield source, title, body
                    title, body, size = (stem + " " + text if source == "命令手册" else text)[:80].strip(), [], 0
                elif title is not None:
                    body.append((kind, text[:6000]))
                    size += len(text.encode())


WORDS = ["主从复制", "连接数耗尽", "负载均衡", "磁盘空间不足", "内存泄漏", "死锁", "证书过期", "备份失败", "表空间", "慢查询",
         "线程池", "消息积压", "主备切换", "日志归档", "防火墙策略", "域名解析", "权限变更", "数据库", "中间件", "存储", "补丁升级", "巡检"]
SYSTEMS = ["办公协同系统", "电子证照平台", "财务报销系统", "人力资源系统", "门户网站", "统一认证平台", "数据交换平台", "视频会议系统"]
SOFTWARE = ["MySQL", "Oracle", "Redis", "Nginx", "Tomcat", "达梦", "Kafka", "Zookeeper", "Linux", "东方通"]
CODES = ["ORA-01555", "ORA-00060", "ORA-12541", "ERROR 1205", "ERROR 1040", "HTTP 502", "HTTP 504", "0x80070005", "SQL0911N", "EIO",
         "ECONNRESET", "OOM-137"]
SIGNS = ["登录缓慢", "页面打不开", "附件上传失败", "流程卡住", "接口超时", "查询无结果", "报表数据缺失", "消息不到达"]


def case(rng, number, sentences):
    system, software, word, sign, code = (rng.choice(x) for x in (SYSTEMS, SOFTWARE, WORDS, SIGNS, CODES))
    year, month, day = rng.randrange(2021, 2027), rng.randrange(1, 13), rng.randrange(1, 29)
    host = f"{rng.choice(['db', 'app', 'web', 'mq'])}-{rng.choice(['prod', 'test'])}-{rng.randrange(1, 40):02d}"
    address = f"10.{rng.randrange(256)}.{rng.randrange(256)}.{rng.randrange(1, 255)}"
    some = lambda n: " ".join(rng.sample(sentences, n))
    title = f"INC-{year}-{number:05d} {system}{sign}：{software} {word}"
    return title, [
        ("h2", "现象"),
        ("p", f"{year}年{month}月{day}日 {rng.randrange(24):02d}:{rng.randrange(60):02d}，{system}用户反映{sign}，"
              f"主机 {host}（{address}:{rng.choice([1521, 3306, 6379, 8080, 443])}）日志报 {code}。{some(2)}"),
        ("h2", "处理过程"),
        ("li", f"检查 {software} 状态，确认{rng.choice(WORDS)}。"), ("li", some(1)),
        ("li", f"合同 HT-{year}-{rng.randrange(1, 60):03d} 约定 {rng.choice([15, 30, 60])} 分钟内响应，实际 {rng.randrange(3, 60)} 分钟。"),
        ("pre", f"$ grep {code.split()[0]} /var/log/{software.lower()}/error.log\n{year}-{month:02d}-{day:02d} {address} {code} {host}"),
        ("h2", "原因"), ("p", f"{software} {word}，由{rng.choice(WORDS)}引起。{some(2)}"),
        ("h2", "措施"), ("p", f"{some(2)}处理后{system}恢复。"),
    ]


def escaped(text):
    text = re.sub(r"([\\`*_{}\[\]<>#|~&$!])", r"\\\1", text)
    text = re.sub(r"^(\d+)([.)])", r"\1\\\2", text)
    text = re.sub(r"^([-+=:])", r"\\\1", text)
    return re.sub(r"(https?|ftp)(://)|(www)(\.)|(\w)(@)", lambda m: "".join(
        (g if i % 2 == 0 else "\\" + g) for i, g in enumerate(filter(None, m.groups()))), text)


def markdown(title, kind, blocks):
    out = [f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\nkind: {kind}\n---\n"]
    for kind, text in blocks:
        if kind == "pre":
            out.append("~~~\n" + text.replace("~~~", "~~") + "\n~~~\n")
        elif kind.startswith("h"):
            out.append("#" * max(2, int(kind[1])) + " " + escaped(text) + "\n")
        else:
            out.append(("- " if kind == "li" else "") + escaped(text) + "\n")
    return "\n".join(out)


def pages(count):
    """(path, title, kind, blocks), titles all different."""
    rng, seen, articles = random.Random(6), set(), []
    found = list(pieces())
    rng.shuffle(found)
    for source, title, blocks in found:
        if title in seen:
            title = f"{title}（{source}，{blocks[0][1][:12]}）"
        if title not in seen and len(articles) < count * 2 // 3:
            seen.add(title)
            articles.append((f"kb/manuals/a{len(articles):05d}.md", title, "手册", blocks))
    sentences = [text for *_, blocks in articles for kind, text in blocks
                 if kind == "p" and 15 < len(text) < 90 and has_hanzi(text, 8)]
    cases = [(f"kb/cases/c{i:05d}.md", *case(rng, i, sentences)) for i in range(count - len(articles))]
    return articles + [(path, title, "案例", blocks) for path, title, blocks in cases]


def main():
    folder, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    facts, size = [], 0
    # Without the print handbook, which the peers do not make.
    shutil.copytree(ROOT / "templates", folder / "templates", ignore=shutil.ignore_patterns("handbook.md"))
    (folder / "records").mkdir()
    shutil.copytree(ROOT / "records" / "schema", folder / "records" / "schema")
    for path, title, kind, blocks in pages(count):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        text = markdown(title, kind, blocks)
        size += len(text.encode())
        target.write_text(text, encoding="utf-8")
        facts.append({"path": path, "title": title, "text": "\n".join(text for _, text in blocks)})
    who = {"GIT_AUTHOR_NAME": "驻场工程师甲", "GIT_AUTHOR_EMAIL": "a@example.invalid", "GIT_AUTHOR_DATE": "1780000000 +0800"}
    who |= {name.replace("AUTHOR", "COMMITTER"): value for name, value in who.items()}
    for command in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "corpus"], ["gc", "-q"]):
        subprocess.run(["git", "-c", "gc.auto=0", "-C", folder, *command], check=True, env={"PATH": "/usr/bin:/bin", **who})
    with open(f"{folder}.json", "w", encoding="utf-8") as out:
        json.dump(facts, out, ensure_ascii=False)
    articles = sum(fact["path"].startswith("kb/manuals") for fact in facts)
    print(f"{len(facts)} pages ({articles} articles), {size / 1e6:.1f} MB of Markdown, "
          f"{sum(len((f['title'] + f['text']).encode()) for f in facts) / 1e6:.2f} MB of text")


if __name__ == "__main__":
    main()
