package io.dbop.execution;

import org.jspecify.annotations.Nullable;

import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/**
 * Runs each attempt in a transaction: one of its own, or in the caller's, there at a
 * savepoint if the attempt may be repeated.
 */
final class TransactionStage implements Stage {

	private final ExecutionPlan plan;

	private final Stage next;

	private final TransactionDefinition joining;

	private final TransactionDefinition nesting;

	TransactionStage(ExecutionPlan plan, Stage next) {
		this.plan = plan;
		this.next = next;
		this.joining = definition(plan, TransactionDefinition.PROPAGATION_REQUIRED);
		this.nesting = definition(plan, TransactionDefinition.PROPAGATION_NESTED);
	}

	private static TransactionDefinition definition(ExecutionPlan plan, int propagation) {
		DefaultTransactionDefinition definition = new DefaultTransactionDefinition(propagation);
		definition.setName(plan.name());
		// What only reads by its text may still lock, or call what writes.
		definition.setReadOnly(plan.readOnly() && plan.settings().scope() != Scope.STATEMENT);
		definition.setIsolationLevel(plan.settings().isolation());
		return definition;
	}

	@Override
	public @Nullable Object run(Call call) throws Throwable {
		boolean nested = nests(call);
		TransactionStatus status = begin(call, nested);
		if (status.isNewTransaction()) {
			call.ownsTransaction = true;
			return AttemptTransaction.run(call, this.next, status, null);
		}
		call.inOuterTransaction = true;
		call.atSavepoint = nested;
		return AttemptTransaction.run(call, this.next, status, nested ? UndoneSynchronizations.begin() : null);
	}

	private TransactionStatus begin(Call call, boolean nested) {
		PlatformTransactionManager manager = this.plan.engine().transactions().manager();
		try {
			return manager.getTransaction(nested ? this.nesting : this.joining);
		}
		catch (RuntimeException | Error ex) {
			failedToBegin(call, nested, ex);
			throw ex;
		}
	}

	/** What failed is no transaction yet, or no savepoint in that of the caller. */
	private void failedToBegin(Call call, boolean nested, Throwable thrown) {
		TransactionAccess transactions = this.plan.engine().transactions();
		call.inOuterTransaction = transactions.active();
		call.atSavepoint = call.inOuterTransaction && nested;
		call.ownsTransaction = !call.inOuterTransaction;
		if (call.inOuterTransaction && (call.undoneWith(thrown) || call.undone())) {
			transactions.markRollbackOnly();
		}
	}

	private boolean nests(Call call) {
		Scope scope = this.plan.settings().scope();
		if (scope == Scope.SAVEPOINT) {
			if (!this.plan.engine().transactions().active()) {
				throw new IllegalTransactionStateException(
						"'%s' on database '%s' asks for a savepoint, and there is no transaction to set it in"
							.formatted(this.plan.name(), call.alias()));
			}
			return true;
		}
		return scope == Scope.AUTO && call.nests();
	}

}
