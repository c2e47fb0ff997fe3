package io.dbop.execution;

import java.util.List;

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
		List<PreAttemptHook> hooks = call.plan.settings().hooks();
		if (hooks.isEmpty() || call.withinExtension()) {
			// One that uses the database would call itself.
			return;
		}
		call.aftermath().extended = true;
		try {
			for (PreAttemptHook hook : hooks) {
				hook.beforeAttempt(call);
			}
		}
		finally {
			call.aftermath().extended = false;
		}
	}

}
