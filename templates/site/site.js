/* Comfort for readers: the look, tables that sort and filter, the place in the
 * contents. Everything can be read without it. */
'use strict';

/* The look: the system's, light or dark. */
(() => {
	const looks = { '': '跟随系统', light: '浅色', dark: '深色' }, names = Object.keys(looks);
	const button = document.querySelector('button.theme'), root = document.documentElement;
	const of = document.createElement('span'), label = () => button.replaceChildren(of, looks[root.dataset.theme || '']);
	of.textContent = '外观：';
	button.hidden = false;
	button.addEventListener('click', () => {
		root.dataset.theme = names[(names.indexOf(root.dataset.theme || '') + 1) % names.length];
		try {
			localStorage.setItem('theme', root.dataset.theme);
		} catch (error) {
			/* Then the choice lasts as long as the page. */
		}
		label();
	});
	label();
})();

/* Menus close when something else is looked at. */
for (const menu of document.querySelectorAll('details.menu')) {
	document.addEventListener('click', event => (menu.open = menu.open && menu.contains(event.target)));
	menu.addEventListener('keydown', event => {
		if (event.key === 'Escape') {
			menu.open = false;
			menu.querySelector('summary').focus();
		}
	});
}

/* Tables of class "sortable" get a button in each head and a filter above. */
for (const table of document.querySelectorAll('table.sortable')) {
	const body = table.tBodies[0], rows = Array.from(body.rows), heads = Array.from(table.tHead.rows[0].cells);
	if (rows.length < 2)
		continue;
	const collator = new Intl.Collator('zh-CN', { numeric: true });
	const text = (row, column) => row.cells[column].dataset.key || row.cells[column].textContent.trim();
	heads.forEach((head, column) => {
		const button = document.createElement('button');
		button.type = 'button';
		button.append(...head.childNodes);
		head.append(button);
		button.addEventListener('click', () => {
			const down = head.getAttribute('aria-sort') === 'ascending';
			heads.forEach(other => other.removeAttribute('aria-sort'));
			head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
			rows.sort((a, b) => (down ? -1 : 1) * collator.compare(text(a, column), text(b, column)));
			body.append(...rows);
		});
	});
	if (rows.length < 8)
		continue;
	const label = document.createElement('label'), input = document.createElement('input'), count = document.createElement('output');
	input.type = 'search';
	label.className = 'filter';
	label.append('筛选 ', input, ' ', count);
	input.addEventListener('input', () => {
		const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
		let shown = 0;
		for (const row of rows) {
			const content = row.textContent.toLowerCase();
			row.hidden = !words.every(word => content.includes(word));
			shown += !row.hidden;
		}
		count.textContent = words.length ? `${shown} 条` : '';
	});
	table.parentNode.before(label);
}

/* Blocks of code get a button that copies them, also where a page may not write the
 * clipboard by itself: from a server without https. */
for (const block of document.querySelectorAll('article pre')) {
	const button = document.createElement('button'), label = '复制';
	button.type = 'button';
	button.className = 'copy';
	button.textContent = label;
	button.setAttribute('aria-live', 'polite');
	button.addEventListener('click', () => {
		getSelection().selectAllChildren(block);
		button.textContent = document.execCommand('copy') ? '已复制' : '已选中，请按 Ctrl-C';
	});
	button.addEventListener('blur', () => (button.textContent = label));
	block.before(button);
}

/* The heading being read is marked in the contents. */
(() => {
	const links = new Map(Array.from(document.querySelectorAll('aside .toc a'), link => [decodeURIComponent(link.hash.slice(1)), link]));
	const headings = Array.from(document.querySelectorAll('article :is(h2, h3)')).filter(heading => links.has(heading.id));
	if (!headings.length || !window.IntersectionObserver)
		return;
	function mark() {
		const past = headings.filter(heading => heading.getBoundingClientRect().top < 120);
		for (const link of links.values())
			link.removeAttribute('aria-current');
		links.get((past.pop() || headings[0]).id).setAttribute('aria-current', 'location');
	}
	const observer = new IntersectionObserver(mark, { rootMargin: '-100px 0px -60% 0px' });
	headings.forEach(heading => observer.observe(heading));
})();
