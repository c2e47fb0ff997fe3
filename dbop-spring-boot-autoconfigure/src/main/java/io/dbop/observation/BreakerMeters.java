package io.dbop.observation;

import io.dbop.circuit.Breaker;
import io.dbop.circuit.BreakerState;

/** What a circuit breaker does with calls. */
final class BreakerMeters {

	private static final double SECOND_NANOS = 1e9;

	private BreakerMeters() {
	}

	static void bind(MeterGroup group, Breaker breaker) {
		for (BreakerState state : BreakerState.values()) {
			MeterGroup ofState = group.with("state", state);
			ofState.gauge("dbop.circuit.state", "1 for the state the circuit breaker is in", breaker,
					(each) -> (each.state() == state) ? 1 : 0);
			ofState.count("dbop.circuit.changes", "How often the circuit breaker went into the state", breaker,
					(each) -> each.changes(state));
		}
		group.gauge("dbop.circuit.failures", "Failures within the window", breaker, BreakerMeters::failures);
		group.gauge("dbop.circuit.failure.rate", "Failures per second within the window", breaker,
				(each) -> failures(each) / (each.settings().window().toNanos() / SECOND_NANOS));
		group.count("dbop.circuit.failed", "Attempts that failed in a way that counts", breaker, Breaker::failed);
		group.count("dbop.circuit.refused", "Calls that the circuit breaker refused", breaker,
				(each) -> each.status().refusedCalls());
	}

	private static double failures(Breaker breaker) {
		return breaker.status().failures();
	}

}
