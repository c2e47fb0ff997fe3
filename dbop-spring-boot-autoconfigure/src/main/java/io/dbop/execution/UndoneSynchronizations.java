package io.dbop.execution;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.springframework.transaction.support.ResourceHolderSynchronization;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Keeps what an undone attempt registered with the caller's transaction from happening at
 * its commit: events of the attempt, callbacks after commit. Those synchronizations learn
 * at the end that their part was rolled back. Synchronizations that hold a resource stay
 * as they are, since the resource is still in use and has to be given back.
 */
final class UndoneSynchronizations {

	private final List<TransactionSynchronization> before;

	private UndoneSynchronizations(List<TransactionSynchronization> before) {
		this.before = before;
	}

	static UndoneSynchronizations begin() {
		return new UndoneSynchronizations(TransactionSynchronizationManager.isSynchronizationActive()
				? TransactionSynchronizationManager.getSynchronizations() : List.of());
	}

	void undo() {
		if (!TransactionSynchronizationManager.isSynchronizationActive()) {
			return;
		}
		List<TransactionSynchronization> now = TransactionSynchronizationManager.getSynchronizations();
		if (now.size() == this.before.size()) {
			return;
		}
		Set<TransactionSynchronization> known = new HashSet<>(this.before);
		List<TransactionSynchronization> rest = new ArrayList<>(now.size());
		for (TransactionSynchronization each : now) {
			rest.add((known.contains(each) || holdsResource(each)) ? each : new Undone(each));
		}
		TransactionSynchronizationManager.clearSynchronization();
		TransactionSynchronizationManager.initSynchronization();
		rest.forEach(TransactionSynchronizationManager::registerSynchronization);
	}

	private static boolean holdsResource(TransactionSynchronization synchronization) {
		String name = synchronization.getClass().getName();
		return synchronization instanceof ResourceHolderSynchronization || synchronization instanceof Undone
				|| name.startsWith("org.springframework.jdbc.") || name.startsWith("org.springframework.orm.")
				|| name.startsWith("org.mybatis.");
	}

	/** A synchronization whose part of the transaction has been rolled back. */
	private record Undone(TransactionSynchronization target) implements TransactionSynchronization {

		@Override
		public int getOrder() {
			return this.target.getOrder();
		}

		@Override
		public void suspend() {
			this.target.suspend();
		}

		@Override
		public void resume() {
			this.target.resume();
		}

		@Override
		public void beforeCompletion() {
			this.target.beforeCompletion();
		}

		@Override
		public void afterCompletion(int status) {
			this.target.afterCompletion(STATUS_ROLLED_BACK);
		}

	}

}
