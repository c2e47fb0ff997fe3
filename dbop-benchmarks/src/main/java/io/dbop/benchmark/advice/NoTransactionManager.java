package io.dbop.benchmark.advice;

import javax.sql.DataSource;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.ResourceTransactionManager;

/**
 * Spring's own machinery without a resource behind it, so that what is measured is
 * advice.
 */
final class NoTransactionManager extends AbstractPlatformTransactionManager implements ResourceTransactionManager {

	private static final long serialVersionUID = 1L;

	private final transient DataSource dataSource;

	NoTransactionManager(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	@Override
	public Object getResourceFactory() {
		return this.dataSource;
	}

	@Override
	protected Object doGetTransaction() {
		return new Object();
	}

	@Override
	protected void doBegin(Object transaction, TransactionDefinition definition) {
		// nothing to begin
	}

	@Override
	protected void doCommit(DefaultTransactionStatus status) {
		// nothing to commit
	}

	@Override
	protected void doRollback(DefaultTransactionStatus status) {
		// nothing to roll back
	}

}
