package io.dbop.execution;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.SimpleConnectionHandle;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.ResourceHolderSupport;
import org.springframework.transaction.support.ResourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.function.SingletonSupplier;

/** The transaction manager of an alias, looked up when it is first needed. */
final class TransactionAccess {

	private static final TransactionDefinition SUPPORTS = definition(TransactionDefinition.PROPAGATION_SUPPORTS);

	private static final TransactionDefinition MANDATORY = definition(TransactionDefinition.PROPAGATION_MANDATORY);

	private final SingletonSupplier<PlatformTransactionManager> manager;

	TransactionAccess(Supplier<PlatformTransactionManager> manager) {
		this.manager = SingletonSupplier.of(manager);
	}

	PlatformTransactionManager manager() {
		return this.manager.obtain();
	}

	/**
	 * Whether there are savepoints, and going back to one leaves nothing behind. Not
	 * where a persistence context stands between the code and the connection: its
	 * entities would stay as they were when the attempt failed. Nor with a manager that
	 * refuses them, such as JTA's, or of which nobody knows what stands behind it.
	 */
	boolean savepointsSuffice() {
		if (manager() instanceof AbstractPlatformTransactionManager known && !known.isNestedTransactionAllowed()) {
			return false;
		}
		return manager() instanceof ResourceTransactionManager resource
				&& resource.getResourceFactory() instanceof DataSource;
	}

	/** Whether the caller has a transaction of this manager. */
	boolean active() {
		if (!TransactionSynchronizationManager.isActualTransactionActive()) {
			return false;
		}
		TransactionStatus status = manager().getTransaction(SUPPORTS);
		boolean active = status.hasTransaction();
		manager().commit(status);
		return active;
	}

	/**
	 * The connection of the caller's transaction, where it is known without asking for
	 * one.
	 */
	@Nullable Connection connection() {
		if (manager() instanceof ResourceTransactionManager resource
				&& resource.getResourceFactory() instanceof DataSource dataSource
				&& TransactionSynchronizationManager.getResource(dataSource) instanceof ConnectionHolder holder
				&& holder.getConnectionHandle() instanceof SimpleConnectionHandle handle) {
			return handle.getConnection();
		}
		return null;
	}

	/** Whether the caller's transaction is known to be read-only. */
	boolean readOnly() {
		Connection connection = connection();
		try {
			return connection != null && connection.isReadOnly();
		}
		catch (SQLException ex) {
			return false;
		}
	}

	/**
	 * How many entities are in a persistence context that is there before a transaction,
	 * and that the next one will use: its rollback detaches them.
	 * @return their number, or {@link LoadedEntities#UNKNOWN}
	 */
	int sharedEntities() {
		if (TransactionSynchronizationManager.getResourceMap().isEmpty()) {
			// The manager is not looked up for nothing: beans may still be in the making.
			return 0;
		}
		if (manager() instanceof ResourceTransactionManager resource
				&& !(resource.getResourceFactory() instanceof DataSource)
				&& TransactionSynchronizationManager
					.getResource(resource.getResourceFactory()) instanceof ResourceHolderSupport holder
				&& !holder.isSynchronizedWithTransaction()) {
			return LoadedEntities.countIn(holder);
		}
		return 0;
	}

	/** Makes sure that the caller's transaction, if there is one, ends in a rollback. */
	void markRollbackOnly() {
		if (!TransactionSynchronizationManager.isActualTransactionActive()) {
			return;
		}
		try {
			manager().rollback(manager().getTransaction(MANDATORY));
		}
		catch (IllegalTransactionStateException ex) {
			// The transaction there is belongs to another manager.
		}
	}

	/**
	 * Read-only, so that a manager that validates lets it take part in any transaction.
	 */
	private static TransactionDefinition definition(int propagation) {
		DefaultTransactionDefinition definition = new DefaultTransactionDefinition(propagation);
		definition.setReadOnly(true);
		return definition;
	}

}
