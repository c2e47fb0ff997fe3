package io.dbop.pool;

import org.jspecify.annotations.Nullable;

/**
 * The ledger of a thread whose work, all of it, can be cancelled from outside.
 */
final class CancellableLedger extends AttemptLedger {

	private final CancelSignal signal;

	CancellableLedger(String operation, CancelSignal signal) {
		super(operation);
		this.signal = signal;
	}

	@Override
	@Nullable CancelSignal signal() {
		return this.signal;
	}

}
