// Asks again and again while somebody looks, and says so when no answer comes.

const PERIOD = 2000;

const LONGEST_PAUSE = 30_000;

const PATIENCE = 5000;

// The endpoint is where this page is, whatever stands in front of it.
function address(alias) {
	const base = location.pathname.replace(/\/+$/, '');
	return alias === undefined ? base : `${base}/${encodeURIComponent(alias)}`;
}

async function ask(alias) {
	const answer = await fetch(address(alias), { cache: 'no-store', headers: { 'Accept': 'application/json' },
		signal: AbortSignal.timeout(PATIENCE) });
	if (answer.status === 404 && alias !== undefined) {
		return null;
	}
	if (!answer.ok) {
		throw new Error(answer.status === 401 || answer.status === 403
			? `it asks for another sign-in (${answer.status}), so reload the page` : `it answered ${answer.status}`);
	}
	if (!/json/.test(answer.headers.get('Content-Type') ?? '')) {
		throw new Error('it answered with something else than JSON, perhaps a page to sign in, so reload the page');
	}
	return answer.json();
}

class Poll {

	constructor(look, tell) {
		this.look = look;
		this.tell = tell;
		this.failures = 0;
		this.answeredAt = null;
		document.addEventListener('visibilitychange', () => this.now());
	}

	// At once, if anybody looks.
	now() {
		clearTimeout(this.timer);
		if (!document.hidden) {
			this.timer = setTimeout(() => this.turn(), 0);
		}
	}

	async turn() {
		if (this.running) {
			return;
		}
		this.running = true;
		try {
			await this.look();
			this.failures = 0;
			this.answeredAt = Date.now();
			this.tell(null);
		}
		catch (failure) {
			this.failures++;
			this.tell(failure, this.pause());
		}
		this.running = false;
		if (!document.hidden) {
			clearTimeout(this.timer);
			this.timer = setTimeout(() => this.turn(), this.pause());
		}
	}

	pause() {
		return Math.min(LONGEST_PAUSE, PERIOD * 2 ** Math.max(0, this.failures - 1));
	}

}
