#!/usr/bin/env node
// The calendar's facts against a second source: each day of the State Council's notices in records/calendar/ against
// the package chinese-days, and the lunar dates that the unit test of time/lunar.h expects against lunar-javascript.
//
//   tests/data/calendar_sources.mjs            compares; prints TAP
//   tests/data/calendar_sources.mjs --write    writes tests/unit/time/lunar.csv anew
import { readFileSync, writeFileSync } from "node:fs";
import chineseDays from "chinese-days";
import lunarJavascript from "lunar-javascript";

const { Lunar, LunarMonth, LunarYear } = lunarJavascript;
const root = new URL("../../", import.meta.url);
const goldenFile = new URL("tests/unit/time/lunar.csv", root);

const noticeYears = [2023, 2024, 2025, 2026];
const notices = {
  2023: "国办发明电〔2022〕16号",
  2024: "国办发明电〔2023〕7号",
  2025: "国办发明电〔2024〕12号",
  2026: "国办发明电〔2025〕7号",
};
const festivals = {
  "1-1": "春节", "1-15": "元宵节", "5-5": "端午节", "7-7": "七夕", "7-15": "中元节",
  "8-15": "中秋节", "9-9": "重阳节", "12-8": "腊八节", "12-30": "除夕",
};

let count = 0;
function test(name, faults) {
  count++;
  console.log(`${faults.length ? "not ok" : "ok"} ${count} - ${name}`);
  faults.slice(0, 20).forEach((fault) => console.log(`# ${fault}`));
  if (faults.length) process.exitCode = 1;
}

function rowsOf(year) {
  const text = readFileSync(new URL(`records/calendar/cn-${year}.csv`, root), "utf8");
  const [head, ...lines] = text.trimEnd().split("\n");
  return { head, rows: lines.map((line) => line.split(",")) };
}

function* daysOf(year) {
  for (let day = new Date(Date.UTC(year, 0, 1)); day.getUTCFullYear() === year; day.setUTCDate(day.getUTCDate() + 1))
    yield { date: day.toISOString().slice(0, 10), weekend: day.getUTCDay() % 6 === 0 };
}

const isWeekend = (date) => new Date(`${date}T00:00:00Z`).getUTCDay() % 6 === 0;

// The rows in order, each a fact worth stating, under the notice of the year.
function formFaults(year) {
  const { head, rows } = rowsOf(year);
  const faults = head === "date,kind,name,source" ? [] : [`head: ${head}`];
  rows.forEach(([date, kind, name, source], i) => {
    if (i > 0 && date <= rows[i - 1][0]) faults.push(`${date}: out of order`);
    if (source !== notices[year]) faults.push(`${date}: ${source} is not the notice for ${year}`);
    if (kind !== "rest" && !(kind === "work" && isWeekend(date))) faults.push(`${date}: ${kind}`);
    if (!name) faults.push(`${date}: no name`);
  });
  return faults;
}

// What both make of each day of the year, and of the days that the notice names outside it.
function dayFaults(year) {
  const entered = new Map(noticeYears.flatMap((y) => rowsOf(y).rows).map(([date, kind]) => [date, kind]));
  const days = [...daysOf(year)];
  rowsOf(year).rows.filter(([date]) => !date.startsWith(`${year}-`))
    .forEach(([date]) => days.push({ date, weekend: isWeekend(date) }));
  return days.flatMap(({ date, weekend }) => {
    const work = entered.has(date) ? entered.get(date) === "work" : !weekend;
    return work === chineseDays.isWorkday(date) ? [] : [`${date}: chinese-days says the opposite of ${work ? "work" : "rest"}`];
  });
}

// Days that chinese-days lists by name must stand in the notice, those joined to a weekend excepted.
function nameFaults(year) {
  const entered = new Map(rowsOf(year).rows.map(([date, , name]) => [date, name]));
  return [...daysOf(year)].flatMap(({ date, weekend }) => {
    const listed = chineseDays.getDayDetail(date).name.split(",")[1];
    if (!listed || (weekend && !entered.has(date))) return [];
    return entered.get(date)?.includes(listed) ? [] : [`${date}: ${listed}, not ${entered.get(date)}`];
  });
}

// The first and last day of each regular month of the lunar years 1990–2060 and the festivals: together they fix
// every date. Day 30 stands for the last day, as time/lunar.h has it.
function golden() {
  const lines = ["year,month,day,date,name"];
  for (let year = 1990; year <= 2060; year++)
    for (let month = 1; month <= 12; month++)
      for (let day = 1; day <= 30; day++) {
        const name = festivals[`${month}-${day}`] ?? "";
        if (day !== 1 && day !== 30 && !name) continue;
        const last = LunarMonth.fromYm(year, month).getDayCount();
        const date = Lunar.fromYmd(year, month, Math.min(day, last)).getSolar().toYmd();
        lines.push(`${year},${month},${day},${date},${name}`);
      }
  return lines.join("\n") + "\n";
}

if (process.argv[2] === "--write") {
  writeFileSync(goldenFile, golden());
  process.exit();
}

for (const year of noticeYears) {
  test(`cn-${year}.csv has the form of its notice`, formFaults(year));
  test(`each day of ${year} is as chinese-days has it`, dayFaults(year));
  test(`the holidays of ${year} bear their names`, nameFaults(year));
}

const expected = golden().split("\n");
const found = readFileSync(goldenFile, "utf8").split("\n");
test("the lunar dates of 1990 to 2060 are those of lunar-javascript",
  expected.flatMap((line, i) => (line === found[i] ? [] : [`line ${i + 1}: ${found[i]}, not ${line}`]))
    .concat(found.length === expected.length ? [] : [`${found.length} lines, not ${expected.length}`]));

// 七夕 2012: the new moon of 17 August 2012 was at 23:54 in China; a calendar reckoned carelessly is a day late.
test("七夕 2012 was on 23 August",
  Lunar.fromYmd(2012, 7, 7).getSolar().toYmd() === "2012-08-23" ? [] : ["lunar-javascript is a day off"]);
// Leap months that a duty on a lunar date must not fall into.
test("the leap months of 2025 and 2033 are where GB/T 33661 puts them",
  LunarYear.fromYear(2025).getLeapMonth() === 6 && LunarYear.fromYear(2033).getLeapMonth() === 11 ? [] : ["moved"]);
console.log(`1..${count}`);
