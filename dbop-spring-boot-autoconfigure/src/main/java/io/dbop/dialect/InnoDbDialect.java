package io.dbop.dialect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.regex.Pattern;

import io.dbop.failure.Classification;
import io.dbop.failure.FailureKind;
import io.dbop.failure.Redo;
import io.dbop.failure.SqlExceptionChain;
import io.dbop.sql.SqlSyntax;
import io.dbop.sql.SqlSyntax.Feature;
import io.dbop.sql.SqlSyntax.QuestionMark;
import org.jspecify.annotations.Nullable;

/**
 * What MySQL and MariaDB have in common. Either driver connects to either server, so
 * nothing here depends on which one it is.
 */
abstract class InnoDbDialect implements Dialect {

	/** What either server reads, which is what both drivers do. */
	static final SqlSyntax INNODB = SqlSyntax.standard()
		.without(Feature.ARRAYS, Feature.RETURN_ENDS_COMMENT)
		.with(Feature.BACKSLASH_ESCAPES, Feature.DOUBLE_QUOTED_STRINGS, Feature.BACKTICK_IDENTIFIERS,
				Feature.HASH_COMMENTS, Feature.DASHES_NEED_BLANK)
		.withIdentifierQuote('`')
		.withQuestionMark(QuestionMark.NONE)
		.withMaxIdentifierCharacters(64);

	/** What MySQL's driver says of rows that break off, without code or cause. */
	private static final Pattern BROKEN_ROWS = Pattern
		.compile("Error retrieving record: Unexpected Exception: java\\.(?:io|net)\\.");

	/**
	 * The server is full, the user has all that he may have, or has had all this hour.
	 */
	private static final Set<Integer> TOO_MANY_CONNECTIONS = Set.of(1040, 1203, 1226);

	private static final int LOCK_WAIT_TIMEOUT = 1205;

	private static final int UNKNOWN_VARIABLE = 1193;

	private static final SessionSql SESSION_SQL = new SessionSql(Set.of("USE"),
			Set.of("STATEMENT", "GLOBAL", "PERSIST", "PASSWORD"));

	private static final TransactionBoundaries TRANSACTIONS = new DeferredReadOnly();

	private final ErrorTable errors;

	InnoDbDialect(ErrorTable errors) {
		this.errors = errors;
	}

	@Override
	public TransactionBoundaries transactions() {
		return TRANSACTIONS;
	}

	@Override
	public void sever(Connection connection) throws SQLException {
		MariaDbSocket.shortenWaits(connection);
		connection.abort(Runnable::run);
	}

	@Override
	public boolean changesSession(String sql) {
		return SESSION_SQL.test(sql);
	}

	@Override
	public @Nullable Classification classify(SQLException exception) {
		String state = exception.getSQLState();
		if (state != null && state.startsWith("45")) {
			// SIGNAL: MariaDB's driver makes a transient exception of a business rule.
			return Classification.never(FailureKind.PERMANENT);
		}
		if (exception.getClass().getSimpleName().equals("MySQLStatementCancelledException")) {
			// MySQL's driver gives it no code.
			return Classification.never(FailureKind.CANCELLED);
		}
		Classification told = classifyByMessage(exception);
		if (told == null) {
			told = this.errors.find(exception.getErrorCode());
		}
		return (told != null) ? DriverFailures.refine(told, exception) : classifyByState(exception);
	}

	/**
	 * Neither driver asks: each takes the first host that answers. A number on MySQL, a
	 * word on newer versions of MariaDB.
	 */
	@Override
	public @Nullable String readOnlyServerSql() {
		return "SELECT CAST(@@GLOBAL.read_only AS CHAR) NOT IN ('0', 'OFF')";
	}

	@Override
	public boolean tooManyConnections(SQLException exception) {
		return TOO_MANY_CONNECTIONS.contains(exception.getErrorCode());
	}

	/**
	 * The sessions of the own user are seen without any right.
	 * @param statusTable where the server counts its connections
	 */
	static String connectionLimits(String statusTable) {
		return """
				SELECT 'server', @@max_connections, CAST(VARIABLE_VALUE AS SIGNED) FROM %s
				WHERE VARIABLE_NAME = 'Threads_connected'
				UNION ALL SELECT 'user', @@max_user_connections, (SELECT COUNT(*) FROM information_schema.PROCESSLIST
				WHERE USER = SUBSTRING_INDEX(USER(), '@', 1)) FROM DUAL WHERE @@max_user_connections > 0"""
			.formatted(statusTable);
	}

	/** What the codes of both servers say, of which the message tells some apart. */
	static @Nullable Classification classifyByCode(SQLException exception) {
		Classification told = classifyByMessage(exception);
		return (told != null) ? told : InnoDbErrors.TABLE.find(exception.getErrorCode());
	}

	/**
	 * The codes that mean several things.
	 */
	private static @Nullable Classification classifyByMessage(SQLException exception) {
		String message = String.valueOf(exception.getMessage()).toLowerCase(Locale.ROOT);
		return switch (exception.getErrorCode()) {
			case 1180 ->
				message.contains("error 149 ") ? Classification.retryable(FailureKind.SERIALIZATION, Redo.TRANSACTION)
						: Classification.outcomeUnknown(FailureKind.CONNECTION_LOST);
			case 1290 -> (message.contains("read-only") || message.contains("read_only"))
					? Classification.retryable(FailureKind.READ_ONLY_SERVER, Redo.CONNECTION)
					: Classification.never(FailureKind.PERMANENT);
			case 1305 -> Classification
				.never(message.contains("savepoint") ? FailureKind.TRANSACTION_ABORTED : FailureKind.PERMANENT);
			default -> null;
		};
	}

	private static @Nullable Classification classifyByState(SQLException exception) {
		String state = exception.getSQLState();
		if (exception.getErrorCode() == 1220 && state != null && state.startsWith("08")) {
			return Classification.doubtfulAtCommit(FailureKind.CONNECTION_CLOSED, Redo.CONNECTION);
		}
		if (exception.getErrorCode() == 0 && BROKEN_ROWS.matcher(String.valueOf(exception.getMessage())).lookingAt()) {
			return Classification.doubtfulAtCommit(FailureKind.CONNECTION_LOST, Redo.CONNECTION);
		}
		if ("25S03".equals(state)) {
			// MariaDB's driver has reconnected, and lost the transaction or its commit.
			return Classification.doubtfulAtCommit(FailureKind.CONNECTION_LOST, Redo.CONNECTION);
		}
		if (state != null && state.startsWith("08") && !"08003".equals(state) && !"08007".equals(state)) {
			return DriverFailures.refine(Classification.doubtfulAtCommit(FailureKind.CONNECTION_LOST, Redo.CONNECTION),
					exception);
		}
		return GenericDialect.classifyByState(exception, SqlStates.TABLE);
	}

	@Override
	public @Nullable String connectionInitSql(ConnectionTimeouts timeouts) {
		StringJoiner settings = new StringJoiner(", ");
		if (timeouts.hasQuery()) {
			long millis = timeouts.queryMillis();
			// Each server takes the other's part for a comment. MySQL's comes after the
			// cancel by whoever waits, as in MySqlDialect.
			settings.add(String.format(Locale.ROOT,
					"/*!50708 SESSION max_execution_time = %d *//*M! SESSION max_statement_time = %d.%03d */",
					millis + MySqlDialect.GRACE.toMillis(), millis / 1000, millis % 1000));
		}
		if (timeouts.lock() != null) {
			settings.add("SESSION innodb_lock_wait_timeout = " + StatementLimits.seconds(timeouts.lock()));
		}
		return (settings.length() > 0) ? "SET " + settings : null;
	}

	/** Sets the wait for locks, together with what was set before. */
	static SessionLimits lockTimeout(Connection connection, Duration timeout, @Nullable SessionLimits time)
			throws SQLException {
		SessionLimits lock = SessionSetting.change(connection, "SELECT @@SESSION.innodb_lock_wait_timeout",
				"SET SESSION innodb_lock_wait_timeout = %s", StatementLimits.seconds(timeout));
		return (time != null) ? SessionLimits.both(time, lock) : lock;
	}

	/**
	 * Whether a lock wait timeout undoes more than its statement is a setting of the
	 * server. Where it cannot be asked for, it does.
	 */
	@Override
	public boolean endedTransaction(Connection connection, SQLException failure) {
		if (SqlExceptionChain.of(failure).stream().noneMatch((each) -> each.getErrorCode() == LOCK_WAIT_TIMEOUT)) {
			return false;
		}
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT @@innodb_rollback_on_timeout")) {
			return rows.next() && rows.getBoolean(1);
		}
		catch (SQLException ex) {
			return ex.getErrorCode() != UNKNOWN_VARIABLE;
		}
	}

	@Override
	public @Nullable Object parameter(Object value) {
		return ParameterValues.of((value instanceof UUID) ? value.toString() : value);
	}

}
