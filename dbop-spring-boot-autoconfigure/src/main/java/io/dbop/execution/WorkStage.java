package io.dbop.execution;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;

import org.jspecify.annotations.Nullable;

/** The call itself. Its result is kept, since a commit after it may be in doubt. */
final class WorkStage implements Stage {

	/**
	 * What the last result was an instance of: operations return the same type again and
	 * again, and to look through its interfaces each time is a tenth of what a call
	 * costs. Written without care for other threads, who at worst ask once more.
	 */
	private @Nullable Class<?> complete;

	@Override
	public @Nullable Object run(Call call) throws Throwable {
		Object result = call.perform(call.attempt());
		if (result != null && result.getClass() != this.complete) {
			requireDone(call, result);
			this.complete = result.getClass();
		}
		call.complete(result);
		return result;
	}

	/**
	 * What is still to be computed would be computed outside of the scope of the attempt,
	 * and its failures would pass unseen.
	 */
	private static void requireDone(Call call, Object result) {
		if (result instanceof CompletionStage || result instanceof Future || result instanceof BaseStream
				|| result instanceof Flow.Publisher) {
			throw new IllegalStateException(
					("'%s' on database '%s' returned a %s, whose work would go on after the scope "
							+ "of the attempt has ended: the attempt was undone. Return a value that is complete.")
						.formatted(call.plan.name(), call.alias(), result.getClass().getSimpleName()));
		}
	}

}
