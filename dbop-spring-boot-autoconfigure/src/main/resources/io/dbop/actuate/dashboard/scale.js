// From a figure to its height in a plot, 0 at the bottom and 1 at the top.

const BANDS = [
	{ from: 0, to: 0.001, name: 'normal', level: 'OK' },
	{ from: 0.001, to: 0.01, name: 'mild', level: 'NOTICE' },
	{ from: 0.01, to: 0.05, name: 'high', level: 'WARNING' },
	{ from: 0.05, to: 1, name: 'critical', level: 'CRITICAL' }
];

// Each band takes as much room as the others, and is linear in itself.
function bandScale(rate) {
	const index = Math.max(0, BANDS.findIndex((band) => rate <= band.to));
	const band = BANDS[index];
	return (index + (rate - band.from) / (band.to - band.from)) / BANDS.length;
}

function linearScale(most) {
	return (value) => Math.min(1, value / most);
}

// Waits are told from microseconds as well as from seconds.
function logScale(least, most) {
	const decades = Math.log10(most / least);
	return (value) => Math.min(1, Math.max(0, Math.log10(Math.max(value, least) / least) / decades));
}

// The next number at or above it that is 1, 2 or 5 times a power of ten.
function roundUp(value) {
	const power = 10 ** Math.floor(Math.log10(value));
	return [1, 2, 5, 10].map((factor) => factor * power).find((round) => round >= value);
}

function greatest(samples, key) {
	return samples.reduce((most, sample) => Math.max(most, sample[key] ?? 0), 0);
}
