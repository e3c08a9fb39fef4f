"""The figures on knowledge of a report, computed again from the articles and the records."""
import datetime
import math
import re
import subprocess
import unicodedata

from by_hand import AS_OF, ROOT, moment, text_of
from figures_of_records import Records, each, percent

ALIKE = 0.2  # cosine of the pairs of characters, the rare ones weighing more


def front_of(path):
    """Front matter of one line a key, which is how the articles of this repository have it."""
    front = text_of(path).split("---\n")[1]
    pairs = dict(line.split(": ", 1) for line in front.splitlines())
    return {key: re.findall(r"[^,\[\]\s][^,\[\]]*", value) if value.startswith("[") else value for key, value in pairs.items()}


ARTICLES = {path: front_of(path) for path in subprocess.run(
    ["git", "-C", ROOT, "ls-tree", "-r", "-z", "--name-only", "HEAD", "kb"], check=True,
    capture_output=True).stdout.decode().strip("\0").split("\0") if path.endswith(".md")}


def terms(text):
    """Words, and pairs of Chinese characters that stand beside each other."""
    text = unicodedata.normalize("NFKC", text).lower()
    found, before = set(), None
    for unit in re.finditer(r"[\u3400-\u9fff]|[0-9a-z]+", text):
        chinese = unit[0] >= "\u3400"
        if not chinese:
            found.add(unit[0])
        elif before and not text[before.end():unit.start()].strip(" "):
            found.add(before[0] + unit[0])
        before = unit if chinese else None
    return found


class Knowledge(Records):
    def done(self, kind, field):
        now = moment(AS_OF)
        return [row for row in self.rows(kind) if moment(row.get(field)) and self.begin <= moment(row[field]) < self.end
                and moment(row[field]) <= now]

    @staticmethod
    def cited(row):
        return [path for path in re.split("[,; ]", row.get("articles") or row.get("article") or "") if path in ARTICLES]

    def concerning(self):
        names = {name for system in self.terms["systems"] for name in (system["id"], system.get("name"))}
        used = {path for kind in ("incidents", "requests") for row in self.rows(kind) for path in self.cited(row)}
        return {path: front for path, front in ARTICLES.items() if path in used or names & set(front.get("systems", []))
                or any(name.startswith(f"{self.contract}/") for name in front.get("related", []))}

    def system_of(self, row):
        asset = {row["id"]: row for row in self.rows("assets")}.get(row.get("asset"), {})
        name = row.get("system") or asset.get("system")
        return next((system["id"] for system in self.terms["systems"] if name in (system["id"], system.get("name"))), None)

    def repeats(self):
        now, lessons = moment(AS_OF), []
        for kind, about, answer, done in (("incidents", "cause", "remedy", "closed_at"), ("requests", "question", "answer", "solved_at")):
            for row in self.rows(kind):
                if row.get(about) and row.get(answer) and moment(row.get(done)) and moment(row[done]) <= now:
                    title = row.get("title") or "" if kind == "incidents" else ""
                    lessons.append((kind, row, terms(title) | terms(row[about])))
        counts = {}
        for _, _, words in lessons:
            for word in words:
                counts[word] = counts.get(word, 0) + 1
        weight = {word: 0 if 4 * count > len(lessons) + 16 else math.log((len(lessons) + 1) / count)
                  for word, count in counts.items()}
        length = lambda words: math.sqrt(sum(weight[word] ** 2 for word in words))
        told = {name for front in ARTICLES.values() for name in front.get("related", [])}
        bare = [(row, words) for kind, row, words in lessons if kind == "incidents" and not self.cited(row)
                and not row.get("parent") and f"{self.contract}/incidents/{row['id']}" not in told]
        found = {}
        for row, words in bare:
            for other, others in bare:
                same = row.get("asset") and row["asset"] == other.get("asset"), self.system_of(row) == self.system_of(other)
                common = sum(weight[word] ** 2 for word in words & others)
                likeness = common / (length(words) * length(others)) if common else 0
                if moment(other["reported_at"]) < moment(row["reported_at"]) and any(same) and likeness >= ALIKE:
                    found.setdefault(row["id"], []).append((4 * likeness + 2 * bool(same[0]) + same[1], other["id"]))
        came = {row["id"] for row in self.done("incidents", "closed_at")}
        return sorted((one, max(others)[1]) for one, others in found.items() if one in came)

    def knowledge(self):
        told, mine = self.view["knowledge"], self.concerning()
        last = min(self.end - datetime.timedelta(seconds=1), moment(AS_OF))
        self.check("articles that concern the contract", len(mine), told["articles"])
        uses = {}
        for kind, field in (("incidents", "closed_at"), ("requests", "solved_at")):
            done = self.done(kind, field)
            citing = [row for row in done if self.cited(row)]
            self.check(f"{kind} that name an article", (len(done), len(citing), percent(len(citing), len(done))),
                       (told[kind]["closed"], told[kind]["citing"], told[kind]["share"]))
            self.check(f"{kind} by id", {row["id"]: self.cited(row) for row in done},
                       {row["id"]: [one["path"] for one in each(row["cited"])] for row in each(told[kind]["list"])})
            for row in citing:
                for path in self.cited(row):
                    uses.setdefault(path, []).append(row["id"])
        self.check("articles used", {path: (len(ids), ids) for path, ids in uses.items()},
                   {row["path"]: (row["times"], [one["id"] for one in each(row["records"])]) for row in each(told["used"])})
        self.check("the most used first", sorted((len(ids) for ids in uses.values()), reverse=True),
                   [row["times"] for row in each(told["used"])])
        self.check("repeats without an article", self.repeats(),
                   sorted((row["id"], row["earlier"]["id"]) for row in each(told["repeats"])))
        overdue = {path: (last.date() - moment(front["review_by"]).date()).days for path, front in mine.items()
                   if moment(front["review_by"]).date() < last.date() >= moment(front["reviewed"]).date()}
        self.check("overdue reviews", overdue, {row["path"]: row["days"] for row in each(told["overdue"])})
        self.check("the longest overdue first", sorted(overdue.values(), reverse=True), [row["days"] for row in each(told["overdue"])])
        changed = {}
        for path, front in mine.items():
            systems = {self.system_of({"system": name}) for name in front.get("systems", [])} - {None}
            since = [row["id"] for row in self.rows("changes") if self.system_of(row) in systems and moment(row.get("finished_at"))
                     and moment(front["reviewed"]).date() < moment(row["finished_at"]).date() and moment(row["finished_at"]) <= last]
            if since:
                changed[path] = (len(since), sorted(since))
        self.check("changes since the review", changed, {row["path"]: (row["times"], sorted(one["id"] for one in each(row["records"])))
                                                         for row in each(told["changed"])})
        finished = {row["id"]: moment(row.get("finished_at")) for row in self.rows("changes")}
        self.check("the last of them", {path: max(finished[one] for one in since) for path, (_, since) in changed.items()},
                   {row["path"]: finished[row["last"]["id"]] for row in each(told["changed"])})
