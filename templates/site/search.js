/* The site's search: see docs/site.md. */
'use strict';

const Search = (() => {
	const cjk = '\\u2E80-\\u2FDF\\u3005-\\u3007\\u3041-\\u30FF\\u3105-\\u312F\\u31A0-\\u31FF\\u3400-\\u4DBF' +
		'\\u4E00-\\u9FFF\\uAC00-\\uD7AF\\uF900-\\uFAFF\\u{20000}-\\u{3FFFF}';
	const word = '0-9a-z\\xAA\\xB5\\xBA\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\u02BF\\u0300-\\u1FFF\\u2C00-\\u2DFF' +
		'\\uA4D0-\\uABFF\\uFB00-\\uFDFF\\uFE70-\\uFEFE\\u{10000}-\\u{1EFFF}';
	const isCjk = new RegExp(`[${cjk}]`, 'u'), isWord = new RegExp(`[${word}]`, 'u');
	const unitPattern = new RegExp(`[${cjk}]|[${word}]+`, 'gu');

	const fold = text => text.normalize('NFKC').toLowerCase(), tight = text => fold(text).replace(/ /g, '');

	/* As generator/text/search_units.c; joint '+' is beside a CJK character. */
	function units(folded) {
		const list = [];
		let end = 0, before = null;
		for (const text of folded.match(unitPattern) || []) {
			const at = folded.indexOf(text, end), gap = folded.slice(end, at), unit = { text, cjk: isCjk.test(text), joint: '' };
			if (before && (before.cjk || unit.cjk))
				unit.joint = /^ *$/.test(gap) ? '+' : '';
			else if (before && /^[-._:/@\\]$/.test(gap))
				unit.joint = gap;
			list.push(before = unit);
			end = at + text.length;
		}
		return list;
	}

	function needs(folded) {
		const list = units(folded), found = [];
		list.forEach((unit, i) => {
			const next = list[i + 1];
			if (next && next.joint)
				found.push({
					key: (unit.cjk ? '' : '+') + unit.text + next.joint.replace('+', '') + next.text,
					prefix: !next.cjk && i + 2 === list.length,
				});
			else if (!unit.joint)
				found.push({ key: unit.text, prefix: unit.cjk || !next });
		});
		return found;
	}

	/* The term in folded text, in group 2. */
	function pattern(folded) {
		let source = '', before = '', blank = false;
		for (const character of folded) {
			if (character !== ' ') {
				if (before)
					source += isCjk.test(character + before) ? ' *' : blank ? ' +' : '';
				source += character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
				before = character;
			}
			blank = character === ' ';
		}
		return new RegExp(`${isWord.test(folded[0]) ? `(^|[^${word}])` : '()'}(${source})`, 'gu');
	}

	function terms(query) {
		const list = [], parts = /"([^"]+)"?|([^\s"]+)/g, folded = fold(query).replace(/[“”]/g, '"');
		for (let part; (part = parts.exec(folded));) {
			const text = (part[1] || part[2]).trim().replace(/\s+/g, ' ');
			if (units(text).length)
				list.push({ text, needs: needs(text), pattern: pattern(text) });
		}
		return list;
	}

	/* Inflating: RFC 1951. A code is a table by the next bits: symbol, and length in 4 bits. */
	function codes(lengths) {
		const counts = new Uint16Array(16), next = [0, 0], table = new Uint16Array(1 << Math.max(1, ...lengths));
		lengths.forEach(n => n && counts[n]++);
		for (let n = 1; n < 16; n++)
			next.push((next[n] + counts[n]) << 1);
		lengths.forEach((n, symbol) => {
			let code = next[n]++, turned = 0;
			for (let i = n; i--; code >>= 1)
				turned = turned << 1 | (code & 1);
			for (; n && turned < table.length; turned += 1 << n)
				table[turned] = symbol << 4 | n;
		});
		return table;
	}

	function bases(value, shift) {
		return Array.from({ length: 30 }, (_, i) => {
			const extra = Math.max(0, (i >> shift) - 1);
			value += 1 << extra;
			return [value - (1 << extra), extra];
		});
	}
	const lengthBases = bases(3, 2), distanceBases = bases(1, 1), repeat = (n, value) => Array(n).fill(value);
	const lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
	lengthBases[28] = [258, 0];

	function inflate(bytes, size, dictionary) {
		const out = new Uint8Array(dictionary.length + size);
		let length = dictionary.length, at = 0, held = 0, count = 0;
		out.set(dictionary);
		function bits(n) {
			for (; count < 16; count += 8)
				held |= bytes[at++] << count;
			const value = held & ((1 << n) - 1);
			held >>= n;
			count -= n;
			return value;
		}
		function symbol(table) {
			bits(0);
			const entry = table[held & (table.length - 1)];
			bits(entry & 15);
			return entry >> 4;
		}
		function dynamic() {
			const literals = bits(5) + 257, total = literals + bits(5) + 1, lengths = repeat(19, 0), list = [];
			for (let i = 0, n = bits(4) + 4; i < n; i++)
				lengths[lengthOrder[i]] = bits(3);
			for (const code = codes(lengths); list.length < total;) {
				const value = symbol(code);
				list.push(...value < 16 ? [value] : value < 17 ? repeat(bits(2) + 3, list[list.length - 1]) :
					repeat(value < 18 ? bits(3) + 3 : bits(7) + 11, 0));
			}
			return [codes(list.slice(0, literals)), codes(list.slice(literals))];
		}
		for (let last = 0; !last;) {
			last = bits(1);
			const type = bits(2);
			if (!type) {
				at -= count >> 3;
				held = count = 0;
				const n = bytes[at] | bytes[at + 1] << 8;
				out.set(bytes.subarray(at + 4, at += 4 + n), length);
				length += n;
				continue;
			}
			const [literals, distances] = type > 1 ? dynamic() :
				[codes([...repeat(144, 8), ...repeat(112, 9), ...repeat(24, 7), ...repeat(8, 8)]), codes(repeat(30, 5))];
			for (let value; (value = symbol(literals)) !== 256;) {
				if (value < 256) {
					out[length++] = value;
					continue;
				}
				let pair = lengthBases[value - 257];
				const end = length + pair[0] + bits(pair[1]);
				pair = distanceBases[symbol(distances)];
				for (const back = pair[0] + bits(pair[1]); length < end; length++)
					out[length] = out[length - back];
			}
		}
		return out.subarray(dictionary.length);
	}

	function bytesOf(data, length) {
		const bytes = new Uint8Array(length + 2);
		for (let i = 0, at = 0, held = 0, count = 0; i < data.length; i++) {
			held = (held & 0xFF) << 15 | (data.charCodeAt(i) - 0x3000);
			for (count += 15; count >= 8; count -= 8)
				bytes[at++] = held >> (count - 8);
		}
		return bytes.subarray(0, length);
	}
	const waiting = {}, kept = {};
	globalThis.Q = (name, data, length, size) => waiting[name]([bytesOf(data, length), size]);
	function load(name) {
		return new Promise((resolve, reject) => {
			waiting[name] = resolve;
			const script = document.createElement('script');
			script.src = `${Search.root}search/${name}.js`;
			script.onerror = () => {
				delete kept[name];
				reject(new Error(script.src));
			};
			document.head.append(script);
		});
	}
	const file = (name, make, dictionary) => kept[name] ??=
		Promise.all([load(name), dictionary]).then(([[bytes, size], known]) => make(inflate(bytes, size, known || [])));

	const decoder = new TextDecoder(), encoder = new TextEncoder();
	/* UTF-8 sorts by code points, JavaScript by UTF-16 units. */
	const sortable = text => Array.from(text, c => c.codePointAt(0).toString(16).padStart(6, '0')).join('');
	const meta = () => file('meta', bytes => {
		let end = bytes.indexOf(10) + 1;
		const facts = JSON.parse(decoder.decode(bytes.subarray(0, end)));
		for (const name of ['kind', 'contract', 'monthOf', 'size', 'titleTerms'])
			facts[name] = bytes.subarray(end, end += facts.count);
		facts.yearOf = i => facts.monthOf[i] ? (facts.month + facts.monthOf[i] - 1) / 12 | 0 : '';
		return facts;
	});
	const base = () => file('base', bytes => bytes);
	async function documentOf(number) {
		const { group } = await meta();
		const texts = await file(`t${Math.floor(number / group)}`, bytes => JSON.parse(decoder.decode(bytes)), base());
		return texts[number % group];
	}

	/* Visits the postings of a shard: generator/site/search_shards.h. */
	function scan(bytes, key, prefix, visit) {
		let at = 0;
		function number() {
			for (let value = 0, shift = 0; ; shift += 7) {
				value |= (bytes[at] & 127) << shift;
				if (bytes[at++] < 128)
					return value;
			}
		}
		const n = number(), wanted = encoder.encode(key), found = [], hits = [];
		for (let i = 0, same = 0; i < n; i++) {
			const shared = number(), own = number();
			if (shared <= same)
				for (same = shared; same < wanted.length && same < shared + own && bytes[at + same - shared] === wanted[same];)
					same++;
			at += own;
			found.push(same < wanted.length ? 0 : shared + own === same ? 2 : +prefix);
		}
		const counts = found.map(number);
		let total = 0;
		found.forEach((kind, i) => {
			for (let j = 0, document = 0; j < counts[i]; j++, total++) {
				document += number();
				if (kind)
					hits.push([kind > 1, document, total]);
			}
		});
		for (const [exact, document, i] of hits)
			visit(exact, document, bytes[at + (i >> 2)] >> 2 * (i & 3) & 3);
	}

	const TITLE = 6, TITLE_TERMS = 8, weights = [1, 1.6, 3, TITLE];
	async function lookup({ key, prefix }) {
		const { count, shards } = await meta(), weight = new Float32Array(count), wanted = sortable(key), loaded = [], documents = [];
		let i = 0;
		for (let end = shards.length; end - i > 1;) {
			const at = (i + end) >> 1;
			[i, end] = sortable(shards[at]) > wanted ? [i, at] : [at, end];
		}
		do
			loaded.push(file(`i${i}`, bytes => bytes));
		while (prefix && ++i < shards.length && shards[i].startsWith(key));
		for (const bytes of await Promise.all(loaded))
			scan(bytes, key, prefix, (exact, document, prominence) => {
				if (!weight[document])
					documents.push(document);
				weight[document] = Math.max(weight[document], weights[prominence] * (exact && prefix ? 1.5 : 1));
			});
		return { weight, documents };
	}

	/* The documents that hold all terms, the best first; where none does, those that hold any. */
	async function find(query) {
		base().catch(() => {});
		const facts = await meta(), wanted = terms(query), all = wanted.flatMap(term => term.needs);
		const found = await Promise.all(all.map(lookup)), score = new Float32Array(facts.count);
		const held = new Uint8Array(facts.count), inTitle = new Uint8Array(facts.count), title = new Float32Array(facts.count);
		const any = [];
		for (const { weight, documents } of found)
			for (const i of documents) {
				(weight[i] < TITLE ? score : title)[i] += weight[i] * Math.log(1 + facts.count / documents.length);
				if (!held[i]++)
					any.push(i);
				inTitle[i] += weight[i] >= TITLE;
			}
		for (const i of any) {
			const size = (8 + (facts.size[i] & 7)) * 2 ** ((facts.size[i] >> 3) - 3), titleTerms = facts.titleTerms[i];
			score[i] = (score[i] / Math.sqrt(1 + size / facts.terms) + title[i] / Math.sqrt(1 + titleTerms / TITLE_TERMS)) *
				(inTitle[i] < all.length ? 1 : 1.5 + Math.min(1, inTitle[i] / titleTerms)) * facts.lifts[facts.kind[i]];
		}
		const ranked = enough => any.filter(i => held[i] >= enough)
			.sort((a, b) => held[b] - held[a] || score[b] - score[a] || a - b);
		const result = { asked: tight(query), terms: wanted, score, ranked: ranked(all.length || 1), phrase: pattern(wanted.map(term => term.text).join(' ') || ' ') };
		if (all.length && !result.ranked.length) {
			const none = new Set(all.filter((need, i) => !found[i].documents.length));
			result.lacking = wanted.filter(term => term.needs.some(need => none.has(need)));
			result.ranked = ranked(1);
		}
		return result;
	}

	/* Folded to the same length, to mark by. */
	const level = text => {
		const folded = fold(text);
		return folded.length === text.length ? folded :
			Array.from(text, c => fold(c).slice(0, c.length).padEnd(c.length)).join('');
	};
	function matches(text, pattern, label) {
		const list = [];
		for (let match; list.length < 99 && (match = pattern.exec(text));) {
			const from = match.index + match[1].length, to = from + match[2].length;
			list.push([from, to, label]);
			pattern.lastIndex = Math.max(to - 1, from + 1);
		}
		pattern.lastIndex = 0;
		return list;
	}

	function marked(text, found, from, to) {
		const pieces = [];
		for (const [begin, end] of found.sort((a, b) => a[0] - b[0]))
			if (begin >= from && end <= to) {
				pieces.push([text.slice(from, begin)], [text.slice(begin, end), true]);
				from = end;
			}
		return [...pieces, [text.slice(from, to)]];
	}

	/* Null when the text lacks a term. */
	const SNIPPET = 110;
	async function show(number, result) {
		const [url, title, headings, text] = await documentOf(number), facts = await meta(), whole = fold(`${title}\n${text}`);
		const has = pattern => matches(whole, pattern)[0], inTitle = [], inText = [];
		if (!result.terms[result.lacking ? 'some' : 'every'](term => has(term.pattern)))
			return null;
		result.terms.forEach((term, i) => {
			inTitle.push(...matches(level(title), term.pattern));
			inText.push(...matches(level(text), term.pattern, i));
		});
		let best = 0, most = 0;
		for (const [from] of inText) {
			const seen = new Set(inText.filter(match => match[0] >= from && match[1] < from + SNIPPET - 20).map(match => match[2])).size;
			if (seen > most || (seen === most && from < best))
				[best, most] = [from, seen];
		}
		const from = Math.max(0, best - 20, text.lastIndexOf('\n', best) + 1), to = from + SNIPPET;
		const heading = most ? headings.filter(([at]) => at <= best).pop() : null;
		const same = tight(title) === result.asked;
		return {
			url: url + (heading ? `#${heading[1]}` : ''),
			title: marked(title, inTitle, 0, title.length),
			snippet: [[from ? '…' : ''], ...marked(text, inText, from, to), [to < text.length ? '…' : '']],
			facts: [facts.kinds[facts.kind[number]], facts.contracts[facts.contract[number]],
				facts.monthOf[number] ? `${facts.yearOf(number)}年${(facts.month + facts.monthOf[number] - 1) % 12 + 1}月` : ''].filter(Boolean).join(' · '),
			score: result.score[number] * (same ? 3 : has(result.phrase) ? 1.5 : 1),
		};
	}

	return { units, needs, inflate, bytesOf, meta, find, show };
})();

/* What readers see: a dialog on every page, and search.html. */
if (typeof document !== 'undefined') (() => {
	Search.root = document.currentScript.getAttribute('src').replace('search.js', '');

	function make(tag, attributes, ...children) {
		const element = document.createElement(tag);
		for (const name in attributes)
			element.setAttribute(name, attributes[name]);
		element.append(...children);
		return element;
	}
	const recent = () => {
		try {
			return JSON.parse(localStorage.getItem('recent')) || [];
		} catch {
			return [];
		}
	};
	const remember = query => {
		try {
			localStorage.setItem('recent', JSON.stringify([query, ...recent().filter(other => other !== query)].slice(0, 8)));
		} catch { /* not kept */ }
	};
	const pieces = list => list.map(([text, mark]) => mark ? make('mark', {}, text) : text);

	const FIRST = 6, MORE = 20;
	function searcher({ input, status, list, accept, order, told }) {
		let turn = 0, timer = 0, composing = false, active = -1, more = () => {};
		function activate(index) {
			const options = list.children, before = options[active];
			active = (index + options.length) % options.length;
			if (before)
				before.setAttribute('aria-selected', false);
			options[active].setAttribute('aria-selected', true);
			options[active].scrollIntoView({ block: 'nearest' });
			input.setAttribute('aria-activedescendant', options[active].id);
		}
		const offer = (url, ...children) => list.append(make('a', { id: `hit${list.children.length}`, role: 'option',
			href: Search.root + url, 'aria-selected': false }, ...children));
		function add(result) {
			const mark = result.snippet.find(piece => piece[1]);
			const target = mark && document.fragmentDirective ? `${/#/.test(result.url) ? '' : '#'}:~:text=${encodeURIComponent(mark[0])}` : '';
			offer(result.url + target, make('b', {}, ...pieces(result.title)), make('small', {}, result.facts),
				make('span', {}, ...pieces(result.snippet)));
		}
		async function run() {
			const mine = ++turn, query = input.value.trim();
			more = () => {};
			try {
				const facts = await Search.meta(), result = await Search.find(query);
				if (mine !== turn)
					return;
				const numbers = result.ranked.filter(i => accept(i, facts));
				let next = 0, shown = 0;
				const ordered = order(numbers, facts);
				active = -1;
				list.textContent = '';
				input.removeAttribute('aria-activedescendant');
				more = async () => {
					for (const enough = shown + (shown ? MORE : FIRST); next < numbers.length && shown < enough;) {
						const some = numbers.slice(next, next + enough - shown);
						const good = (await Promise.all(some.map(i => Search.show(i, result)))).filter(Boolean);
						if (mine !== turn)
							return;
						if (!next && !ordered)
							good.sort((a, b) => b.score - a.score);
						next += some.length;
						shown += good.length;
						good.forEach(add);
					}
					const rest = numbers.length - next, count = `${rest && next > shown ? '约 ' : ''}${shown + rest} 条`;
					status.textContent = !query ? '' : !result.lacking ? `${count}结果` : [
						result.terms.length > 1 ? '没有同时含有这些词的页面' : '',
						...result.lacking.map(term => `“${term.text}”不见于任何页面`), shown ? `含有其中一些的有 ${count}` : '',
					].filter(Boolean).join('；');
					if (!query)
						recent().forEach(old => offer(`search.html?q=${encodeURIComponent(old)}`, make('span', {}, old)));
					list.hidden = !list.children.length;
					input.setAttribute('aria-expanded', !list.hidden);
					told(query, rest, result, facts);
				};
				await more();
			} catch (error) {
				status.textContent = `搜索用的文件读不出来：${error.message}`;
			}
		}
		function soon() {
			clearTimeout(timer);
			timer = composing || setTimeout(run, 120);
		}
		list.addEventListener('click', () => input.value.trim() && remember(input.value.trim()));
		input.addEventListener('compositionstart', () => (composing = true));
		input.addEventListener('compositionend', () => soon(composing = false));
		input.addEventListener('input', soon);
		input.addEventListener('keydown', event => {
			const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
			if (event.isComposing || !list.children.length || !(step || event.key === 'Enter'))
				return;
			event.preventDefault();
			if (step)
				activate(active < 0 && step < 0 ? -1 : active + step);
			else
				list.children[Math.max(active, 0)].click();
		});
		return { run, more: () => more() };
	}

	function makeDialog() {
		const input = make('input', { type: 'search', role: 'combobox', 'aria-label': '搜索', 'aria-controls': 'hits', 'aria-expanded': false,
			autocomplete: 'off', placeholder: '文章、案例、问答、报告、记录' });
		const status = make('p', { role: 'status' }), list = make('div', { id: 'hits', role: 'listbox', 'aria-label': '搜索结果' });
		const all = make('a', {}, '全部结果与筛选');
		const dialog = make('dialog', { class: 'search', 'aria-label': '搜索' }, input, status, list,
			make('footer', {}, all, '↑↓ 选择　Enter 打开　Esc 关闭'));
		const search = searcher({ input, status, list, accept: () => true, order() {}, told(query) {
			all.href = `${Search.root}search.html?q=${encodeURIComponent(query)}`;
		} });
		dialog.addEventListener('click', event => {
			if (event.target === dialog || event.target.closest('[role=option]'))
				dialog.close();
		});
		document.body.append(dialog);
		search.run();
		return dialog;
	}

	function makePage(form) {
		const find = selector => form.parentNode.querySelector(selector), { q, sort } = form.elements, more = find('.more');
		const fields = Array.from(form.elements).filter(field => field.name), given = new URLSearchParams(location.search);
		const filters = {
			contract: (i, facts) => facts.contracts[facts.contract[i]],
			kind: (i, facts) => facts.kinds[facts.kind[i]],
			year: (i, facts) => `${facts.yearOf(i)}`,
		};
		const accept = (i, facts, but) => Object.keys(filters).every(name =>
			name === but || [filters[name](i, facts), ''].includes(form.elements[name].value));
		const search = searcher({ input: q, status: find('[role=status]'), list: find('[role=listbox]'),
			accept: (i, facts) => accept(i, facts),
			order: (numbers, facts) => sort.value && numbers.sort((a, b) => facts.monthOf[b] - facts.monthOf[a]),
			told(query, rest, result, facts) {
				more.hidden = !rest;
				history.replaceState(null, '', `?${new URLSearchParams(fields.filter(field => field.value).map(field => [field.name, field.value]))}`);
				for (const name in filters) {
					const select = form.elements[name], chosen = select.value, counts = chosen ? { [chosen]: 0 } : {};
					for (const i of result.ranked.filter(i => accept(i, facts, name)))
						counts[filters[name](i, facts)] = (counts[filters[name](i, facts)] || 0) + 1;
					select.length = 1;
					select.append(...Object.keys(counts).filter(Boolean).sort().map(value => make('option', { value }, `${value}（${counts[value]}）`)));
					select.value = chosen;
				}
			} });
		for (const field of fields) {
			const value = given.get(field.name) || '';
			if (value && filters[field.name])
				field.append(make('option', { value }, value));
			field.value = value;
			field.addEventListener('change', search.run);
		}
		form.addEventListener('submit', event => event.preventDefault());
		more.addEventListener('click', search.more);
		search.run();
		q.focus();
		return q;
	}

	const form = document.querySelector('form[role=search]'), page = form && makePage(form);
	let dialog = null;
	function open(event) {
		event.preventDefault();
		dialog = page || dialog || makeDialog();
		if (!page && !dialog.open)
			dialog.showModal();
		(page || dialog.firstChild).select();
	}
	document.addEventListener('keydown', event => {
		const bare = !/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.key === '/';
		if (event.ctrlKey || event.metaKey ? event.key.toLowerCase() === 'k' : bare && !event.altKey)
			open(event);
	});
	document.querySelectorAll('.search-open').forEach(link => link.addEventListener('click', open));
})();
