package io.dbop.autoconfigure;

import io.dbop.circuit.InvalidBreakerException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains that a circuit breaker was asked for in two ways. */
class InvalidBreakerFailureAnalyzer extends AbstractFailureAnalyzer<InvalidBreakerException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidBreakerException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()),
				"Look for the places that name the circuit breaker '%s' and make them agree."
					.formatted(cause.breaker()),
				cause);
	}

}
