"""Verdicts of targets on records (docs/contract.md, "targets"; design, chapter 5), the slow way."""
from contract import is_plain_date
from law import DAY, HOUR, UNITS, read_duration

STEPS = ["responded_at", "remote_started_at", "dispatched_at", "plan_at", "arrived_at", "workaround_at", "restored_at",
         "resolved_at", "closed_at"]
OVER = STEPS[-3:]
DATED = {"incidents": "reported_at", "findings": "found_on"}


class Reading:
    def __init__(self):
        self.verdict = self.begin = self.deadline = self.end = None
        self.paused = self.overrun = 0
        self.provisional = False


class Judge:
    """Reads every clock of one contract. rows: type → list of records."""

    def __init__(self, contract, rows):
        self.contract, self.law, self.tick = contract, contract.law, contract.zone.tick
        self.of_incident = {}
        for kind, dated in (("pauses", "from"), ("level_changes", "at"), ("reopenings", "at")):
            for row in sorted(rows.get(kind, []), key=lambda row: (self.tick(row[dated]), row["id"])):
                self.of_incident.setdefault((kind, row["incident"]), []).append(row)
        self.targets_of_day = {}

    def targets(self, record):
        day = self.tick(record[DATED[record["type"]]]) // DAY
        if day not in self.targets_of_day:
            self.targets_of_day[day] = self.contract.in_force("targets", day)
        return [target for target in self.targets_of_day[day] if target["for"]["type"] == record["type"]
                and self.contract.covers(target, record)
                and self.contract.service_span(target)[0] <= day < self.contract.service_span(target)[1]]

    def rows(self, kind, record):
        return self.of_incident.get((kind, record["id"]), []) if record["type"] == "incidents" else []

    def course(self, record, field, as_of):
        """When field came, and the gaps between being restored and being reopened."""
        at = self.tick(record.get(field, ""))
        at = at if at is not None and at <= as_of else None
        gaps = []
        if field != "restored_at":
            return at, gaps
        for row in self.rows("reopenings", record):
            again = self.tick(row["at"])
            if at is None or not at <= again <= as_of:
                continue
            if not self.continues(at, again):
                continue
            gaps.append((at, again))
            at = self.tick(row.get("restored_at", ""))
            at = at if at is not None and at <= as_of else None
        return at, gaps

    def continues(self, restored, again):
        """Whether a reopening goes on with the incident that was restored."""
        reopen = self.contract.document.get("reopen")
        return reopen is None or again <= self.law.deadline(restored, reopen["within"], self.contract.rule,
                                                            self.contract.close)[0]

    def passed(self, record, field, as_of):
        """Whether the record shows that it is over although field has not come: a later step
        has, and no reopening after that."""
        if field not in STEPS or record["type"] != "incidents":
            return False
        gaps = self.course(record, field, as_of)[1]
        later = [self.tick(record.get(step, "")) for step in STEPS[STEPS.index(field) + 1:] if step in OVER]
        return any(at is not None and at <= as_of and not any(again >= at for _, again in gaps) for at in later)

    def severer(self, one, other):
        return self.contract.levels.index(one) < self.contract.levels.index(other)

    def level(self, target, record, as_of):
        changes = self.rows("level_changes", record)
        level = self.contract.id_of(changes[0]["from_level"] if changes else record.get("level"))
        for row in changes:
            at, other = self.tick(row["at"]), self.contract.id_of(row["to_level"])
            if at > as_of or other == level:
                continue
            if self.severer(other, level):
                level = other
            elif row.get("approved_by") and not self.missed(target, record, level, at):
                level = other
        return level

    def missed(self, target, record, level, as_of):
        """Whether the clock of that level had been missed: for a target of one level, any of that
        level that ends in the same event; for a target of all levels its own."""
        clocks = [target]
        if "level" in target["for"]:
            clocks = [one for one in self.targets(record) if "level" in one["for"] and one["to"] == target["to"]]
        readings = [self.read(one, record, as_of, level) for one in clocks]
        return any(reading and reading.verdict == "missed" for reading in readings)

    def stops(self, target, record, begin, end, as_of, gaps):
        """The ticks at which the clock stands still, as united stretches inside [begin, end);
        the end of one that goes on is None."""
        marks = []
        for row in self.rows("pauses", record):
            since, until = self.tick(row["from"]), self.tick(row.get("to", ""))
            if since > as_of or not row.get("approved_by") or row["reason"] not in target.get("pause", []):
                continue
            if row.get("target") and row["target"] != target["id"]:
                continue
            marks.append((since, until if until is not None and until <= as_of else None))
        marks += gaps
        united = []
        for since, until in sorted(marks, key=lambda mark: mark[0]):
            since = max(since, begin)
            if end is not None:
                until = end if until is None else min(until, end)
            if until is not None and until <= since:
                continue
            if united and (united[-1][1] is None or since <= united[-1][1]):
                if united[-1][1] is not None:
                    united[-1][1] = None if until is None else max(until, united[-1][1])
            else:
                united.append([since, until])
        return united

    def pause(self, reading, within, rule, close, stops, as_of):
        """Moves the deadline by the stops, tick by tick. True when the clock stands still now."""
        amount, unit = read_duration(within)
        own = self.law.working if unit in ("wh", "wd") else self.law.always
        if unit in UNITS or unit == "wh":
            return self.pause_hours(reading, amount * UNITS.get(unit, HOUR), own, stops, as_of)
        seen = []
        moved = reading.deadline
        for since, until in stops:
            if since >= reading.deadline:
                break
            if until is None:
                reading.paused += own.count(1, since, max(since, as_of))
                reading.provisional |= unit == "wd" and self.law.is_unknown(self.law.days_of_working_time(since, as_of))
                return True
            here = own.count(1, since, until)
            if unit == "wd":
                seen += self.law.days_of_working_time(since, until)
            reading.paused += here
            if unit == "wd":
                if here:
                    begin = reading.deadline
                    reading.deadline = self.law.run_out(own, begin, here)
                    seen += self.law.days_of_working_time(begin, reading.deadline)
            else:
                moved += here
                reading.deadline = moved if rule == "same-clock" else self.off_rest(moved, close, seen)
        reading.provisional |= self.law.is_unknown(seen)
        return False

    def off_rest(self, deadline, close, seen):
        day = (deadline - 1) // DAY
        last = self.law.off_rest(day, seen)
        return deadline if last == day else last * DAY + (self.law.close if close else DAY)

    def pause_hours(self, reading, need, own, stops, as_of):
        if not stops:
            return False
        begin = reading.begin
        last = max(reading.deadline, *(as_of if until is None else until for _, until in stops))
        state = bytearray(own[begin:last + 2 * (last - begin) + 40 * DAY])
        for since, until in stops:
            until = len(state) if until is None else until - begin
            state[since - begin:until] = bytes(until - (since - begin))
        elapsed = self.law.run_out(state, 0, need)
        if elapsed is None:
            assert stops[-1][1] is None
            reading.paused = own.count(1, begin, as_of) - state.count(1, 0, as_of - begin)
            reading.provisional |= own is self.law.working and self.law.is_unknown(
                self.law.days_of_working_time(stops[-1][0], as_of))
            return True
        reading.deadline = deadline = begin + elapsed
        reading.paused = own.count(1, reading.begin, deadline) - need
        if own is self.law.working:
            reading.provisional |= self.law.is_unknown(self.law.days_of_working_time(reading.begin, deadline))
        return False

    def allowance(self, target, record, level, begin, reading):
        within = target["within"]
        if isinstance(within, str):
            return within
        day = begin // DAY
        for one in within:
            if not self.contract.fits(one, record, level, ("on", "within")):
                continue
            if "on" in one:
                reading.provisional |= self.law.is_unknown([day])
                if self.law.calendar.worked[day] != (one["on"] == "workday"):
                    continue
            return one["within"]
        return None

    def read(self, target, record, as_of, level=None):
        """The reading of target on record, or None when it is not applicable."""
        if self.tick(record[DATED[record["type"]]]) > as_of:
            return None
        if level is None:
            level = self.level(target, record, as_of)
        if not self.contract.fits(target["for"], record, level):
            return None
        reading = Reading()
        reading.end, gaps = self.course(record, target["to"], as_of)
        excluded = (bool(record.get("parent")) and not target.get("each_ticket")
                    or self.contract.denied(target.get("counts_if", {}), record))
        if not self.start(target, record, as_of, level, reading):
            return None
        if reading.verdict:
            reading.verdict = "excluded" if excluded else reading.verdict
            return reading
        frozen = False
        if "by" in target:
            reading.deadline = self.agreed(target, record)
            if reading.deadline is None:
                reading.verdict = "unknown"
        else:
            within = self.allowance(target, record, level, reading.begin, reading)
            if within is None:
                return None
            rule, close = self.rule_of(target)
            reading.deadline, provisional = self.law.deadline(reading.begin, within, rule, close)
            reading.provisional |= provisional
            runs = reading.begin
            if rule == "civil-code" and read_duration(within)[1] not in ("m", "h", "wh"):
                runs = (reading.begin // DAY + 1) * DAY
            stops = self.stops(target, record, runs, reading.end, as_of, gaps)
            frozen = self.pause(reading, within, rule, close, stops, as_of)
        if frozen:
            reading.deadline = None
        return self.judge(target, record, as_of, reading, excluded, frozen)

    def rule_of(self, target):
        close = target["day_ends"] == "close" if "day_ends" in target else self.contract.close
        return target.get("rule", self.contract.rule), close

    def agreed(self, target, record):
        """The agreed time; a plain date means the end of its day."""
        text = record.get(target["by"], "")
        at = self.tick(text)
        if text and is_plain_date(text):
            at += self.law.close if self.rule_of(target)[1] else DAY
        return at

    def start(self, target, record, as_of, level, reading):
        """Sets where the clock begins; False when it does not."""
        if "from" not in target:
            reading.begin = self.tick(record[DATED[record["type"]]])
            return True
        if isinstance(target["from"], dict):
            missed = [one for one in self.targets(record) if one["id"] == target["from"]["missed"]]
            before = self.read(missed[0], record, as_of) if missed else None
            if not before or before.verdict != "missed":
                return False
            reading.begin = before.deadline
            reading.provisional |= before.provisional
            return True
        reading.begin = self.course(record, target["from"], as_of)[0]
        if reading.begin is None:
            if not self.passed(record, target["from"], as_of):
                return False
            reading.verdict = "unknown"
        return True

    def judge(self, target, record, as_of, reading, excluded, frozen):
        if "unless" in target:
            other = self.tick(record.get(target["unless"], ""))
            if (other is not None and other <= as_of and (reading.deadline is None or other <= reading.deadline)
                    and (reading.end is None or other < reading.end)):
                return None
        if excluded:
            reading.verdict = "excluded"
        elif reading.verdict:
            pass
        elif reading.end is None and self.passed(record, target["to"], as_of):
            reading.verdict = "unknown"
        elif reading.end is not None:
            end = reading.end
            if is_plain_date(record[target["to"]]) and end >= reading.deadline:
                end += DAY  # a plain date is some moment of its day: late, until its end
            reading.verdict = "met" if end <= reading.deadline else "missed"
            reading.overrun = max(0, end - reading.deadline)
        elif frozen:
            reading.verdict = "paused"
        else:
            reading.verdict = "running" if as_of <= reading.deadline else "missed"
            reading.overrun = max(0, as_of - reading.deadline)
        return reading

    def read_all(self, records, as_of):
        """(record id, target id) → reading, of every record dated in the term."""
        begin, end = (day * DAY for day in self.contract.term)
        readings = {}
        for record in records:
            if begin <= self.tick(record[DATED[record["type"]]]) < end:
                for target in self.targets(record):
                    reading = self.read(target, record, as_of)
                    if reading:
                        readings[record["id"], target["id"]] = reading
        return readings
