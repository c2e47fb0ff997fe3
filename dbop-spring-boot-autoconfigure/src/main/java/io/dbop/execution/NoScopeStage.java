package io.dbop.execution;

import org.jspecify.annotations.Nullable;

/**
 * Opens nothing. Where the caller has a transaction nonetheless and the failure has
 * undone it, the caller must not be able to commit it.
 */
final class NoScopeStage implements Stage {

	private final TransactionAccess transactions;

	private final Stage next;

	NoScopeStage(ExecutionPlan plan, Stage next) {
		this.transactions = plan.engine().transactions();
		this.next = next;
	}

	@Override
	public @Nullable Object run(Call call) throws Throwable {
		try {
			Object result = this.next.run(call);
			if (call.rollbackOnly() && !call.plan.settings().hooksByWork()) {
				this.transactions.markRollbackOnly();
			}
			return result;
		}
		catch (Throwable ex) {
			call.inOuterTransaction = call.inTransaction() || this.transactions.active();
			if (call.undone()) {
				this.transactions.markRollbackOnly();
			}
			throw ex;
		}
	}

}
