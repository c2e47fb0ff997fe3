package io.dbop.statement;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import io.dbop.execution.Work;
import io.dbop.pool.AttemptLedger;

import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A request as the work of a plan. */
abstract class RequestWork implements Work {

	private final StatementRequest request;

	RequestWork(StatementRequest request) {
		this.request = request;
	}

	final StatementRequest request() {
		return this.request;
	}

	/**
	 * The time of a transaction of Spring's that has one limits the statement too,
	 * whatever its own.
	 */
	final void heedTransaction() {
		DataSource dataSource = Objects.requireNonNull(this.request.target().template().getDataSource());
		AttemptLedger ledger = AttemptLedger.current();
		if (ledger != null
				&& TransactionSynchronizationManager.getResource(dataSource) instanceof ConnectionHolder holder
				&& holder.hasTimeout()) {
			long left = TimeUnit.MILLISECONDS.toNanos(holder.getTimeToLiveInMillis());
			long end = System.nanoTime() + left;
			if (ledger.deadline() == AttemptLedger.NO_DEADLINE || end - ledger.deadline() < 0) {
				ledger.deadline(end);
			}
		}
	}

	/** A stream is read when its deadline is not there any more. */
	@Override
	public final boolean limitsStatements() {
		return this.request.options().limits().timeout() != null && this.request.form() != StatementForm.STREAM;
	}

	@Override
	public final boolean inTransaction() {
		return this.request.target().inTransaction();
	}

	@Override
	public final Map<String, String> tags() {
		return this.request.options().tags();
	}

}
