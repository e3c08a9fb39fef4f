#!/usr/bin/env node
// Search in the browser, from file:// and from a server: issue 6, findings 5 and 6.
import assert from 'node:assert/strict';
import { buildSite, fileUrl, finish, launch, openPage, serve, test } from './lib.mjs';

const folder = buildSite(), server = await serve(folder), browser = await launch();

/* The titles found, after the search has come to rest. */
async function found(page) {
	await page.waitForFunction(() => /条|不见于/.test(document.querySelector('[role=status]').textContent));
	return page.$$eval('[role=option] b', list => list.map(element => element.textContent));
}
async function search(opened, query) {
	await opened.open(`search.html?q=${encodeURIComponent(query)}`);
	return found(opened.page);
}

for (const [where, base] of [['file', fileUrl(folder)], ['http', server.url]]) {
	const opened = await openPage(browser, base), { page, faults } = opened;

	await test(`${where}: a Chinese word finds its article first, with marks`, async () => {
		assert.equal((await search(opened, '主从延迟'))[0], 'MySQL 主从延迟与复制中断处理');
		assert.equal(await page.textContent('[role=option] mark'), '主从延迟');
	});
	await test(`${where}: what was written to teach comes before mere records`, async () => {
		await search(opened, '数据库');
		const kinds = await page.$$eval('[role=option] small', list => list.slice(0, 2).map(element => element.textContent.split(' · ')[0]));
		assert.ok(kinds.every(kind => ['案例', '故障记录', '手册', '问答', '应急预案', '巡检记录'].includes(kind)), kinds.join());
	});
	await test(`${where}: a word of five characters and a single one`, async () => {
		assert.deepEqual(await search(opened, '鸡兔同笼'), ['测试文章：回滚段过旧']);
		assert.deepEqual(await search(opened, '笼'), ['测试文章：回滚段过旧']);
	});
	await test(`${where}: Chinese and Latin mixed, with a blank or without`, async () => {
		const parted = await search(opened, 'MySQL 主从'), joined = await search(opened, 'mysql主从');
		assert.ok(parted.includes('MySQL 主从切换与从库重建') && parted.includes('测试文章：回滚段过旧'));
		assert.ok(joined.includes('MySQL 主从切换与从库重建') && joined.includes('测试文章：回滚段过旧'));
	});
	for (const query of ['ORA-01555', 'ora-015', '01555', '10.20.30.41', '10.20.30.41:1521', 'undo_tbs.dbf', '"snapshot too old"', 'ＯＲＡ－０１５５５', '回滚段 UNDO'])
		await test(`${where}: ${query}`, async () => assert.deepEqual(await search(opened, query), ['测试文章：回滚段过旧']));
	await test(`${where}: a word is not found from its middle, nor a phrase in pieces`, async () => {
		assert.deepEqual(await search(opened, '"too snapshot"'), []);
		assert.deepEqual(await search(opened, 'napshot'), []);
	});
	await test(`${where}: a record by its id, first`, async () => {
		assert.match((await search(opened, 'INC-2026-0312'))[0], /^INC-2026-0312/);
		assert.match((await search(opened, 'REQ-2026-0201'))[0], /^REQ-2026-0201/);
	});
	await test(`${where}: says which word is nowhere, and offers the rest`, async () => {
		assert.ok((await search(opened, '主从 无此词语乎')).length > 0);
		assert.match(await page.textContent('[role=status]'), /“无此词语乎”不见于任何页面；含有其中一些的有 /);
		assert.deepEqual(await search(opened, '无此词语乎'), []);
		assert.equal(await page.textContent('[role=status]'), '“无此词语乎”不见于任何页面');
	});
	await test(`${where}: what was found before is offered again`, async () => {
		await search(opened, '鸡兔同笼');
		await page.click('[role=option]');
		await page.waitForURL(/undo\.html/);
		await page.keyboard.press('/');
		await page.waitForSelector('dialog [role=option]');
		assert.equal(await page.textContent('dialog [role=option]'), '鸡兔同笼');
		await page.keyboard.press('Enter');
		await page.waitForURL(/search\.html\?q=/);
		assert.deepEqual(await found(page), ['测试文章：回滚段过旧']);
	});

	await test(`${where}: / opens, arrows move, Enter goes, from a page two folders down`, async () => {
		await opened.open('kb/manuals/undo.html');
		await page.keyboard.press('/');
		await page.keyboard.type('从库重建');
		await page.waitForSelector('dialog [role=option] mark');
		const combobox = page.getByRole('combobox');
		assert.equal(await combobox.getAttribute('aria-expanded'), 'true');
		await page.keyboard.press('ArrowDown');
		const active = await combobox.getAttribute('aria-activedescendant');
		assert.equal(await page.getAttribute(`#${active}`, 'aria-selected'), 'true');
		await page.keyboard.press('ArrowDown');
		assert.notEqual(await combobox.getAttribute('aria-activedescendant'), active);
		await page.keyboard.press('ArrowUp');
		const target = await page.getAttribute(`#${active}`, 'href');
		await page.keyboard.press('Enter');
		await page.waitForURL(url => url.href.includes(target.replace(/^[./]*/, '').replace(/#.*/, '')));
	});
	await test(`${where}: Ctrl-K opens, Escape closes, focus returns`, async () => {
		await opened.open('index.html');
		await page.focus('.brand');
		await page.keyboard.press('Control+k');
		assert.equal(await page.evaluate(() => document.activeElement.getAttribute('role')), 'combobox');
		await page.keyboard.press('Escape');
		assert.equal(await page.locator('dialog[open]').count(), 0);
		assert.equal(await page.evaluate(() => document.activeElement.className), 'brand');
	});
	await test(`${where}: nothing is searched while characters are being composed`, async () => {
		await opened.open('search.html');
		await page.evaluate(() => {
			const input = document.querySelector('input[name=q]');
			input.dispatchEvent(new CompositionEvent('compositionstart'));
			input.value = 'zhu cong';
			input.dispatchEvent(new InputEvent('input', { isComposing: true }));
		});
		await page.waitForTimeout(400);
		assert.equal(await page.textContent('[role=status]'), '');
		await page.evaluate(() => {
			const input = document.querySelector('input[name=q]');
			input.value = '鸡兔同笼';
			input.dispatchEvent(new CompositionEvent('compositionend'));
		});
		assert.deepEqual(await found(page), ['测试文章：回滚段过旧']);
	});
	await test(`${where}: filters by kind and year, counted; the address keeps the search`, async () => {
		await search(opened, '数据库');
		const all = Number.parseInt((await page.textContent('[role=status]')).replace(/\D*/, ''), 10);
		const offered = await page.$$eval('select[name=kind] option', list => list.map(option => option.textContent));
		const cases = Number(offered.find(text => text.startsWith('案例')).match(/\d+/)[0]);
		assert.ok(cases > 0 && cases < all);
		await page.selectOption('select[name=kind]', '案例');
		await page.waitForFunction(n => document.querySelector('[role=status]').textContent.startsWith(`${n} `), cases);
		await page.selectOption('select[name=year]', '2026');
		await page.waitForFunction(() => location.search.includes('year=2026'));
		await opened.page.reload();
		await found(page);
		assert.equal(await page.inputValue('select[name=kind]'), '案例');
		const facts = await page.$$eval('[role=option] small', list => list.map(element => element.textContent));
		assert.ok(facts.length > 0 && facts.every(text => /^案例 · .* · 2026年/.test(text)));
	});
	await test(`${where}: more results, and the newest first`, async () => {
		await search(opened, '巡检');
		assert.equal(await page.locator('[role=option]').count(), 6);
		await page.click('.more');
		await page.waitForFunction(() => document.querySelectorAll('[role=option]').length > 6);
		await page.selectOption('select[name=sort]', 'date');
		await page.waitForFunction(() => location.search.includes('sort=date'));
		await page.waitForFunction(() => document.querySelectorAll('[role=option]').length === 6);
		const months = await page.$$eval('[role=option] small', list => list.map(element => element.textContent.match(/(\d+)年(\d+)月$/)?.slice(1).map(Number)));
		months.filter(Boolean).reduce((before, now) => {
			assert.ok(before[0] * 12 + before[1] >= now[0] * 12 + now[1]);
			return now;
		});
	});
	await test(`${where}: a section of the page is linked where the word stands`, async () => {
		await search(opened, '缩短查询');
		assert.match(await page.getAttribute('[role=option]', 'href'), /kb\/manuals\/undo\.html#处理/);
	});
	await test(`${where}: in the dark, on a screen of 360 pixels, results are within it and their marks are seen`, async () => {
		await page.setViewportSize({ width: 360, height: 740 });
		await page.emulateMedia({ colorScheme: 'dark' });
		await search(opened, '主从延迟');
		assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
		const [mark, paper] = await page.evaluate(() => [document.querySelector('[role=option] mark'), document.body]
			.map(element => getComputedStyle(element).backgroundColor));
		assert.notEqual(mark, paper);
		assert.notEqual(mark, 'rgba(0, 0, 0, 0)');
	});
	await test(`${where}: nothing failed, nothing was asked from outside the folder`, () => assert.deepEqual(faults, []));
	await opened.close();
}

await test('a first search asks little: at most 16 files and 100 KB beside the page itself', async () => {
	const opened = await openPage(browser, server.url), sizes = [];
	opened.page.on('response', response => {
		if (response.url().includes('/search/'))
			sizes.push(Number(response.headers()['content-length']));
	});
	await search(opened, '主从复制 中断');
	await opened.page.waitForTimeout(200);
	const bytes = sizes.reduce((a, b) => a + b, 0);
	console.log(`# ${sizes.length} files, ${bytes} bytes`);
	assert.ok(sizes.length >= 4 && sizes.length <= 16 && bytes <= 100 * 1024);
	await opened.close();
});

await browser.close();
server.close();
finish();
