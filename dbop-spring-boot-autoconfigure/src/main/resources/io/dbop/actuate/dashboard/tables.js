// Tables that are lists of cards where there is no room, unless they are narrow: the roles stay, whatever the style makes
// of them.

function table(name, columns, rows, width = 'wide') {
	return el('table', { class: width, role: 'table', 'aria-label': name },
		el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' },
			columns.map((column) => el('th', { role: 'columnheader', scope: 'col' }, column)))),
		el('tbody', { role: 'rowgroup' }, rows.map((row) => el('tr', { role: 'row' },
			row.map((value, index) => cell(columns[index], value))))));
}

function cell(column, value) {
	const numeric = typeof value === 'string' && /^[\d.,–]+( |$)/.test(value);
	return el('td', { role: 'cell', 'data-label': column, class: numeric ? 'number' : null }, el('span', {}, value));
}

function code(text) {
	return known(text) ? el('code', {}, text) : NOTHING;
}

function pairs(entries) {
	return el('dl', { class: 'pairs' }, entries.map(([name, value]) =>
		el('div', {}, el('dt', {}, name), el('dd', {}, value))));
}

// How much of something is used up.
function bar(share, name, level = 'OK') {
	const width = `${Math.min(100, Math.max(0, share * 100)).toFixed(1)}%`;
	return svg('svg', { class: 'bar', role: 'img', 'aria-label': `${name}: ${percent(share)}`, width: '100%', height: 8 },
		svg('rect', { class: 'whole', width: '100%', height: 8, rx: 4 }),
		svg('rect', { class: 'part', 'data-level': level, width, height: 8, rx: 4 }));
}
