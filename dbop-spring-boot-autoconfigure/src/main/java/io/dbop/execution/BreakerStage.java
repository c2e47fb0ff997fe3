package io.dbop.execution;

import java.util.Objects;

import io.dbop.circuit.Breaker;
import io.dbop.circuit.CircuitOpenException;
import io.dbop.circuit.Pass;
import org.jspecify.annotations.Nullable;

/**
 * Passes the circuit breaker once per attempt. Inside a call that has passed it already
 * it is not asked again, so that an open breaker never stands between a transaction and
 * its end, and a failure counts once.
 */
final class BreakerStage implements Stage {

	private final Breaker breaker;

	private final Stage next;

	BreakerStage(ExecutionPlan plan, Stage next) {
		this.breaker = Objects.requireNonNull(plan.settings().breaker());
		this.next = next;
	}

	@Override
	public @Nullable Object run(Call call) throws Throwable {
		if (passedAround(call)) {
			return this.next.run(call);
		}
		Pass pass = enter(call);
		Object result;
		try {
			result = this.next.run(call);
		}
		catch (Throwable ex) {
			report(call, pass, ex);
			throw ex;
		}
		this.breaker.succeeded(pass);
		return result;
	}

	private Pass enter(Call call) {
		try {
			return this.breaker.enter();
		}
		catch (CircuitOpenException ex) {
			call.aftermath().refused = true;
			call.plan.statistics().rejected();
			throw ex;
		}
	}

	private boolean passedAround(Call call) {
		for (Call each = call.outer(); each != null; each = each.outer()) {
			if (each.plan.settings().breaker() == this.breaker) {
				return true;
			}
		}
		return false;
	}

	private void report(Call call, Pass pass, Throwable thrown) {
		Failure failure = call.judge(thrown);
		if (failure.kind().speaksOfHealth() && !failure.unasked() && call.plan.engine().pool().gives(failure.alias())) {
			this.breaker.failed(pass, thrown);
		}
		else {
			this.breaker.ignored(pass);
		}
	}

}
