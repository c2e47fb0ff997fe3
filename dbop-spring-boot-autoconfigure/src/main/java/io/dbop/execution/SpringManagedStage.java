package io.dbop.execution;

import org.jspecify.annotations.Nullable;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import org.springframework.transaction.interceptor.TransactionAttribute;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Where Spring opens the transaction of the work, nothing is opened for it. Only if it
 * joins a transaction of the caller does the attempt get a savepoint there, so that it
 * can be repeated.
 */
final class SpringManagedStage implements Stage {

	private static final TransactionDefinition NESTED = new DefaultTransactionDefinition(
			TransactionDefinition.PROPAGATION_NESTED);

	private final ExecutionPlan plan;

	private final TransactionAttribute attribute;

	private final Stage next;

	SpringManagedStage(ExecutionPlan plan, TransactionAttribute attribute, Stage next) {
		this.plan = plan;
		this.attribute = attribute;
		this.next = next;
	}

	static boolean opensOwnTransaction(TransactionAttribute attribute) {
		return switch (attribute.getPropagationBehavior()) {
			case TransactionDefinition.PROPAGATION_REQUIRES_NEW, TransactionDefinition.PROPAGATION_NOT_SUPPORTED,
					TransactionDefinition.PROPAGATION_NEVER ->
				true;
			default -> false;
		};
	}

	@Override
	public @Nullable Object run(Call call) throws Throwable {
		boolean active = TransactionSynchronizationManager.isActualTransactionActive()
				&& !opensOwnTransaction(this.attribute) && transactions().active();
		if (!active) {
			call.ownsTransaction = opensTransaction();
			return this.next.run(call);
		}
		call.inOuterTransaction = true;
		if (this.attribute.getPropagationBehavior() == TransactionDefinition.PROPAGATION_NESTED) {
			call.atSavepoint = true;
			return atSavepointOfSpring(call);
		}
		if (!call.nests()) {
			return this.next.run(call);
		}
		call.atSavepoint = true;
		TransactionStatus status = manager().getTransaction(NESTED);
		return AttemptTransaction.run(call, this.next, status, UndoneSynchronizations.begin());
	}

	private @Nullable Object atSavepointOfSpring(Call call) throws Throwable {
		UndoneSynchronizations synchronizations = UndoneSynchronizations.begin();
		try {
			Object result = this.next.run(call);
			if (call.rollbackOnly()) {
				call.undoneToSavepoint();
			}
			return result;
		}
		catch (Throwable ex) {
			if (this.attribute.rollbackOn(ex)) {
				synchronizations.undo();
				call.undoneToSavepoint();
			}
			else {
				call.aftermath().keptInSpiteOfFailure = true;
			}
			if (call.undoneWith(ex) || call.undone()) {
				transactions().markRollbackOnly();
			}
			throw ex;
		}
	}

	/**
	 * The transaction is open, or the savepoint in that of the caller: Spring is told if
	 * it is to roll it back, unless the savepoint is ours.
	 */
	static void prepared(Call call) {
		TransactionAttribute managed = call.plan.settings().managedBy();
		if (managed == null || !call.rollbackOnly()) {
			return;
		}
		boolean ofSpring = managed.getPropagationBehavior() == TransactionDefinition.PROPAGATION_NESTED;
		if (ofSpring || !call.atSavepoint) {
			TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
		}
	}

	private boolean opensTransaction() {
		return switch (this.attribute.getPropagationBehavior()) {
			case TransactionDefinition.PROPAGATION_REQUIRED, TransactionDefinition.PROPAGATION_REQUIRES_NEW,
					TransactionDefinition.PROPAGATION_NESTED ->
				true;
			default -> false;
		};
	}

	private TransactionAccess transactions() {
		return this.plan.engine().transactions();
	}

	private PlatformTransactionManager manager() {
		return transactions().manager();
	}

}
