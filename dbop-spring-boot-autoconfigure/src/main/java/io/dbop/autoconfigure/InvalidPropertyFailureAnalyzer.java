package io.dbop.autoconfigure;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Explains a value that cannot work. Comes before what Spring Boot says of any value that
 * could not be bound.
 */
@Order(InvalidPropertyFailureAnalyzer.BEFORE_BINDING)
class InvalidPropertyFailureAnalyzer extends PropertyFailureAnalyzer<InvalidPropertyException> {

	static final int BEFORE_BINDING = -1;

	InvalidPropertyFailureAnalyzer(Environment environment) {
		super(environment);
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidPropertyException cause) {
		return analysis(cause.property(), cause.value(), cause.allowed(),
				"Correct '%s' in the configuration of your application.".formatted(cause.property()), cause);
	}

}
