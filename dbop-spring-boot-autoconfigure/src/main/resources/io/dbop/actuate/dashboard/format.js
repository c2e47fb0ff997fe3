// Figures as people read them.

const NOTHING = '–';

function known(value) {
	return value !== null && value !== undefined;
}

function number(value, digits = 0) {
	return known(value) ? value.toLocaleString('en', { maximumFractionDigits: digits }) : NOTHING;
}

function percent(share) {
	if (!known(share)) {
		return NOTHING;
	}
	const value = share * 100;
	return `${number(value, value > 0 && value < 10 ? 2 : 0)} %`;
}

function millis(value) {
	if (!known(value)) {
		return NOTHING;
	}
	if (value < 1000) {
		return `${number(value, value < 10 ? 1 : 0)} ms`;
	}
	if (value < 60_000) {
		return `${number(value / 1000, value < 10_000 ? 1 : 0)} s`;
	}
	return value < 3_600_000 ? `${number(value / 60_000)} min` : `${number(value / 3_600_000, 1)} h`;
}

function clock(instant) {
	return new Date(instant).toLocaleTimeString('en-GB');
}

// 'PT1M30S' in milliseconds; undefined if it is none.
function isoMillis(text) {
	const parts = /^PT(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?$/.exec(text ?? '');
	if (!parts) {
		return undefined;
	}
	const [hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0));
	return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

// 'POOL_TOO_SMALL' and 'averageHeldMillis' as words.
function words(name) {
	const spaced = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/_/g, ' ').toLowerCase();
	return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

// A figure by its name: 'heldMillis' is a time, 'rate' a share.
function figure(name, value) {
	if (typeof value !== 'number') {
		return [words(name), known(value) ? String(value) : NOTHING];
	}
	if (/Millis$/.test(name)) {
		return [words(name.slice(0, -'Millis'.length)), millis(value)];
	}
	const share = /(rate|share|utili[sz]ation)$/i.test(name) && value <= 1;
	return [words(name), share ? percent(value) : number(value, 2)];
}

function plural(count, one, many) {
	return `${number(count)} ${count === 1 ? one : many}`;
}
