#!/usr/bin/env node
// The browser's half of search by itself: units, needed terms, inflate. The cases
// of units are those that the C half is tested with.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { constants, deflateRawSync } from 'node:zlib';
import { finish, test } from './lib.mjs';

const root = process.env.ROOT ?? new URL('../..', import.meta.url).pathname;
const context = createContext({ TextDecoder, TextEncoder });
runInContext(`${readFileSync(`${root}/templates/site/search.js`, 'utf8')};globalThis.tested = Search`, context);
const { units, needs, inflate, bytesOf } = context.tested;
const fold = text => text.normalize('NFKC').toLowerCase();
const cases = JSON.parse(readFileSync(`${root}/tests/unit/site/search_units.json`, 'utf8'));

await test('queries are cut as texts were', () => {
	assert.ok(cases.length >= 10);
	for (const { text, units: wanted } of cases)
		assert.deepEqual(Array.from(units(fold(text)), unit => unit.joint + unit.text), wanted, text);
});

await test('what a query needs is in the index of a text that holds it', () => {
	let tried = 0;
	for (const { text, terms } of cases) {
		const folded = fold(text);
		for (let from = 0; from < folded.length; from++)
			for (let to = from + 1; to <= folded.length; to++) {
				// A word is found from its start on, to its start or its end.
				if (from && /[0-9a-zà-ÿ]{2}/.test(folded.slice(from - 1, from + 1)))
					continue;
				for (const { key, prefix } of needs(folded.slice(from, to).trim()))
					assert.ok(terms.some(term => prefix ? term.startsWith(key) : term === key), `${key} of ${folded.slice(from, to)}`);
				tried++;
			}
	}
	assert.ok(tried > 500);
});

await test('a query asks no more than it has to', () => {
	const asked = text => Array.from(needs(text), need => need.key + (need.prefix ? '*' : ''));
	assert.deepEqual(asked('主从'), ['主从']);
	assert.deepEqual(asked('mysql主从'), ['+mysql主', '主从']);
	assert.deepEqual(asked('主mysql'), ['主mysql*']);
	assert.deepEqual(asked('库'), ['库*']);
	assert.deepEqual(asked('登录缓慢'), ['登录', '录缓', '缓慢']);
	assert.deepEqual(asked('inc-2026-03'), ['+inc-2026', '+2026-03*']);
	assert.deepEqual(asked('too old'), ['too', 'old*']);
});

await test('deflated bytes are inflated, with a dictionary and without', () => {
	const text = Buffer.from('主从延迟与复制中断处理：看状态 SHOW REPLICA STATUS。'.repeat(60)), nothing = new Uint8Array(0);
	for (const strategy of [constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED, constants.Z_HUFFMAN_ONLY])
		for (const bytes of [text, randomBytes(70000), Buffer.concat([randomBytes(3000), text]), Buffer.alloc(0)])
			for (const level of [0, 1, 9])
				assert.deepEqual(Buffer.from(inflate(deflateRawSync(bytes, { level, strategy }), bytes.length, nothing)), bytes);
	const dictionary = Buffer.from('复制中断处理'), packed = deflateRawSync(text, { dictionary });
	assert.deepEqual(Buffer.from(inflate(packed, text.length, dictionary)), text);
});

await test('15 bits of a code unit become bytes again', () => {
	assert.deepEqual(Array.from(bytesOf(String.fromCharCode(0x3000 + 0x7FFF, 0x3000 + 0x4000), 3)), [255, 255, 0]);
	assert.deepEqual(Array.from(bytesOf('', 0)), []);
});

finish();
