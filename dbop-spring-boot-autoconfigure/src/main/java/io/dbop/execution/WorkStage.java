package io.dbop.execution;

import org.jspecify.annotations.Nullable;

/** The call itself. Its result is kept, since a commit after it may be in doubt. */
final class WorkStage implements Stage {

	@Override
	public @Nullable Object run(Call call) throws Throwable {
		Object result = call.work.perform(call.attempt);
		call.complete(result);
		return result;
	}

}
