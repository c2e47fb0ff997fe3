package io.dbop.observation;

import io.dbop.execution.Ending;
import org.jspecify.annotations.Nullable;

/**
 * What an observation is told in place of what was thrown. Drivers quote values in their
 * messages, and whoever exports an error writes out message and causes.
 */
final class ObservedFailure extends RuntimeException {

	private ObservedFailure(String message) {
		super(message, null, false, false);
	}

	static @Nullable ObservedFailure of(Ending ending) {
		if (ending.thrown() == null) {
			return null;
		}
		return new ObservedFailure(
				"%s (outcome %s, classification %s, SQLSTATE %s)".formatted(KeyTexts.exception(ending),
						KeyTexts.outcome(ending), KeyTexts.classification(ending), KeyTexts.sqlState(ending)));
	}

}
