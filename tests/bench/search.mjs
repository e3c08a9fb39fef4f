#!/usr/bin/env node
// Search side by side with Pagefind, MiniSearch and FlexSearch over one corpus.
//
// usage: search.mjs OWN_SITE PAGEFIND_SITE CORPUS.json
import { createServer } from 'node:http';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { makeQueries, makeTruth } from './queries.mjs';

const { chromium } = createRequire(new URL('../package.json', import.meta.url))('playwright-core');
const [own, other, corpusPath] = process.argv.slice(2), corpus = JSON.parse(readFileSync(corpusPath, 'utf8'));
const { queries, titles } = makeQueries(corpus), truthOf = makeTruth(corpus);
const numberOf = new Map(corpus.map((page, i) => [page.path.replace(/^kb\/|\.md$/g, ''), i]));
const truths = queries.map(({ query }) => truthOf(query));
const percent = value => `${(100 * value).toFixed(1)} %`, median = list => list.sort((a, b) => a - b)[list.length >> 1];

/* Mean recall against both truths and mean precision, as one line. */
function judge(name, answers) {
	const share = (found, truth) => truth.size ? found.filter(i => truth.has(i)).length / truth.size : 1;
	const mean = list => list.reduce((a, b) => a + b, 0) / list.length;
	const looseRecall = answers.map((found, i) => share(found, truths[i].loose));
	const strictRecall = answers.map((found, i) => share(found, truths[i].strict));
	const precise = kind => answers.map((found, i) => found.length ? found.filter(n => truths[i][kind].has(n)).length / found.length :
		+!truths[i][kind].size);
	console.log(`  ${name.padEnd(30)} recall ${percent(mean(strictRecall))} of words, ${percent(mean(looseRecall))} of substrings; ` +
		`precision ${percent(mean(precise('strict')))} and ${percent(mean(precise('loose')))}`);
	return { strictRecall, precision: precise('strict') };
}

function files(folder) {
	const list = readdirSync(folder, { recursive: true }).map(path => join(folder, path)).filter(path => statSync(path).isFile());
	return { count: list.length, bytes: list.reduce((sum, path) => sum + statSync(path).size, 0) };
}

const textBytes = corpus.reduce((sum, page) => sum + Buffer.byteLength(page.title + page.text), 0);
console.log(`\nSearch: ${queries.length} queries over ${corpus.length} pages, ${(textBytes / 1e6).toFixed(2)} MB of text`);
for (const [name, folder] of [['opsledger, index and texts', join(own, 'search')], ['pagefind, index and texts', join(other, 'pagefind')]]) {
	const { count, bytes } = files(folder);
	console.log(`  ${name.padEnd(30)} ${(bytes / 1e6).toFixed(2)} MB in ${count} files, ${percent(bytes / textBytes)} of the text`);
}
const client = readFileSync(join(own, 'search.js'));
console.log(`  ${'opsledger, client'.padEnd(30)} ${client.length} bytes, ${gzipSync(client, { level: 9 }).length} compressed`);

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
const ownBase = pathToFileURL(own).href;

/* opsledger, from file:// */
{
	const page = await browser.newPage();
	await page.goto(`${ownBase}/search.html`);
	const ask = query => page.evaluate(async query => {
		const result = await Search.find(query), shown = [];
		for (const i of result.lacking ? [] : result.ranked.slice(0, 10))
			shown.push(await Search.show(i, result));
		const good = shown.filter(Boolean).sort((a, b) => b.score - a.score);
		return { ranked: result.lacking ? [] : result.ranked, urls: good.map(hit => hit.url.replace(/^kb\/|\.html.*$/g, '')) };
	}, query);
	/* Documents are numbered by kind, then address. */
	const order = corpus.map((page, i) => i).sort((a, b) => {
		const key = i => `${corpus[i].path.startsWith('kb/cases') ? '案例' : '手册'} ${corpus[i].path.replace('.md', '.html')}`;
		return Buffer.compare(Buffer.from(key(a)), Buffer.from(key(b)));
	});
	const answers = [];
	let shown = 0, wrong = 0;
	for (const [i, { query }] of queries.entries()) {
		const { ranked, urls } = await ask(query);
		answers.push(ranked.map(number => order[number]));
		shown += urls.length;
		wrong += urls.filter(url => !truths[i].strict.has(numberOf.get(url))).length;
		for (const url of urls)
			if (!answers[i].includes(numberOf.get(url)))
				throw new Error(`${url} is shown for ${query} but was not found`);
		if (process.env.VERBOSE) {
			const missed = [...truths[i].strict].filter(n => !answers[i].includes(n)), extra = urls.filter(url => !truths[i].strict.has(numberOf.get(url)));
			if (missed.length || extra.length)
				console.log(`# ${query}: missed ${missed.slice(0, 3).map(n => corpus[n].path)}, wrong ${extra.slice(0, 3)}`);
		}
	}
	const judged = judge('opsledger, before the check', answers);
	console.log(`  ${'opsledger, shown'.padEnd(30)} ${shown} results, ${wrong} of them wrong`);
	if (process.env.VERBOSE)
		for (const category of new Set(queries.map(query => query.category))) {
			const which = queries.flatMap((query, i) => query.category === category ? [i] : []);
			const mean = list => which.reduce((sum, i) => sum + list[i], 0) / which.length;
			console.log(`#   ${category} (${which.length}): ${percent(mean(judged.strictRecall))} / ${percent(mean(judged.precision))}`);
		}
	let first = 0, reciprocal = 0;
	for (const title of titles) {
		const { urls } = await ask(title), at = urls.findIndex(url => corpus[numberOf.get(url)].title === title);
		first += at === 0;
		reciprocal += at < 0 ? 0 : 1 / (at + 1);
		if (process.env.VERBOSE && at)
			console.log(`# title ${title}: ${at}, first ${corpus[numberOf.get(urls[0])]?.title}`);
	}
	console.log(`  ${'opsledger, a page by its title'.padEnd(30)} first for ${percent(first / titles.length)} of ${titles.length}, mean reciprocal rank ${(reciprocal / titles.length).toFixed(3)}`);
	await page.close();
}

const cold = ['主从复制', 'ORA-01555', 'MySQL 主从', '负载均衡', corpus.at(-1).title.split(' ')[0], '磁盘空间不足', 'Debian 软件包', '连接数耗尽',
	'单元格 格式', '图层 蒙版', 'HTTP 502', '统一认证平台 登录缓慢'];
/* Each in a fresh context: time from navigation to the first result, and what was fetched. */
async function coldly(name, address, wanted, selector) {
	const times = [], bytes = [], counts = [];
	for (const query of cold) {
		const context = await browser.newContext(), page = await context.newPage(), fetched = new Map();
		page.on('request', request => wanted.test(request.url()) && fetched.set(request.url(), 0));
		await page.addInitScript(selector => new MutationObserver((_, observer) => {
			if (document.querySelector(selector)) {
				observer.disconnect();
				window.firstAt = performance.now();
			}
		}).observe(document, { childList: true, subtree: true }), selector);
		await page.goto(address(query));
		await page.waitForFunction(() => window.firstAt).catch(() => { throw new Error(`nothing found for ${query}`); });
		times.push(await page.evaluate(() => window.firstAt));
		await page.waitForTimeout(150);
		counts.push(fetched.size);
		bytes.push(Array.from(fetched.keys(), url => statSync((url.startsWith('file') ? '' : other) + decodeURIComponent(new URL(url).pathname)).size)
			.reduce((a, b) => a + b, 0));
		await context.close();
	}
	console.log(`  ${name.padEnd(30)} first result after ${median(times).toFixed(0)} ms (at most ${Math.max(...times).toFixed(0)}), ` +
		`${(median(bytes) / 1000).toFixed(0)} KB (at most ${(Math.max(...bytes) / 1000).toFixed(0)}) in ${median(counts)} files (at most ${Math.max(...counts)})`);
}
await coldly('opsledger, cold, file://', query => `${ownBase}/search.html?q=${encodeURIComponent(query)}`, /\/search\//, '[role=option]');

/* Pagefind, which needs a server. */
{
	const types = { '.html': 'text/html', '.js': 'text/javascript', '.json': 'application/json', '.wasm': 'application/wasm' };
	const asking = '<!DOCTYPE html><meta charset="utf-8"><script type="module">const pagefind = await import("/pagefind/pagefind.js");' +
		'window.pagefind = pagefind; const q = new URLSearchParams(location.search).get("q"); if (q) {' +
		'const found = await pagefind.search(q); for (const hit of await Promise.all(found.results.slice(0, 10).map(r => r.data())))' +
		'document.body.insertAdjacentHTML("beforeend", `<p role="option">${hit.excerpt}</p>`); } window.ready = true;</script><body>';
	const server = createServer((request, response) => {
		const path = join(other, decodeURIComponent(new URL(request.url, 'http://x').pathname)), ask = request.url.startsWith('/ask');
		const there = ask || existsSync(path);
		response.writeHead(there ? 200 : 404, { 'content-type': ask ? 'text/html' : types[extname(path)] ?? 'application/octet-stream' });
		response.end(ask ? asking : there ? readFileSync(path) : '');
	});
	await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
	const base = `http://127.0.0.1:${server.address().port}`, urlOf = new Map();
	const fragments = join(other, 'pagefind', 'fragment');
	for (const name of readdirSync(fragments)) {
		const text = gunzipSync(readFileSync(join(fragments, name))).toString();
		urlOf.set(name.replace('.pf_fragment', ''), JSON.parse(text.slice(text.indexOf('{'))).url.replace(/^\/|\.html$/g, ''));
	}
	const page = await browser.newPage();
	await page.goto(`${base}/ask`);
	await page.waitForFunction(() => window.ready);
	const ask = async query => (await page.evaluate(async query => (await window.pagefind.search(query)).results.map(hit => hit.id), query))
		.map(id => numberOf.get(urlOf.get(id))).filter(number => number !== undefined);
	const answers = [];
	for (const { query } of queries)
		answers.push(await ask(query));
	judge('pagefind', answers);
	let first = 0;
	for (const title of titles)
		first += corpus[(await ask(title))[0]]?.title === title;
	console.log(`  ${'pagefind, a page by its title'.padEnd(30)} first for ${percent(first / titles.length)} of ${titles.length}`);
	await coldly('pagefind, cold, http://', query => `${base}/ask?q=${encodeURIComponent(query)}`, /\/pagefind\//, '[role=option]');
	server.close();
}
await browser.close();

/* Libraries whose index is one piece that is loaded whole. */
{
	const { default: MiniSearch } = await import('minisearch'), { Index, Charset } = await import('flexsearch');
	const bigrams = text => Array.from(text.normalize('NFKC').toLowerCase().matchAll(/[\u3400-\u9fff]+|[0-9a-z]+/g), ([run]) =>
		/[0-9a-z]/.test(run) || run.length < 2 ? [run] : Array.from({ length: run.length - 1 }, (_, i) => run.slice(i, i + 2))).flat();
	for (const [name, options] of [['minisearch, as it comes', {}], ['minisearch, bigrams', { tokenize: bigrams }]]) {
		const index = new MiniSearch({ fields: ['title', 'text'], searchOptions: { combineWith: 'AND', prefix: true }, ...options });
		index.addAll(corpus.map(({ title, text }, id) => ({ id, title, text })));
		console.log(`  ${name.padEnd(30)} ${(Buffer.byteLength(JSON.stringify(index)) / 1e6).toFixed(2)} MB in one piece, without texts`);
		judge(name, queries.map(({ query }) => index.search(query).map(hit => hit.id)));
	}
	for (const [name, options] of [['flexsearch, as it comes', {}], ['flexsearch, Charset.CJK', { encoder: Charset.CJK }]]) {
		const index = new Index({ tokenize: 'strict', ...options });
		corpus.forEach(({ title, text }, id) => index.add(id, `${title}\n${text}`));
		judge(name, queries.map(({ query }) => index.search(query, { limit: corpus.length })));
	}
}
