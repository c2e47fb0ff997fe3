// What is wrong, why, and what to do: first of all, and in words.

function adviceOf(database) {
	if (database.advice) {
		return database.advice;
	}
	const timeouts = database.timeouts;
	if (!timeouts) {
		return { level: levelOf(database), items: [], sentence: opened(database) ? 'Nothing is known of this database yet.'
			: 'Nobody has used this database yet: it is opened when it is first needed.' };
	}
	return { level: levelOf(database), sentence: `${words(timeouts.interpretation)}.`, items: [{ action: timeouts.action }] };
}

function headline(alias, database, now) {
	const advice = adviceOf(database);
	const [first, ...others] = sorted(advice.items ?? []);
	return el('section', { class: 'headline', 'data-level': advice.level, 'aria-labelledby': 'headline-sentence' },
		el('p', { class: 'lead' }, badge(advice.level), el('span', { class: 'alias' }, alias), since(advice, now)),
		el('h2', { id: 'headline-sentence' }, advice.sentence),
		first?.sentence && first.sentence !== advice.sentence ? el('p', { class: 'why' }, first.sentence) : null,
		first ? doThis(first) : null,
		first && advice.level !== 'OK' ? figures(first) : null,
		others.length > 0 ? el('ul', { class: 'others', 'aria-label': 'Also' }, others.map(otherAdvice)) : null);
}

function sorted(items) {
	return [...items].sort((one, other) => LEVELS.indexOf(other.level) - LEVELS.indexOf(one.level));
}

function since(advice, now) {
	if (!advice.since) {
		return null;
	}
	const ago = Math.max(0, now - Date.parse(advice.since));
	return el('span', { class: 'since' }, `since ${clock(advice.since)} (${ago < 60_000 ? 'less than a minute' : millis(ago)})`);
}

function doThis(item) {
	return item.action ? el('p', { class: 'action' }, el('b', {}, 'Do: '), item.action) : null;
}

function figures(item) {
	const entries = Object.entries(item.figures ?? {});
	return entries.length === 0 ? null : el('dl', { class: 'figures' }, entries.map(([name, value]) => {
		const [label, text] = figure(name, value);
		return el('div', {}, el('dt', {}, label), el('dd', {}, text));
	}));
}

function otherAdvice(item) {
	return el('li', {}, badge(item.level, words(item.cause ?? '')), el('p', {}, item.sentence), doThis(item), figures(item));
}

// The figures of this moment.
function stats(database) {
	const pool = database.pool;
	const minute = database.timeouts?.windows?.['1m'];
	return el('dl', { class: 'stats', 'aria-label': 'Now' },
		stat('In use', `${number(pool.status.active)} of ${number(pool.status.max)}`),
		stat('Waiting', number(pool.status.waiting)),
		stat('Longest wait lately', millis(pool.maxWaitMillis)),
		stat('Timeouts, 1 min', percent(minute?.rate)));
}

function stat(label, value) {
	return el('div', {}, el('dt', {}, label), el('dd', {}, value));
}
