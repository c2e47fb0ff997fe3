package io.dbop.execution;

import org.jspecify.annotations.Nullable;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;

/**
 * The transaction, or the savepoint, that one attempt runs in: ended by commit or release
 * when the attempt succeeds, undone when it fails. The failure of the attempt is never
 * replaced by that of undoing it.
 */
final class AttemptTransaction {

	private final Call call;

	private final TransactionStatus status;

	private final @Nullable UndoneSynchronizations synchronizations;

	AttemptTransaction(Call call, TransactionStatus status, @Nullable UndoneSynchronizations synchronizations) {
		this.call = call;
		this.status = status;
		this.synchronizations = synchronizations;
	}

	@Nullable Object run(Stage next) throws Throwable {
		Object result;
		try {
			result = next.run(this.call);
		}
		catch (Throwable ex) {
			if (this.call.plan.commitsInSpiteOf(ex)) {
				manager().commit(this.status);
			}
			else {
				undo(ex);
			}
			throw ex;
		}
		manager().commit(this.status);
		return result;
	}

	private void undo(Throwable thrown) {
		try {
			if (this.call.atSavepoint && this.call.judge(thrown).redo().undoesTransaction()) {
				// The savepoint is gone with the transaction: going back to it would only
				// fail.
				transactions().markRollbackOnly();
			}
			else {
				manager().rollback(this.status);
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
