// What the plots show: the history that the endpoint keeps, and after it what this page has seen for itself.

const SPAN = 15 * 60_000;

const GAP = 12_000;

class Series {

	constructor() {
		this.samples = [];
		this.previous = null;
		this.seeded = false;
	}

	// Whether the history is needed: at the start, and when the page was not looking for a while.
	needsHistory(now) {
		return !this.seeded || !this.previous || now - this.previous.t > GAP;
	}

	seed(history, now) {
		this.seeded = true;
		if (!history?.utilisation) {
			return;
		}
		const step = history.stepSeconds * 1000;
		const count = history.utilisation.length;
		this.samples = history.utilisation.map((utilisation, index) => ({
			t: now - (count - 1 - index) * step,
			utilisation,
			waiting: history.waiting?.[index],
			waitMillis: history.waitMillis?.[index],
			timeoutRate: history.timeoutRate?.[index]
		}));
		this.previous = null;
	}

	add(pool, now) {
		const current = counters(pool, now);
		const since = this.previous && current.acquired >= this.previous.acquired ? this.previous : null;
		this.previous = current;
		const status = pool.status;
		// What the history said of this moment holds where nothing newer is known.
		const told = this.samples.findLast((sample) => sample.t === now);
		this.samples = this.samples.filter((sample) => sample.t >= now - SPAN && sample.t < now);
		this.samples.push({
			...told,
			t: now,
			utilisation: status.max > 0 ? status.active / status.max : null,
			waiting: status.waiting,
			...(since ? between(since, current) : {})
		});
	}

}

function counters(pool, t) {
	return { t, acquired: pool.acquired, timeouts: pool.timeouts, waited: pool.averageWaitMillis * pool.acquired };
}

function between(since, current) {
	const acquired = current.acquired - since.acquired;
	const timeouts = current.timeouts - since.timeouts;
	const callers = acquired + timeouts;
	return {
		waitMillis: callers > 0 ? Math.max(0, (current.waited - since.waited) / callers) : null,
		timeoutRate: timeouts > 0 ? timeouts / callers : 0
	};
}
