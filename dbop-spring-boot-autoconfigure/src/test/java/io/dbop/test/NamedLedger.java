package io.dbop.test;

import io.dbop.pool.AttemptLedger;

/** The ledger of an operation that there is only in name. */
public class NamedLedger extends AttemptLedger {

	private final String operation;

	/**
	 * Creates it.
	 * @param operation the name
	 */
	public NamedLedger(String operation) {
		this.operation = operation;
	}

	@Override
	public String operation() {
		return this.operation;
	}

}
