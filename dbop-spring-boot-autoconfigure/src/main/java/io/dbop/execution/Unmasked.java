package io.dbop.execution;

import org.springframework.transaction.TransactionSystemException;

/**
 * Brings back the failure that a failed rollback has covered up: Spring throws the
 * failure of the rollback and keeps the reason for it out of sight.
 */
final class Unmasked {

	private Unmasked() {
	}

	static Throwable of(Throwable thrown) {
		if (thrown instanceof TransactionSystemException masking) {
			Throwable original = masking.getApplicationException();
			if (original != null && original != masking) {
				original.addSuppressed(masking);
				return original;
			}
		}
		return thrown;
	}

}
