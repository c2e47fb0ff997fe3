// The page: one database at a time, named in the address after the '#', and all of them in the list above.

const writable = document.documentElement.dataset.writable === 'true' && window.top === window.self;

const content = document.getElementById('content');

const series = new Map();

const view = { databases: {}, alias: null, marked: null, now: Date.now() };

const poll = new Poll(look, tell);

// The one that the address names, or that was looked at so far, or the one that is worst off.
function selected() {
	const named = Object.keys(view.databases).find((alias) => place(alias) === location.hash);
	if (named !== undefined || !Object.hasOwn(view.databases, view.alias)) {
		view.alias = named ?? worstFirst()[0];
	}
	return view.alias;
}

function place(alias) {
	return `#/${encodeURIComponent(alias)}`;
}

function worstFirst() {
	const rank = (alias) => LEVELS.indexOf(levelOf(view.databases[alias]));
	return Object.keys(view.databases).sort((one, other) => rank(other) - rank(one));
}

async function look() {
	view.databases = (await ask()).databases ?? {};
	view.now = Date.now();
	await seed(selected());
	for (const [alias, database] of Object.entries(view.databases)) {
		if (database.pool) {
			seriesOf(alias).add(database.pool, view.now);
		}
	}
	draw();
}

async function seed(alias) {
	if (alias !== undefined && view.databases[alias].pool && seriesOf(alias).needsHistory(view.now)) {
		seriesOf(alias).seed((await ask(alias))?.history, view.now);
	}
}

function seriesOf(alias) {
	if (!series.has(alias)) {
		series.set(alias, new Series());
	}
	return series.get(alias);
}

function draw() {
	const alias = selected();
	update(document.getElementById('aliases'), Object.keys(view.databases).map((each) => chip(each, each === alias)));
	if (alias === undefined) {
		update(content, [none('The application has no database that dbop knows of.')]);
		return;
	}
	update(content, body(alias, view.databases[alias]));
	announce(alias);
	entitle();
}

function chip(alias, current) {
	const database = view.databases[alias];
	const level = levelOf(database);
	const status = database.pool?.status;
	return el('li', {}, el('a', { href: place(alias), 'data-level': level, 'aria-current': current ? 'page' : null },
		sign(level), el('span', { class: 'name' }, alias),
		el('span', { class: 'small' }, status ? `${level.toLowerCase()}, ${number(status.active)}/${number(status.max)}`
			+ (status.waiting > 0 ? ` +${number(status.waiting)}` : '') : 'not opened')));
}

function body(alias, database) {
	return [headline(alias, database, view.now),
		database.pool ? [stats(database), plots(alias, database), panels(database, writable)] : fold('configuration', 'Configuration',
			pairs(Object.entries(database.configuration ?? {}).map(([name, value]) => [words(name), String(value)])))];
}

function plots(alias, database) {
	const samples = seriesOf(alias).samples;
	const kinds = plotKinds(database, samples);
	const span = Math.min(SPAN, Math.max(LEAST_SPAN, view.now - (samples[0]?.t ?? view.now)));
	const frame = { now: view.now, span, width: plotWidth(), marked: view.marked };
	return el('section', { class: 'plots', 'aria-label': 'Plots' },
		el('div', { id: 'plots', tabindex: 0, role: 'group', 'aria-label': 'Plots: the arrow keys read them, Escape returns to now' },
			kinds.map((kind) => plot(kind, samples, frame))),
		plotTable(kinds, samples, view.now));
}

function plotWidth() {
	const present = document.querySelector('.plot svg');
	return Math.round(present ? present.getBoundingClientRect().width : Math.min(content.clientWidth, 560) - 24);
}

// Said aloud when it changes, and only then.
function announce(alias) {
	const advice = adviceOf(view.databases[alias]);
	const announcement = document.getElementById('announcement');
	const causes = [alias, advice.level, ...(advice.items ?? []).map((item) => item.cause)].join();
	if (announcement.dataset.causes !== causes) {
		announcement.dataset.causes = causes;
		announcement.textContent = `${alias}: ${advice.level.toLowerCase()}. ${advice.sentence}`;
	}
}

function entitle() {
	const worst = worstFirst()[0];
	const level = levelOf(view.databases[worst]);
	document.title = `${SIGNS[level]} ${worst}: ${level.toLowerCase()} · dbop`;
}

function tell(failure, pause) {
	const trouble = document.getElementById('trouble');
	const asOf = poll.answeredAt ? ` What is shown is from ${clock(poll.answeredAt)}.` : '';
	trouble.hidden = failure === null;
	document.body.classList.toggle('stale', failure !== null);
	update(trouble, failure === null ? [] : [el('p', {}, sign('CRITICAL'),
		` No figures from the application: ${reason(failure)}.${asOf} Asking again in ${millis(pause)}.`)]);
	update(document.getElementById('pulse'), [failure === null ? `${clock(poll.answeredAt)}, every ${millis(PERIOD)}` : 'no answer']);
}

function reason(failure) {
	if (failure.name === 'TimeoutError') {
		return `it did not answer within ${millis(PATIENCE)}`;
	}
	return failure instanceof TypeError ? 'it cannot be reached' : failure.message;
}

function mark(sample) {
	view.marked = sample?.t ?? null;
	draw();
}

function markAt(target, clientX) {
	const box = target.closest('.plot')?.querySelector('svg').getBoundingClientRect();
	const samples = seriesOf(selected()).samples;
	if (!box || samples.length === 0) {
		return;
	}
	const span = Math.min(SPAN, Math.max(LEAST_SPAN, view.now - samples[0].t));
	const t = view.now - span * (1 - (clientX - box.left) / box.width);
	mark(samples.reduce((nearest, sample) => Math.abs(sample.t - t) < Math.abs(nearest.t - t) ? sample : nearest));
}

function markByKey(event) {
	const samples = seriesOf(selected()).samples;
	const index = samples.findIndex((sample) => sample.t === view.marked);
	const steps = { ArrowLeft: -1, ArrowRight: 1 };
	if (event.key === 'Escape') {
		mark(null);
	}
	else if (event.key in steps && samples.length > 0) {
		event.preventDefault();
		mark(samples.at(Math.min(samples.length - 1, Math.max(0, (index < 0 ? samples.length - 1 : index) + steps[event.key]))));
	}
}

content.addEventListener('pointermove', (event) => event.target.closest('#plots') && markAt(event.target, event.clientX));
content.addEventListener('pointerout', (event) => !event.relatedTarget?.closest?.('#plots') && view.marked !== null && mark(null));
content.addEventListener('keydown', (event) => event.target.id === 'plots' && markByKey(event));
content.addEventListener('click', async (event) => {
	const pressed = event.target.closest('[data-action]');
	if (pressed) {
		await act(pressed.dataset.action, selected(), pressed.dataset.name);
		poll.now();
	}
});
window.addEventListener('hashchange', () => location.hash.startsWith('#/') && (draw(), poll.now()));
window.addEventListener('resize', () => poll.answeredAt && draw());

poll.now();
