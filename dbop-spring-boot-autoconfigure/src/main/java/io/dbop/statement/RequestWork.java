package io.dbop.statement;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import io.dbop.execution.Work;
import io.dbop.pool.AttemptLedger;
import org.jspecify.annotations.Nullable;

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
	 * whatever its own. The next attempt has another transaction.
	 */
	@Override
	public final @Nullable Object perform(int attempt) {
		AttemptLedger ledger = AttemptLedger.current();
		long end = (ledger != null) ? endOfTransaction() : AttemptLedger.NO_DEADLINE;
		if (ledger == null || end == AttemptLedger.NO_DEADLINE) {
			return prepared();
		}
		long before = ledger.deadline();
		if (before == AttemptLedger.NO_DEADLINE || end - before < 0) {
			ledger.deadline(end);
		}
		try {
			return prepared();
		}
		finally {
			ledger.deadline(before);
		}
	}

	/** On a single connection there is nobody else who has its hooks called. */
	private @Nullable Object prepared() {
		StatementTarget target = this.request.target();
		return target.pinned() ? target.prepared(this.request, this::perform) : perform();
	}

	abstract @Nullable Object perform();

	private long endOfTransaction() {
		DataSource dataSource = this.request.target().dataSource();
		return (TransactionSynchronizationManager.getResource(dataSource) instanceof ConnectionHolder holder
				&& holder.hasTimeout())
						? System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(holder.getTimeToLiveInMillis())
						: AttemptLedger.NO_DEADLINE;
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
