#!/usr/bin/env node
// Pages in the browser: links, both looks, small screens, print, tables, axe-core.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, normalize, relative } from 'node:path';
import { buildSite, fileUrl, finish, launch, openPage, test } from './lib.mjs';

const folder = buildSite({ all: true }), base = fileUrl(folder), browser = await launch();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const kinds = {
	home: 'index.html', dashboard: 'hengqin-admin/index.html', reports: 'hengqin-admin/reports.html',
	report: 'hengqin-admin/reports/2026-03.html', types: 'hengqin-admin/records.html', table: 'hengqin-admin/records/incidents.html',
	record: 'hengqin-admin/records/incidents/INC-2026-0312.html', audit: 'hengqin-admin/audit.html', systems: 'hengqin-admin/systems.html',
	system: 'hengqin-admin/systems/office.html', lessons: 'hengqin-admin/knowledge.html', case: 'hengqin-admin/cases/INC-2026-0312.html',
	shelves: 'kb/index.html', article: 'kb/manuals/mysql-failover.html', tags: 'kb/tags.html', review: 'kb/review.html',
	search: 'search.html?q=%E4%B8%BB%E4%BB%8E', missing: '404.html',
};

await test('every link and every anchor leads somewhere, and none leads out', () => {
	const files = new Set(readdirSync(folder, { recursive: true }).map(path => path.replaceAll('\\', '/')));
	const ids = new Map(), faults = [];
	const read = path => ids.get(path) ?? ids.set(path, new Set(Array.from(
		readFileSync(join(folder, path), 'utf8').matchAll(/\sid="([^"]*)"/g), match => match[1]))).get(path);
	let links = 0;
	for (const file of files) {
		if (!file.endsWith('.html'))
			continue;
		const html = readFileSync(join(folder, file), 'utf8');
		for (const [, , address] of html.matchAll(/\s(href|src)="([^"]*)"/g)) {
			const [path, anchor] = address.replaceAll('&amp;', '&').split('#'), bare = decodeURIComponent(path.split('?')[0]);
			links++;
			if (/^[a-z]+:/.test(address) && !/^(https?|mailto):/.test(address) || address.startsWith('/'))
				faults.push(`${file}: ${address}`);
			if (/^[a-z]+:/.test(address))
				continue;
			const target = bare ? relative('.', normalize(join(dirname(file), bare))) : file;
			if (!files.has(target) || (anchor && target.endsWith('.html') && !read(target).has(decodeURIComponent(anchor))))
				faults.push(`${file}: ${address}`);
		}
	}
	assert.ok(links > 10000);
	assert.deepEqual(faults.slice(0, 20), []);
});

const rules = { preload: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
const colours = { preload: false, runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };
async function violations(page, wanted = rules) {
	await page.evaluate(axe);
	const result = await page.evaluate(wanted => window.axe.run(wanted), wanted);
	return result.violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(' | ')}`);
}
for (const [kind, path] of Object.entries(kinds))
	await test(`axe-core finds nothing on the ${kind} page, light or dark`, async () => {
		const opened = await openPage(browser, base);
		await opened.open(path);
		await opened.page.waitForTimeout(kind === 'search' ? 800 : 50);
		assert.deepEqual(await violations(opened.page), []);
		await opened.page.emulateMedia({ colorScheme: 'dark' });
		assert.deepEqual(await violations(opened.page, colours), []);
		assert.deepEqual(opened.faults, []);
		await opened.close();
	});

await test('the search dialog has nothing for axe-core to find', async () => {
	const opened = await openPage(browser, base);
	await opened.open(kinds.article);
	await opened.page.keyboard.press('/');
	await opened.page.keyboard.type('主从');
	await opened.page.waitForSelector('dialog [role=option]');
	assert.deepEqual(await violations(opened.page), []);
	await opened.close();
});

for (const width of [360, 768])
	await test(`nothing is wider than a screen of ${width} pixels`, async () => {
		const opened = await openPage(browser, base, { viewport: { width, height: 740 } });
		for (const [kind, path] of Object.entries(kinds)) {
			await opened.open(path);
			await opened.page.waitForTimeout(kind === 'search' ? 800 : 0);
			assert.equal(await opened.page.evaluate(() => document.documentElement.scrollWidth), width, kind);
		}
		assert.deepEqual(opened.faults, []);
		await opened.close();
	});

await test('the look follows the system until the reader chooses; the choice lasts', async () => {
	const opened = await openPage(browser, base, { colorScheme: 'dark' }), { page } = opened;
	const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
	await opened.open('index.html');
	const dark = await paper();
	await page.click('button.theme');
	const light = await paper();
	assert.notEqual(dark, light);
	await opened.open(kinds.record);
	assert.equal(await paper(), light);
	await page.click('button.theme');
	assert.equal(await paper(), dark);
	await opened.close();
});

await test('by keyboard alone: skip link first, then the menu, focus always seen', async () => {
	const opened = await openPage(browser, base), { page } = opened;
	await opened.open(kinds.article);
	await page.keyboard.press('Tab');
	assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
	await page.keyboard.press('Enter');
	assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
	await page.focus('.menu summary');
	await page.keyboard.press('Enter');
	assert.ok(await page.isVisible('.menu li a'));
	await page.keyboard.press('Escape');
	assert.ok(!(await page.isVisible('.menu li a')));
	for (let i = 0; i < 12; i++) {
		await page.keyboard.press('Tab');
		const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
		assert.notEqual(outline, 'none');
	}
	await opened.close();
});

await test('tables sort by number and by pinyin, and filter', async () => {
	const opened = await openPage(browser, base), { page } = opened;
	await opened.open(kinds.systems);
	const column = (table, n) => page.$$eval(`main table:nth-of-type(1)`, (tables, [table, n]) =>
		Array.from(tables[table].tBodies[0].rows).filter(row => !row.hidden).map(row => row.cells[n].textContent.trim()), [table, n]);
	const button = page.locator('main table').first().locator('th button').nth(3);
	await button.click();
	const up = (await column(0, 3)).map(Number);
	assert.deepEqual(up, [...up].sort((a, b) => a - b));
	await button.click();
	assert.equal(await page.locator('main table').first().locator('th').nth(3).getAttribute('aria-sort'), 'descending');
	assert.deepEqual((await column(0, 3)).map(Number), up.reverse());
	await opened.open(kinds.table);
	await page.fill('.filter input', 'INC-2026-0312 数据库');
	assert.deepEqual(await column(0, 0), ['INC-2026-0312']);
	await opened.close();
});

await test('code is copied by keyboard', async () => {
	const opened = await openPage(browser, base), { page } = opened;
	await opened.open(kinds.article);
	const code = await page.locator('article pre').first().innerText();
	await page.evaluate(() => document.addEventListener('copy', () => (window.copied = String(getSelection()))));
	await page.locator('button.copy').first().focus();
	await page.keyboard.press('Enter');
	assert.ok(code.trim());
	assert.equal((await page.evaluate(() => window.copied)).trim(), code.trim());
	assert.equal(await page.locator('button.copy').first().textContent(), '已复制');
	await opened.close();
});

await test('without scripts everything is there to be read', async () => {
	const opened = await openPage(browser, base, { javaScriptEnabled: false }), { page } = opened;
	for (const [kind, path] of Object.entries(kinds)) {
		await opened.open(path);
		assert.ok((await page.textContent('h1')).trim().length > 1, kind);
	}
	await opened.open('search.html');
	assert.ok(await page.isVisible('noscript a'));
	await opened.close();
});

await test('in print there is the text and no navigation', async () => {
	const opened = await openPage(browser, base), { page } = opened;
	await page.emulateMedia({ media: 'print' });
	for (const path of [kinds.record, kinds.article, kinds.report, kinds.dashboard]) {
		await opened.open(path);
		for (const gone of ['header.top', 'nav.crumbs', 'nav.tabs', 'footer.foot'])
			assert.ok((await page.locator(gone).count()) === 0 || !(await page.isVisible(gone)), `${gone} on ${path}`);
		assert.ok(await page.isVisible('h1'));
	}
	assert.ok((await page.pdf({ format: 'A4' })).length > 10000);
	await opened.close();
});

await browser.close();
finish();
