package io.dbop.execution;

import java.util.List;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/** Calls the hooks, inside the scope of the attempt: one that fails fails the attempt. */
final class PrepareStage implements Stage {

	private final Stage next;

	PrepareStage(Stage next) {
		this.next = next;
	}

	@Override
	public @Nullable Object run(Call call) throws Throwable {
		prepare(call, null);
		return this.next.run(call);
	}

	/**
	 * Calls them here and now.
	 * @param dataSource gives the connection of the attempt, {@code null} if that of the
	 * database does
	 */
	static void prepare(Call call, @Nullable DataSource dataSource) throws Exception {
		List<PreAttemptHook> hooks = call.plan.settings().hooks();
		if (hooks.isEmpty() || call.withinExtension()) {
			// One that uses the database would call itself.
			return;
		}
		Aftermath attempt = call.aftermath();
		attempt.extended = true;
		attempt.dataSource = dataSource;
		try {
			for (PreAttemptHook hook : hooks) {
				hook.beforeAttempt(call);
			}
		}
		finally {
			attempt.extended = false;
			attempt.dataSource = null;
		}
	}

}
