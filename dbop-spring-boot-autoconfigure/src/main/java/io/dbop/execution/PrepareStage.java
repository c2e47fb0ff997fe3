package io.dbop.execution;

import org.jspecify.annotations.Nullable;

/** Calls the hooks, inside the scope of the attempt: one that fails fails the attempt. */
final class PrepareStage implements Stage {

	private final Stage next;

	PrepareStage(Stage next) {
		this.next = next;
	}

	@Override
	public @Nullable Object run(Call call) throws Throwable {
		prepare(call);
		return this.next.run(call);
	}

	static void prepare(Call call) throws Exception {
		if (call.withinExtension()) {
			// Else one that uses the database would call itself.
			return;
		}
		call.aftermath().extended = true;
		try {
			for (PreAttemptHook hook : call.plan.settings().hooks()) {
				hook.beforeAttempt(call);
			}
		}
		finally {
			call.aftermath().extended = false;
		}
	}

}
