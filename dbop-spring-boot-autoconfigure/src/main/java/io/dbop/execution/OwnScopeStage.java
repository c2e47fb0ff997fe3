package io.dbop.execution;

import org.jspecify.annotations.Nullable;

/**
 * Runs each attempt in the user's own scope, which is trusted to undo a failed one. What
 * it cannot undo, a failure that ended the caller's transaction, stays the caller's
 * affair.
 */
final class OwnScopeStage implements Stage {

	private final AttemptScope scope;

	private final TransactionAccess transactions;

	private final Stage next;

	OwnScopeStage(ExecutionPlan plan, AttemptScope scope, Stage next) {
		this.scope = scope;
		this.transactions = plan.engine().transactions();
		this.next = next;
	}

	@Override
	public @Nullable Object run(Call call) throws Throwable {
		call.inOuterTransaction = this.transactions.active();
		call.atSavepoint = call.inOuterTransaction;
		try {
			return this.scope.run(call, () -> this.next.run(call));
		}
		catch (Throwable ex) {
			if (call.atSavepoint) {
				call.undoneToSavepoint();
			}
			if (call.undone()) {
				this.transactions.markRollbackOnly();
			}
			throw ex;
		}
	}

}
