package io.dbop.entity;

import java.sql.SQLTransactionRollbackException;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;

/**
 * An entity was purged by somebody else while its save waited for that, in a transaction
 * that the failure has undone: whoever owns it can do it again.
 */
final class PurgedMeanwhileException extends PessimisticLockingFailureException {

	private static final long serialVersionUID = 1L;

	/** How the standard calls a transaction that has to be done again. */
	private static final String SERIALIZATION_FAILURE = "40001";

	PurgedMeanwhileException(String entity, String alias, DuplicateKeyException failure) {
		super("An entity of '%s' on database '%s' was purged by another transaction while this one waited for it. Nothing was saved; run the transaction again."
			.formatted(entity, alias),
				new SQLTransactionRollbackException("The row was purged meanwhile", SERIALIZATION_FAILURE, failure));
	}

}
