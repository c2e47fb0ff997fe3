package io.dbop.statement;

import java.sql.SQLException;
import java.util.function.Supplier;

import io.dbop.dialect.Dialect;
import io.dbop.failure.Classification;
import io.dbop.failure.FailureKind;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * Spring's translation of exceptions, and the dialect's where Spring knows none, as for
 * most of SQLite, or takes a lock that was not to be had for something else.
 */
final class DialectExceptionTranslator implements SQLExceptionTranslator {

	private final SQLExceptionTranslator spring = new SQLExceptionSubclassTranslator();

	private final Supplier<Dialect> dialect;

	DialectExceptionTranslator(Supplier<Dialect> dialect) {
		this.dialect = dialect;
	}

	@Override
	public @Nullable DataAccessException translate(String task, @Nullable String sql, SQLException ex) {
		DataAccessException known = this.spring.translate(task, sql, ex);
		Classification classification = this.dialect.get().classify(ex);
		if (classification == null || known instanceof ConcurrencyFailureException) {
			return known;
		}
		boolean unknown = known == null || known instanceof UncategorizedSQLException;
		boolean mistaken = concernsLocks(classification.kind());
		DataAccessException own = (unknown || mistaken) ? of(classification.kind(), message(task, sql, ex), ex) : null;
		return (own != null) ? own : known;
	}

	/** What drivers throw as a timeout, or not in a way that Spring would know. */
	private static boolean concernsLocks(FailureKind kind) {
		return kind == FailureKind.DEADLOCK || kind == FailureKind.LOCK_TIMEOUT || kind == FailureKind.SERIALIZATION;
	}

	private static String message(String task, @Nullable String sql, SQLException ex) {
		return task + ((sql != null) ? "; SQL [" + sql + "]; " : "; ") + ex.getMessage();
	}

	private @Nullable DataAccessException of(FailureKind kind, String message, SQLException ex) {
		return switch (kind) {
			case CONSTRAINT -> this.dialect.get().duplicateKey(ex) ? new DuplicateKeyException(message, ex)
					: new DataIntegrityViolationException(message, ex);
			case DEADLOCK, LOCK_TIMEOUT, SERIALIZATION -> new CannotAcquireLockException(message, ex);
			case STATEMENT_TIMEOUT, CANCELLED, ACQUISITION_TIMEOUT -> new QueryTimeoutException(message, ex);
			case CONNECT, CONNECTION_LOST, CONNECTION_CLOSED, OUT_OF_RESOURCES ->
				new DataAccessResourceFailureException(message, ex);
			default -> null;
		};
	}

}
