// What can be changed, where the endpoint allows it. Nothing is done without a second look.

const ACTIONS = {
	'reset-breaker': { title: (alias, name) => `Reset the circuit breaker '${name}' of '${alias}'?`,
		effect: 'Calls go to the database again at once, whether it has recovered or not.' },
	evict: { title: (alias) => `Evict the connections of '${alias}'?`,
		effect: 'Idle ones are closed now, those in use when they come back. New ones are opened as they are needed.' },
	resize: { title: (alias) => `Change the pool size of '${alias}'?`,
		effect: 'Holds until the application is started again. Mind the limit of the database.' }
};

function button(action, label, name) {
	return el('button', { type: 'button', 'data-action': action, 'data-name': name }, label);
}

function actions(database) {
	return panel('actions', 'Actions', null, el('p', { class: 'buttons' }, button('resize', 'Change the pool size …', database.pool.status.max),
		button('evict', 'Evict connections …')), el('p', { id: 'outcome', role: 'status' }, outcome));
}

let outcome = '';

// Asks, and answers with what is to be sent, or with nothing.
function confirmed(action, alias, name) {
	const dialog = document.getElementById('confirmation');
	const size = el('input', { type: 'number', min: 1, max: 10_000, required: true, value: name, inputmode: 'numeric' });
	const form = el('form', {}, el('h2', { id: 'confirmation-title' }, ACTIONS[action].title(alias, name)),
		el('p', {}, ACTIONS[action].effect),
		action === 'resize' ? el('label', {}, 'Connections at most ', size) : null,
		el('p', { class: 'buttons' }, el('button', { type: 'submit', class: 'primary' }, 'Yes, do it'),
			el('button', { type: 'button', 'data-cancel': true }, 'Cancel')));
	dialog.replaceChildren(form);
	return new Promise((resolve) => {
		form.addEventListener('submit', (event) => {
			event.preventDefault();
			resolve(bodyOf(action, name, size));
			dialog.close();
		});
		form.querySelector('[data-cancel]').addEventListener('click', () => dialog.close());
		dialog.addEventListener('close', () => resolve(null), { once: true });
		dialog.showModal();
	});
}

function bodyOf(action, name, size) {
	return { 'reset-breaker': { name }, evict: {}, resize: { size: size.valueAsNumber } }[action];
}

async function act(action, alias, name) {
	const body = await confirmed(action, alias, name);
	if (body) {
		outcome = await sent(action, alias, body);
	}
}

async function sent(action, alias, body) {
	try {
		const answer = await fetch(`${address(alias)}/${action}`, { method: 'POST', cache: 'no-store',
			headers: { 'Accept': 'application/json', 'Content-Type': 'application/json', ...csrfToken() }, body: JSON.stringify(body) });
		return answer.ok ? `Done at ${clock(Date.now())}: ${action} of '${alias}'.` : `Nothing was changed: ${refusal(answer.status)}`;
	}
	catch (failure) {
		return `No answer, and so it is not known whether it was done: ${failure.message}`;
	}
}

function refusal(status) {
	const reasons = {
		400: 'the application does not accept this value (400).',
		401: 'you are not signed in any more (401). Reload the page.',
		403: 'the application forbids it (403): you lack the right, or its CSRF protection refuses requests of this page.',
		404: 'there is no such database any more (404).',
		405: 'the endpoint only reads (405).'
	};
	return reasons[status] ?? `the application answered ${status}.`;
}

// The token that Spring Security leaves in a cookie for pages like this one, if it is told to.
function csrfToken() {
	const cookie = document.cookie.split('; ').find((each) => each.startsWith('XSRF-TOKEN='));
	return cookie ? { 'X-XSRF-TOKEN': decodeURIComponent(cookie.slice('XSRF-TOKEN='.length)) } : {};
}
