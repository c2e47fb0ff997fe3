package io.dbop.sample.report;

import io.dbop.failure.Classification;
import io.dbop.failure.FailureClassifier;
import io.dbop.failure.FailureKind;
import io.dbop.failure.Redo;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DuplicateKeyException;

/**
 * Knows that writing the report can be repeated when another one has inserted the same
 * day in the meantime: the next attempt finds the row and updates it.
 */
class LostInsertRace implements FailureClassifier {

	@Override
	public @Nullable Classification classify(Throwable failure) {
		return (failure instanceof DuplicateKeyException)
				? Classification.retryable(FailureKind.CONSTRAINT, Redo.TRANSACTION) : null;
	}

}
