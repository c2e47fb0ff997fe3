package io.dbop.pool;

import org.jspecify.annotations.Nullable;

/**
 * The ledger of a thread whose work, all of it, can be cancelled from outside.
 */
final class CancellableLedger extends AttemptLedger {

	private final String operation;

	private final CancelSignal signal;

	CancellableLedger(String operation, CancelSignal signal) {
		this.operation = operation;
		this.signal = signal;
	}

	@Override
	public String operation() {
		return this.operation;
	}

	@Override
	@Nullable CancelSignal signal() {
		return this.signal;
	}

}
