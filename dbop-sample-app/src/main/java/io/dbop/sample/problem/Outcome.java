package io.dbop.sample.problem;

import io.dbop.circuit.CircuitOpenException;
import io.dbop.execution.CommitOutcomeUnknownException;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * What has become of a request that failed, as far as the one who made it is concerned.
 */
public enum Outcome {

	/** A rule of the business forbids it: nothing was done. */
	REFUSED,

	/** The database cannot take it at present: nothing was done, it may work later. */
	UNAVAILABLE,

	/** A commit was begun and never confirmed: done or not. */
	DOUBTFUL,

	/** It does not work: nothing was done. */
	FAILED;

	/**
	 * Tells the outcome from the exception.
	 * @param failure the exception
	 * @return the outcome
	 */
	public static Outcome of(Exception failure) {
		if (failure instanceof RefusedException) {
			return REFUSED;
		}
		if (failure instanceof InDoubtException || failure instanceof CommitOutcomeUnknownException) {
			return DOUBTFUL;
		}
		if (failure instanceof CircuitOpenException || failure instanceof TransientDataAccessException
				|| failure instanceof DataAccessResourceFailureException
				|| failure instanceof CannotCreateTransactionException) {
			return UNAVAILABLE;
		}
		return FAILED;
	}

}
