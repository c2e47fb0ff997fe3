package io.dbop.autoconfigure;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Explains a value that cannot work. */
class InvalidPropertyFailureAnalyzer extends PropertyFailureAnalyzer<InvalidPropertyException> {

	InvalidPropertyFailureAnalyzer(Environment environment) {
		super(environment);
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidPropertyException cause) {
		return analysis(cause.property(), cause.value(), cause.allowed(),
				"Correct '%s' in the configuration of your application.".formatted(cause.property()), cause);
	}

}
