package io.dbop.circuit;

import io.dbop.DbopException;

/**
 * A circuit breaker was asked for in a way that contradicts what is there: the same name
 * with another alias or other settings.
 */
public final class InvalidBreakerException extends DbopException {

	private final String breaker;

	InvalidBreakerException(String breaker, String alias, String message) {
		super(alias, message, null);
		this.breaker = breaker;
	}

	static InvalidBreakerException otherAlias(Breaker existing, String alias) {
		return new InvalidBreakerException(existing.name(), alias,
				"Circuit breaker '%s' belongs to database '%s' and cannot guard '%s' as well. Give one of them another name."
					.formatted(existing.name(), existing.alias(), alias));
	}

	static InvalidBreakerException otherSettings(Breaker existing, BreakerSettings settings) {
		return new InvalidBreakerException(existing.name(), existing.alias(),
				("Circuit breaker '%s' of database '%s' was set up as %s and is now asked for as %s. "
						+ "Give one of them another name, or both the same settings.")
					.formatted(existing.name(), existing.alias(), existing.settings(), settings));
	}

	static InvalidBreakerException foreign(String name, String alias, String circuit) {
		return new InvalidBreakerException(name, alias,
				("The given CircuitBreakerRegistry already has a circuit breaker '%s' that dbop did not make, "
						+ "so '%s' of database '%s' cannot be made there. Rename or remove it.")
					.formatted(circuit, name, alias));
	}

	/**
	 * The name of the breaker.
	 * @return the name
	 */
	public String breaker() {
		return this.breaker;
	}

}
