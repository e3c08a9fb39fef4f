// Queries over the corpus, the same every time, and what each ought to find.
const hanzi = '[\\u3400-\\u9fff]';
export const fold = text => text.normalize('NFKC').toLowerCase();

/* A small generator of numbers (xorshift), so that every run asks the same. */
function picker(seed) {
	let state = seed;
	return list => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return list[(state >>> 0) % list.length];
	};
}

export function makeQueries(corpus) {
	const pick = picker(20261121), queries = [], segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
	const cases = corpus.filter(page => page.path.startsWith('kb/cases')), manuals = corpus.filter(page => !cases.includes(page));
	const add = (category, list) => list.forEach(query => queries.push({ category, query }));
	function draw(n, make) {
		const found = new Set();
		for (let tries = 0; found.size < n && tries < 100 * n; tries++) {
			const query = make();
			if (query)
				found.add(query.trim());
		}
		return Array.from(found).filter(Boolean);
	}
	const match = (pages, pattern) => () => pick(Array.from(pick(pages).text.matchAll(pattern), found => found[0]).concat(''));
	const word = length => () => pick(Array.from(segmenter.segment(pick(manuals).text.slice(0, 600)), part => part.segment)
		.filter(text => new RegExp(`^${hanzi}+$`).test(text) && length(text.length)).concat(''));
	const slice = n => match(corpus, new RegExp(`${hanzi}{${n}}`, 'g'));

	add('zh 1', draw(5, word(n => n === 1)));
	add('zh 2', [...['死锁', '巡检', '备份'], ...draw(27, word(n => n === 2))]);
	add('zh 3', [...['慢查询', '表空间', '线程池', '中间件'], ...draw(19, word(n => n === 3))]);
	add('zh 4', [...['负载均衡', '主从复制', '内存泄漏', '主备切换', '域名解析', '消息积压', '日志归档'], ...draw(21, word(n => n === 4))]);
	add('zh 5+', [...['连接数耗尽', '磁盘空间不足', '防火墙策略', '办公协同系统', '电子证照平台', '统一认证平台'], ...draw(7, slice(5))]);
	add('mixed', ['MySQL 主从', 'MySQL主从复制', 'Redis 内存泄漏', 'Oracle 表空间', 'Linux内核', 'Debian 软件包', 'Kafka 消息积压', 'Nginx 负载均衡',
		'HTTP 502 登录缓慢', '达梦 死锁', ...draw(10, match(manuals, new RegExp(`[A-Za-z]{3,}${hanzi}{2}|${hanzi}{2} [A-Za-z]{3,}`, 'g')))]);
	add('Latin', draw(17, match(manuals, /[A-Za-z][A-Za-z_]{3,}[A-Za-z]/g)));
	add('error code', ['ORA-01555', 'ORA-00060', 'ORA-12541', 'ERROR 1205', 'ERROR 1040', 'HTTP 502', 'HTTP 504', '0x80070005', 'SQL0911N',
		'ECONNRESET', 'OOM-137', 'ora-01555', 'ORA-015', '01555', '1205']);
	add('record id', [...draw(14, () => pick(cases).title.split(' ')[0]), ...draw(12, match(cases, /HT-\d{4}-\d{3}/g))]);
	add('id prefix', ['INC-2024-000', 'INC-2025-0', 'HT-2026']);
	add('host, IP', [...draw(6, match(cases, /(db|app|web|mq)-(prod|test)-\d\d/g)), ...draw(6, match(cases, /10\.\d+\.\d+\.\d+/g))]);
	add('date', draw(4, match(cases, /\d{4}年\d+月\d+日/g)));
	add('3 hanzi anywhere', draw(40, slice(3)));
	add('two words', draw(30, () => {
		const page = pick(corpus), words = Array.from(segmenter.segment(page.text.slice(0, 800)), part => part.segment)
			.filter(text => new RegExp(`^${hanzi}{2,}$`).test(text));
		return words.length > 1 ? `${pick(words)} ${pick(words)}` : '';
	}));
	const titles = draw(150, () => pick(manuals.filter(page => new RegExp(hanzi).test(page.title))).title);
	return { queries, titles };
}

const letter = '[0-9a-z\\u00c0-\\u02af\\u0370-\\u1fff]';
/* Pages that hold every term somewhere (loose), and those where a Latin term begins a
 * word and blanks beside hanzi do not matter (strict). */
export function makeTruth(corpus) {
	const loose = corpus.map(page => fold(`${page.title}\n${page.text}`));
	const tight = loose.map(text => text.replace(new RegExp(`(?<=${hanzi}) +| +(?=${hanzi})`, 'g'), ''));
	return query => {
		const terms = fold(query).split(/\s+/).filter(Boolean);
		const patterns = terms.map(term => new RegExp(`${new RegExp(letter).test(term[0]) ? `(?<!${letter})` : ''}${
			term.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')}`));
		const having = (texts, has) => new Set(texts.flatMap((text, i) => has(text) ? [i] : []));
		return { loose: having(loose, text => terms.every(term => text.includes(term))),
			strict: having(tight, text => patterns.every((pattern, i) => text.includes(terms[i]) && pattern.test(text))) };
	};
}
