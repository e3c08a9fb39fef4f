// What the browser tests share: TAP lines, a site built for the test, a static
// server, Debian's Chromium with an eye on what pages do.
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { tmpdir } from 'node:os';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const root = process.env.ROOT ?? new URL('../..', import.meta.url).pathname;
const work = mkdtempSync(join(tmpdir(), 'opsledger-browser-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));

let count = 0, failed = 0;
export async function test(name, run) {
	const begun = Date.now();
	try {
		await run();
		console.log(`ok ${++count} - ${name} # ${Date.now() - begun} ms`);
	} catch (error) {
		failed++;
		console.log(`not ok ${++count} - ${name}`);
		console.log(String(error.stack ?? error).replace(/^/gm, '# '));
	}
}
export function finish() {
	console.log(`1..${count}`);
	process.exitCode = failed ? 1 : 0;
}

/* An article with what nobody else writes, so that a search has one right answer. */
const article = `---
title: 测试文章：回滚段过旧
kind: 手册
tags: [Oracle]
systems: []
reviewed: 2026-05-06
review_by: 2027-05-06
---

# 测试文章：回滚段过旧

## 现象

夜间统计报 ORA-01555: snapshot too old，主机 10.20.30.41:1521，文件 /u01/undo_tbs.dbf。

## 处理

增大 UNDO 表空间，缩短查询。MySQL 主从不受影响。“鸡兔同笼”不是术语。
`;

/* This repository's HEAD with few reports, which makes it quick, and that article:
 * one contract, or all of them, the others without reports. */
export function buildSite({ all = false } = {}) {
	const repository = join(work, 'repository'), out = join(work, 'site with 空格');
	const git = (...args) => execFileSync('git', ['-C', repository, ...args], { stdio: 'pipe' });
	execFileSync('git', ['clone', '-q', root, repository]);
	for (const id of readdirSync(join(repository, 'records'))) {
		const path = join(repository, 'records', id, 'contract.json');
		if (!existsSync(path))
			continue;
		const contract = JSON.parse(readFileSync(path, 'utf8'));
		contract.reports = contract.reports.filter(report => id === 'hengqin-admin' && report.kind === 'monthly');
		writeFileSync(path, JSON.stringify(contract, null, 1));
	}
	writeFileSync(join(repository, 'kb/manuals/undo.md'), article);
	git('-c', 'user.name=tester', '-c', 'user.email=tester@example.invalid', 'add', '-A');
	git('-c', 'user.name=tester', '-c', 'user.email=tester@example.invalid', 'commit', '-q', '-m', 'fewer reports');
	execFileSync(process.env.OPSLEDGER ?? join(root, 'build/opsledger'), ['-C', repository, '--as-of', '2026-11-21T18:00',
		'build', ...all ? [] : ['--contract', 'hengqin-admin'], '--out', out], { stdio: ['ignore', 'ignore', 'inherit'] });
	return out;
}

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css', '.svg': 'image/svg+xml',
	'.json': 'application/json', '.pdf': 'application/pdf' };

/* The folder on a port of this machine; answers with its address. */
export async function serve(folder) {
	const server = createServer((request, response) => {
		const path = join(folder, normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname)));
		const there = existsSync(path) && statSync(path).isFile();
		const body = there ? readFileSync(path) : Buffer.alloc(0);
		response.writeHead(there ? 200 : 404, { 'content-type': types[extname(path)] ?? 'application/octet-stream',
			'content-length': body.length, 'x-content-type-options': 'nosniff' });
		response.end(body);
	});
	await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
	return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

export const fileUrl = folder => pathToFileURL(folder).href;

export function launch() {
	return chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
}

/* A page that remembers what went wrong and what was asked of where. */
export async function openPage(browser, base, options = {}) {
	const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
	const page = await context.newPage(), faults = [];
	page.on('console', message => ['error', 'warning'].includes(message.type()) && faults.push(`console: ${message.text()}`));
	page.on('pageerror', error => faults.push(`error: ${error.message}`));
	page.on('request', request => request.url().startsWith(`${base}/`) || faults.push(`outside: ${request.url()}`));
	page.on('requestfailed', request => request.failure().errorText === 'net::ERR_ABORTED' || faults.push(`failed: ${request.url()}`));
	return { page, faults, close: () => context.close(), open: path => page.goto(`${base}/${path}`) };
}
