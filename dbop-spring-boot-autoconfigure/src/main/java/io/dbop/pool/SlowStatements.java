package io.dbop.pool;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.dbop.disclosure.Disclosure;
import io.dbop.disclosure.SlowQuerySettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and logs the statements of a pool that took long, each once, whether they
 * succeeded or failed. Thread-safe.
 */
final class SlowStatements {

	private static final Logger logger = LoggerFactory.getLogger("io.dbop.slow");

	static final long UNTIMED = Long.MIN_VALUE;

	private static final long REMEMBERED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private static final int MAX_VALUE_LENGTH = 200;

	private final ConnectionPool pool;

	private final @Nullable Disclosure disclosure;

	private final long threshold;

	/** From which time on a statement is remembered. */
	private final long remembered;

	private final SlowestStatements slowest = new SlowestStatements();

	private SlowStatements(ConnectionPool pool, @Nullable Disclosure disclosure, long threshold) {
		this.pool = pool;
		this.disclosure = disclosure;
		this.threshold = threshold;
		this.remembered = Math.min(threshold, REMEMBERED_NANOS);
	}

	static SlowStatements unwatched(ConnectionPool pool) {
		return new SlowStatements(pool, null, 0);
	}

	static SlowStatements of(ConnectionPool pool, SlowQuerySettings settings) {
		return settings.on() ? new SlowStatements(pool, settings.disclosure(), settings.threshold().toNanos())
				: unwatched(pool);
	}

	/**
	 * A statement is about to be sent.
	 * @return when, for {@link #ended}
	 */
	long begun() {
		return (this.disclosure != null) ? System.nanoTime() : UNTIMED;
	}

	/**
	 * A statement has come back.
	 * @param begun what {@link #begun()} said, which was not {@link #UNTIMED}
	 * @param now the time
	 * @param statement the driver's statement
	 * @param sql what was executed
	 * @param failure why it failed, {@code null} if it did not
	 */
	void ended(long begun, long now, Statement statement, String sql, @Nullable Throwable failure) {
		long taken = now - begun;
		this.pool.statistics().executed(taken);
		if (taken >= this.remembered && !reportedInside(statement)) {
			this.slowest.add(text(sql), now, taken);
			if (taken >= this.threshold) {
				slow(taken, sql, failure);
			}
		}
	}

	private void slow(long taken, String sql, @Nullable Throwable failure) {
		this.pool.statistics().slow(taken);
		if (logger.isWarnEnabled()) {
			AliasContext.log(this.pool.alias(), () -> log(taken, sql, failure));
		}
	}

	/** What anybody may see of a statement. */
	String text(String sql) {
		return Disclosure.withoutValues(sql, this.pool.dialect().syntax());
	}

	/** Those that took the longest, whether they were slow or not. */
	List<SlowStatement> slowest(long now) {
		return this.slowest.list(now);
	}

	/** Whether statements that have run for so long are slow. */
	boolean slow(Duration duration) {
		return this.disclosure != null && duration.toNanos() >= this.threshold;
	}

	/** Another data source may have come to stand in front of one that is recorded. */
	private static boolean reportedInside(Statement statement) {
		try {
			return statement.isWrapperFor(RecordedStatement.class);
		}
		catch (SQLException | RuntimeException ex) {
			return false;
		}
	}

	private void log(long taken, String sql, @Nullable Throwable failure) {
		AttemptLedger ledger = AttemptLedger.current();
		Disclosure shown = Objects.requireNonNull(this.disclosure);
		logger.warn("Database '{}': a statement{} took {} ms and {}: {}{}", this.pool.alias(),
				(ledger != null) ? " of '" + ledger.operation() + "'" : "", TimeUnit.NANOSECONDS.toMillis(taken),
				outcome(failure, ledger), shown.statement(sql, this.pool.dialect().syntax()),
				parameters(shown, sql, ledger));
	}

	/** Without the driver's words, which may quote values. */
	private static String outcome(@Nullable Throwable failure, @Nullable AttemptLedger ledger) {
		if (failure == null) {
			return "succeeded";
		}
		if (!(failure instanceof SQLException exception)) {
			return "failed (%s)".formatted(failure.getClass().getSimpleName());
		}
		boolean ended = ledger != null && ledger.failure() == failure && ledger.deadlineExceeded();
		String state = (exception.getSQLState() != null) ? "SQLSTATE " + exception.getSQLState() + ", " : "";
		return (ended ? "was ended at its deadline (%scode %d)" : "failed (%scode %d)").formatted(state,
				exception.getErrorCode());
	}

	private static String parameters(Disclosure shown, String sql, @Nullable AttemptLedger ledger) {
		List<StatementParameter> parameters = (ledger != null) ? ledger.statementParameters() : null;
		if (parameters == null || parameters.isEmpty()) {
			return "";
		}
		List<@Nullable String> names = new ArrayList<>();
		List<@Nullable Object> values = new ArrayList<>();
		parameters.forEach((each) -> {
			names.add(each.name());
			values.add(each.value());
		});
		String told = shown.all(sql, names, values, MAX_VALUE_LENGTH);
		return told.isEmpty() ? "" : " (parameters: " + told + ")";
	}

}
