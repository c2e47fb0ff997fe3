package io.dbop.dialect;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;

import io.dbop.failure.Classification;
import io.dbop.failure.Doubt;
import io.dbop.failure.FailureKind;
import io.dbop.failure.Redo;
import org.jspecify.annotations.Nullable;

/**
 * What exceptions mean whose codes say nothing: those that drivers and pools raise by
 * themselves.
 */
final class DriverFailures {

	private static final int DEPTH = 10;

	private DriverFailures() {
	}

	/**
	 * Classifies by the class of the exception and by what it says of its cause.
	 * @param exception an exception whose codes are unknown
	 * @return what it means, or {@code null}
	 */
	static @Nullable Classification classify(SQLException exception) {
		if (exception instanceof SQLTimeoutException) {
			// The driver gave up waiting, or saw too late that the statement had ended.
			return new Classification(FailureKind.STATEMENT_TIMEOUT, Redo.NEVER, Doubt.AT_COMMIT);
		}
		if (exception instanceof SQLTransientConnectionException) {
			return hasCode(exception) ? null
					: Classification.retryable(FailureKind.ACQUISITION_TIMEOUT, Redo.CONNECTION);
		}
		if (saysClosed(exception)) {
			return Classification.doubtfulAtCommit(FailureKind.CONNECTION_CLOSED, Redo.CONNECTION);
		}
		if (exception instanceof SQLNonTransientConnectionException || exception instanceof SQLRecoverableException
				|| (!hasCode(exception) && hasCause(exception, IOException.class))) {
			return refine(Classification.doubtfulAtCommit(FailureKind.CONNECTION_LOST, Redo.CONNECTION), exception);
		}
		if (exception instanceof SQLIntegrityConstraintViolationException) {
			return Classification.never(FailureKind.CONSTRAINT);
		}
		return (exception instanceof SQLNonTransientException) ? Classification.never(FailureKind.PERMANENT) : null;
	}

	/**
	 * Tells a connection that could not be opened from one that broke. What may be done
	 * stays the same, for drivers that fail over connect in the middle of a commit.
	 * @param classification what the codes say
	 * @param exception the exception with its causes
	 * @return the classification, of kind {@link FailureKind#CONNECT} if it applies
	 */
	static Classification refine(Classification classification, SQLException exception) {
		boolean connecting = classification.kind() == FailureKind.CONNECTION_LOST
				&& (hasCause(exception, ConnectException.class) || hasCause(exception, UnknownHostException.class)
						|| hasCause(exception, NoRouteToHostException.class));
		return connecting ? new Classification(FailureKind.CONNECT, classification.redo(), classification.doubt())
				: classification;
	}

	private static boolean hasCode(SQLException exception) {
		return exception.getErrorCode() != 0 || exception.getSQLState() != null;
	}

	/**
	 * The words of HikariCP and SQLite's driver, which have no code for it.
	 * @param exception an exception
	 * @return whether it complains of a closed connection
	 */
	private static boolean saysClosed(SQLException exception) {
		String message = exception.getMessage();
		return !hasCode(exception) && message != null
				&& (message.equals("Connection is closed") || message.equals("database connection closed"));
	}

	private static boolean hasCause(SQLException exception, Class<? extends Exception> type) {
		Throwable cause = exception.getCause();
		for (int depth = 0; cause != null && depth < DEPTH; depth++) {
			if (type.isInstance(cause)) {
				return true;
			}
			cause = cause.getCause();
		}
		return false;
	}

}
