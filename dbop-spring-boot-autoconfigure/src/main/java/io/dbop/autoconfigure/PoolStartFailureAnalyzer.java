package io.dbop.autoconfigure;

import io.dbop.pool.PoolStartException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains why the pool of a database could not be opened. */
class PoolStartFailureAnalyzer extends AbstractFailureAnalyzer<PoolStartException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, PoolStartException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
	}

}
