package io.dbop.execution;

import java.util.Objects;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Answers in place of an operation that has failed for good. Errors and interrupts are
 * not failures of the operation: they pass.
 */
final class FallbackStage implements Stage {

	private final Function<Throwable, ?> fallback;

	private final Stage next;

	FallbackStage(ExecutionPlan plan, Stage next) {
		this.fallback = Objects.requireNonNull(plan.settings().fallback());
		this.next = next;
	}

	@Override
	public @Nullable Object run(Call call) throws Throwable {
		try {
			return this.next.run(call);
		}
		catch (Exception ex) {
			if (Interrupts.interrupted(ex)) {
				throw ex;
			}
			return call.answered(() -> answer(ex));
		}
	}

	private @Nullable Object answer(Exception failure) {
		try {
			return this.fallback.apply(failure);
		}
		catch (RuntimeException | Error ex) {
			if (ex != failure) {
				ex.addSuppressed(failure);
			}
			throw ex;
		}
	}

}
