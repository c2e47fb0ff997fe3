// How bad it is: a word and a sign for each level, so that none is told by its colour alone.

const LEVELS = ['OK', 'NOTICE', 'WARNING', 'CRITICAL'];

const SIGNS = { OK: '●', NOTICE: '◆', WARNING: '▲', CRITICAL: '■', UNOPENED: '○' };

const LEVEL_OF_BAND = { NORMAL: 'OK', MILD: 'NOTICE', HIGH: 'WARNING', CRITICAL: 'CRITICAL' };

function opened(database) {
	return database.configuration?.opened !== false;
}

function levelOf(database) {
	if (!opened(database)) {
		return 'UNOPENED';
	}
	return database.advice?.level ?? LEVEL_OF_BAND[database.timeouts?.level] ?? 'OK';
}

function worse(one, other) {
	return LEVELS.indexOf(one) > LEVELS.indexOf(other);
}

function sign(level) {
	return el('span', { class: 'sign', 'aria-hidden': 'true' }, SIGNS[level] ?? SIGNS.NOTICE);
}

function badge(level, word = level === 'UNOPENED' ? 'not opened' : level) {
	return el('span', { class: 'badge', 'data-level': level }, sign(level), el('span', {}, word.toLowerCase()));
}

function bandBadge(band) {
	return badge(LEVEL_OF_BAND[band] ?? 'NOTICE', words(band));
}
