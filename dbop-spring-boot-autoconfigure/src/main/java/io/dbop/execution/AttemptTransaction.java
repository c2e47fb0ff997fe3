package io.dbop.execution;

import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.UnexpectedRollbackException;

/**
 * The transaction, or the savepoint, that one attempt runs in: ended by commit or release
 * when the attempt succeeds, undone when it fails. The failure of the attempt is never
 * replaced by that of undoing it.
 */
final class AttemptTransaction {

	private final Call call;

	private final TransactionStatus status;

	private final @Nullable UndoneSynchronizations synchronizations;

	private AttemptTransaction(Call call, TransactionStatus status, @Nullable UndoneSynchronizations synchronizations) {
		this.call = call;
		this.status = status;
		this.synchronizations = synchronizations;
	}

	/**
	 * Runs the attempt and ends its transaction, the usual way without any ado.
	 */
	static @Nullable Object run(Call call, Stage next, TransactionStatus status,
			@Nullable UndoneSynchronizations synchronizations) throws Throwable {
		Object result;
		try {
			result = next.run(call);
		}
		catch (Throwable ex) {
			new AttemptTransaction(call, status, synchronizations).endAfter(ex);
			throw ex;
		}
		if (call.inOuterTransaction) {
			new AttemptTransaction(call, status, synchronizations).refuseIfUndone();
		}
		if (call.rollbackOnly()) {
			status.setRollbackOnly();
			if (synchronizations != null) {
				synchronizations.undo();
			}
		}
		commit(call, status, synchronizations);
		if (call.atSavepoint && call.rollbackOnly()) {
			call.undoneToSavepoint();
		}
		return result;
	}

	/** What Spring does not commit it has rolled back. */
	private static void commit(Call call, TransactionStatus status, @Nullable UndoneSynchronizations synchronizations) {
		try {
			call.plan.engine().transactionManager().commit(status);
		}
		catch (RuntimeException | Error ex) {
			if (synchronizations != null) {
				synchronizations.undo();
				call.undoneToSavepoint();
			}
			throw ex;
		}
	}

	private void endAfter(Throwable thrown) {
		if (this.call.plan.commitsInSpiteOf(thrown)) {
			commitInSpiteOf(thrown);
		}
		else {
			undo(thrown);
		}
	}

	private void commitInSpiteOf(Throwable thrown) {
		try {
			commit(this.call, this.status, this.synchronizations);
			this.call.aftermath().keptInSpiteOfFailure = true;
		}
		catch (RuntimeException | Error ex) {
			ex.addSuppressed(thrown);
			throw ex;
		}
	}

	/**
	 * A failure that the work has caught, and that undid the transaction of the caller or
	 * all since the savepoint: its end would pass for success. Transactions of our own
	 * are refused their commit by the connection.
	 */
	private void refuseIfUndone() {
		SQLException failure = this.call.failure();
		if (this.call.undone() && failure != null) {
			UnexpectedRollbackException refusal = new UnexpectedRollbackException(
					("A failure that '%s' on database '%s' caught had undone its work: it was rolled back. Let such a "
							+ "failure pass, or run what may fail at a savepoint.")
						.formatted(this.call.operation(), this.call.alias()),
					failure);
			undo(refusal);
			throw refusal;
		}
	}

	private void undo(Throwable thrown) {
		try {
			if (this.call.atSavepoint && this.call.undoneWith(thrown)) {
				// The savepoint is gone with the transaction: going back to it would only
				// fail.
				transactions().markRollbackOnly();
			}
			else {
				manager().rollback(this.status);
				if (this.call.atSavepoint) {
					this.call.undoneToSavepoint();
				}
			}
		}
		catch (RuntimeException | Error ex) {
			if (ex != thrown) {
				thrown.addSuppressed(ex);
			}
			if (this.call.inOuterTransaction) {
				transactions().markRollbackOnly();
			}
		}
		if (this.synchronizations != null) {
			this.synchronizations.undo();
		}
	}

	private TransactionAccess transactions() {
		return this.call.plan.engine().transactions();
	}

	private PlatformTransactionManager manager() {
		return transactions().manager();
	}

}
