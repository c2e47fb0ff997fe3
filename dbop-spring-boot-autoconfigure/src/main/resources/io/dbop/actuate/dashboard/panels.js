// The parts below the plots, each for a question that the headline leads to.

function panel(id, title, level, ...content) {
	return el('section', { class: 'panel', id, 'aria-labelledby': `${id}-title` },
		el('h3', { id: `${id}-title` }, title, level ? badge(level.level, level.word) : null), content);
}

function fold(id, title, ...content) {
	return el('details', { class: 'panel fold', id }, el('summary', {}, title), content);
}

function none(text) {
	return el('p', { class: 'none' }, text);
}

function panels(database, writable) {
	return [
		el('div', { class: 'columns' }, capacity(database.capacity), breakers(database.breakers ?? [], writable),
			retries(database.retries), windows(database.timeouts)),
		leaks(database.leaks ?? [], database.pool), holders(database.pool.holders ?? []),
		statements(database.statements), operations(database.operations ?? {}), entities(database.entities ?? {}),
		caches(database.caches ?? {}),
		configuration(database), writable ? actions(database) : null
	];
}

function capacity(capacity) {
	if (!capacity) {
		return null;
	}
	const tight = capacity.connectionsNeeded > capacity.poolMax;
	const server = capacity.server;
	return panel('capacity', 'Capacity', tight ? { level: 'WARNING', word: 'too small' } : null,
		pairs([
			['Connections needed', `${number(capacity.connectionsNeeded, 1)} of ${number(capacity.poolMax)}`],
			['Load', `${number(capacity.arrivalsPerSecond, 1)} a second × ${millis(capacity.averageHeldMillis)}`],
			['Application servers', number(capacity.applicationServers)],
			['Database', server ? `${number(server.inUse)} of ${number(server.max)} connections in use${known(server.scope) ? `, limit of the ${server.scope}` : ''}` : 'not known'],
			...(known(capacity.serversUntilLimit) ? [['Servers until its limit', number(capacity.serversUntilLimit)]] : []),
			...(capacity.next.length ? [['Next', capacity.next.map(words).join(', ')]] : [])
		]),
		known(capacity.utilisation) ? bar(capacity.utilisation, 'Utilisation', tight ? 'WARNING' : 'OK') : null,
		server?.max > 0 ? bar(server.inUse / server.max, 'Connections of the database', server.inUse / server.max > 0.9 ? 'CRITICAL' : 'NOTICE') : null);
}

const LEVEL_OF_BREAKER = { OPEN: 'CRITICAL', FORCED_OPEN: 'CRITICAL', HALF_OPEN: 'WARNING', DISABLED: 'NOTICE' };

function breakers(breakers, writable) {
	const open = breakers.some((each) => each.state === 'OPEN');
	return panel('breakers', 'Circuit breakers', open ? { level: 'CRITICAL', word: 'open' } : null,
		breakers.length === 0 ? none('No operation has used one yet.') : el('ul', { class: 'list' }, breakers.map((each) => el('li', {},
			el('p', {}, badge(LEVEL_OF_BREAKER[each.state] ?? 'OK', words(each.state)), ' ', el('b', {}, each.name),
				each.state === 'OPEN' ? ` for ${millis(each.remainingMillis)} more at most` : null),
			el('p', { class: 'small' }, `${plural(each.failures, 'failure', 'failures')} in its window, `
				+ `${plural(each.refusedCalls, 'call', 'calls')} refused, opened ${plural(each.openedCount, 'time', 'times')}`),
			writable && each.state !== 'CLOSED' ? button('reset-breaker', 'Reset', each.name) : null))));
}

function retries(retries) {
	if (!retries) {
		return null;
	}
	const budget = retries.budget;
	const spent = budget && budget.available < 1;
	return panel('retries', 'Retries', spent ? { level: 'WARNING', word: 'budget spent' } : null,
		pairs([
			['Attempts after a first', number(retries.attempts)],
			['Calls they saved', number(retries.recovered)],
			['Calls that failed all the same', number(retries.exhausted)],
			['Commits in doubt', retries.doubtfulCommits === 0 ? '0' : `${number(retries.doubtfulCommits)}, ${number(retries.verifiedCommits)} of them found to have landed`],
			...(budget ? [['Budget', `${number(budget.available, 1)} of ${number(budget.capacity)}, ${percent(budget.share)} of the calls`],
				['Retries it denied', number(budget.denied)]] : [])
		]),
		budget?.capacity > 0 ? bar(budget.available / budget.capacity, 'Retry budget left', spent ? 'WARNING' : 'OK') : null);
}

function windows(timeouts) {
	return timeouts ? panel('windows', 'Timeouts', null,
		table('Timeouts by window', ['Last', 'Asked', 'Timeouts', 'Rate', 'Band'],
			Object.entries(timeouts.windows).map(([name, window]) => [name.replace('m', ' min'), number(window.acquisitions),
				number(window.timeouts), percent(window.rate), bandBadge(window.band)]), 'narrow')) : null;
}

const HOLDER_COLUMNS = ['Thread', 'Operation', 'Held', 'Doing', 'Taken at'];

function holderRow(holder) {
	return [code(holder.thread), holder.operation ?? NOTHING, millis(holder.heldMillis), doing(holder), code(holder.callSite)];
}

function doing(holder) {
	if (holder.waitsForSecond) {
		return `waits for a second connection, ${millis(holder.waitingMillis)}`;
	}
	if (holder.executingMillis === undefined) {
		return 'not known';
	}
	return holder.executingMillis === null ? 'no statement' : `executes, ${millis(holder.executingMillis)}`;
}

function holders(holders) {
	return panel('holders', 'Who holds connections', null, holders.length === 0 ? none('Nobody at this moment.')
		: table('Who holds connections, the longest first', HOLDER_COLUMNS, holders.map(holderRow)));
}

function leaks(leaks, pool) {
	return panel('leaks', 'Leaks', leaks.length > 0 ? { level: 'WARNING', word: number(leaks.length) } : null,
		leaks.length === 0 ? none(`None now, ${number(pool.leaks)} reported since the start.`)
			: table('Connections held beyond the threshold', HOLDER_COLUMNS, leaks.map(holderRow)));
}

function statements(statements) {
	const slowest = statements?.slowest ?? [];
	return panel('statements', 'Slowest statements', null, slowest.length === 0
		? none(`None kept, ${plural(statements?.slow ?? 0, 'slow one', 'slow ones')} since the start.`)
		: table('The slowest statements, without values', ['Statement', 'Times', 'Average', 'Longest', 'Last'],
			slowest.map((each) => [code(each.text), number(each.count), millis(each.averageMillis), millis(each.maxMillis),
				`${millis(each.lastMillisAgo)} ago`])));
}

function caches(caches) {
	const names = Object.keys(caches);
	return names.length === 0 ? null : fold('caches', `Caches (${names.length})`,
		table('Caches', ['Cache', 'Found', 'Not found', 'Evicted', 'Entries'], Object.entries(caches).map(([name, each]) => [name,
			number(each.hits), number(each.misses), number(each.evictions), number(each.size)])));
}

function operations(operations) {
	const names = Object.keys(operations);
	return fold('operations', `Operations (${names.length})`, names.length === 0 ? none('None yet.')
		: table('Operations', ['Operation', 'Calls', 'Failures', 'Refused', 'Retries', 'Timeouts', 'Average'],
			Object.entries(operations).map(([name, each]) => [name, number(each.calls), number(each.failures), number(each.rejections),
				number(each.retries), number(each.timeouts), millis(each.averageMillis)])));
}

function entities(entities) {
	const names = Object.keys(entities);
	return names.length === 0 ? null : fold('entities', `Entities (${names.length})`,
		table('Entities', ['Entity', 'Table', 'Fields'], Object.entries(entities).map(([name, each]) => [name, code(each.table),
			Object.entries(each.fields ?? {}).map(([field, type]) => `${field} ${type}`).join(', ')])));
}

function configuration(database) {
	const version = database.pool.version;
	const entries = Object.entries({ ...database.configuration, ...(version ?? {}) });
	return fold('configuration', 'Configuration', pairs(entries.filter(([, value]) => known(value))
		.map(([name, value]) => [words(name), typeof value === 'string' ? value : JSON.stringify(value)])));
}
