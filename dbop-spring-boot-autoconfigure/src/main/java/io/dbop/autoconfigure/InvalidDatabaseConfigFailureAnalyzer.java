package io.dbop.autoconfigure;

import io.dbop.pool.InvalidDatabaseConfigException;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Explains a setting that the pool of a database refuses. */
class InvalidDatabaseConfigFailureAnalyzer extends PropertyFailureAnalyzer<InvalidDatabaseConfigException> {

	InvalidDatabaseConfigFailureAnalyzer(Environment environment) {
		super(environment);
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidDatabaseConfigException cause) {
		String property = property(cause, cause.property());
		return analysis(property, null, String.valueOf(cause.getMessage()),
				"Correct '%s' in the configuration of your application.".formatted(property), cause);
	}

}
