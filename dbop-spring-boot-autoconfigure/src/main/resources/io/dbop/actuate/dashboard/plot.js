// A plot: figures over the last minutes as a line, with what they are to be measured by.

const HEIGHT = 112;

const LEAST_SPAN = 2 * 60_000;

function plotKinds(database, samples) {
	const limit = isoMillis(database.configuration?.connectionAcquisitionTimeout);
	const mostWaiting = roundUp(Math.max(5, greatest(samples, 'waiting')));
	const longest = Math.max(1000, limit ?? 0, greatest(samples, 'waitMillis'));
	return [
		{ key: 'utilisation', title: 'Utilisation', format: percent, scale: linearScale(1),
			lines: [{ at: 0.5, name: '50 %' }, { at: 1, name: 'all connections in use' }] },
		{ key: 'waiting', title: 'Waiting', format: (value) => number(value), scale: linearScale(mostWaiting),
			lines: [mostWaiting / 2, mostWaiting].filter(Number.isInteger).map((at) => ({ at, name: number(at) })) },
		{ key: 'waitMillis', title: 'Acquisition time', format: millis, scale: logScale(0.1, longest * 5),
			lines: [...[1, 10, 100, 1000, 10_000].filter((at) => at < longest && !near(at, limit)).map((at) => ({ at, name: millis(at) })),
				...(limit ? [{ at: limit, name: `timeout ${millis(limit)}`, level: 'CRITICAL' }] : [])] },
		{ key: 'timeoutRate', title: 'Timeout rate', format: percent, scale: bandScale, bands: BANDS,
			lines: BANDS.slice(1).map((band) => ({ at: band.from, name: percent(band.from), level: band.level })) }
	];
}

function near(one, other) {
	return one < other * 4 && other < one * 4;
}

function plot(kind, samples, frame) {
	const x = (t) => frame.width * (1 - (frame.now - t) / frame.span);
	const y = (value) => 4 + (HEIGHT - 8) * (1 - kind.scale(value));
	const marked = samples.find((sample) => sample.t === frame.marked);
	return el('figure', { class: 'plot', 'data-plot': kind.key },
		caption(kind, marked ?? samples.at(-1), marked),
		svg('svg', { role: 'img', 'aria-label': inWords(kind, samples, frame), height: HEIGHT, width: '100%',
			viewBox: `0 0 ${frame.width} ${HEIGHT}`, preserveAspectRatio: 'none' },
			(kind.bands ?? []).map((band) => bandArea(band, y, frame.width)),
			kind.lines.map((line) => referenceLine(line, y, frame.width)),
			curve(kind, samples, x, y),
			marked ? svg('line', { class: 'mark', x1: x(marked.t), x2: x(marked.t), y1: 0, y2: HEIGHT }) : null),
		el('p', { class: 'axis', 'aria-hidden': 'true' }, el('span', {}, `${millis(frame.span)} ago`), el('span', {}, 'now')));
}

function caption(kind, sample, marked) {
	return el('figcaption', {}, el('span', {}, kind.title),
		el('span', { class: 'moment' }, marked ? `at ${clock(sample.t)}` : ''),
		el('b', { 'data-now': kind.key }, kind.format(sample?.[kind.key])));
}

function bandArea(band, y, width) {
	const top = y(band.to);
	return svg('rect', { class: 'band', 'data-level': band.level, x: 0, width, y: top, height: y(band.from) - top });
}

function referenceLine(line, y, width) {
	const at = y(line.at);
	return svg('g', { class: 'reference', 'data-level': line.level },
		svg('line', { x1: 0, x2: width, y1: at, y2: at }),
		svg('text', { x: 4, y: at < 16 ? at + 12 : at - 3 }, line.name));
}

// A line where there are figures one after another, a dot where one stands alone.
function curve(kind, samples, x, y) {
	return runs(kind.key, samples).map((run) => {
		const points = run.map((sample) => `${x(sample.t).toFixed(1)},${y(sample[kind.key]).toFixed(1)}`);
		if (points.length === 1) {
			const [cx, cy] = points[0].split(',');
			return svg('circle', { class: 'curve', cx, cy, r: 1.5 });
		}
		const ground = HEIGHT - 4;
		return [svg('polygon', { class: 'area', points: [`${x(run[0].t)},${ground}`, ...points, `${x(run.at(-1).t)},${ground}`].join(' ') }),
			svg('polyline', { class: 'curve', points: points.join(' ') })];
	});
}

function runs(key, samples) {
	const all = [[]];
	for (const sample of samples) {
		if (known(sample[key])) {
			all.at(-1).push(sample);
		}
		else if (all.at(-1).length > 0) {
			all.push([]);
		}
	}
	return all.filter((run) => run.length > 0);
}

function inWords(kind, samples, frame) {
	const values = samples.map((sample) => sample[kind.key]).filter(known);
	if (values.length === 0) {
		return `${kind.title}: nothing known yet.`;
	}
	const [least, most] = [Math.min(...values), Math.max(...values)];
	return `${kind.title}, last ${millis(frame.span)}: now ${kind.format(samples.at(-1)[kind.key])}, `
		+ `least ${kind.format(least)}, most ${kind.format(most)}.`;
}

// The same figures for whoever reads rather than looks: a row a minute, the worst of each.
function plotTable(kinds, samples, now) {
	const rows = [];
	for (let minute = 0; minute < SPAN / 60_000; minute++) {
		const of = samples.filter((sample) => Math.floor((now - sample.t) / 60_000) === minute);
		if (of.length > 0) {
			rows.push([clock(of.at(-1).t), ...kinds.map((kind) => kind.format(most(of, kind.key)))]);
		}
	}
	return el('details', { class: 'fold' }, el('summary', {}, 'The plots as a table'),
		table('The highest figures of each minute, latest first', ['Until', ...kinds.map((kind) => kind.title)], rows, 'narrow'));
}

function most(samples, key) {
	const values = samples.map((sample) => sample[key]).filter(known);
	return values.length > 0 ? Math.max(...values) : null;
}
