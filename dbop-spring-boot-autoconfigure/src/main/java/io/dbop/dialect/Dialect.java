package io.dbop.dialect;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.dbop.failure.Classification;
import io.dbop.sql.SqlSyntax;
import org.jspecify.annotations.Nullable;

/**
 * What dbop has to know of one kind of database. Implementations are stateless and
 * thread-safe. What has a default need not be known to begin with: by default a database
 * is taken to follow the SQL standard, and to limit nothing by itself.
 * <p>
 * An application brings its own as a bean; a library also through
 * {@link java.util.ServiceLoader}, as a public class with a public constructor without
 * parameters.
 */
public interface Dialect {

	/**
	 * The name under which the dialect is configured ({@code type: postgresql}) and
	 * reported.
	 * @return the lower-case name
	 */
	String name();

	/**
	 * The prefix of the JDBC URLs that it serves, such as {@code jdbc:postgresql:}.
	 * @return the prefixes, lower case
	 */
	List<String> urlPrefixes();

	/**
	 * Whether this is the dialect of a live database, which tells more than a URL: the
	 * driver for MySQL speaks to MariaDB too, and wrapping drivers have URLs of their
	 * own.
	 * @param metaData what the database says of itself
	 * @return whether it is one of these
	 * @throws SQLException if the database does not answer
	 */
	default boolean serves(DatabaseMetaData metaData) throws SQLException {
		String url = metaData.getURL();
		return url != null && urlPrefixes().stream().anyMatch(url.toLowerCase(Locale.ROOT)::startsWith);
	}

	/**
	 * Builds the JDBC URL for a database described by its parts.
	 * @param location where the database is
	 * @return the URL, without user and password
	 */
	String url(DatabaseLocation location);

	/**
	 * Makes room for the database that a URL names, before it is first connected to: the
	 * directory of its file, say. By default there is nothing to do.
	 * @param url the JDBC URL
	 */
	default void makeRoom(String url) {
	}

	/**
	 * The class of the JDBC driver that is looked for.
	 * @return the class name
	 */
	String driverClassName();

	/**
	 * The Maven coordinates, {@code group:artifact}, that bring the driver.
	 * @return the coordinates
	 */
	String driverCoordinates();

	/**
	 * Says what one exception of the driver means, looking at this exception alone and
	 * not at its chain. By default it goes by the SQLSTATEs of the SQL standard, and by
	 * the class of the exception where they say nothing; a dialect that knows more of
	 * some codes leaves the rest to it: {@code Dialect.super.classify(exception)}.
	 * @param exception an exception of the driver
	 * @return what it means, or {@code null} if that is not known: it is not retried then
	 */
	default @Nullable Classification classify(SQLException exception) {
		return GenericDialect.classifyByState(exception, SqlStates.TABLE);
	}

	/**
	 * Whether a constraint was violated because there is a row with that key already.
	 * @param exception a violation of a constraint
	 * @return whether it is the key
	 */
	default boolean duplicateKey(SQLException exception) {
		return "23505".equals(exception.getSQLState());
	}

	/**
	 * Whether a connection was refused because there are as many as the server, or its
	 * user, may have. By default it goes by the SQLSTATE 53300.
	 * @param exception an exception of the driver
	 * @return whether it is the number of connections
	 */
	default boolean tooManyConnections(SQLException exception) {
		return "53300".equals(exception.getSQLState());
	}

	/**
	 * A query for the limits on the number of connections: a row each, with its name
	 * ({@code server}, {@code user} or {@code database}), how many connections
	 * applications may have, and how many they have. It needs no rights that an
	 * application might not have.
	 * @return the query, or {@code null} if there is no limit to be asked for, which is
	 * the default
	 */
	default @Nullable String connectionLimitsSql() {
		return null;
	}

	/**
	 * The URL of a replica: the same database on another host. By default what stands
	 * between {@code //} and the next slash is replaced, a user before it excepted.
	 * @param url the URL of the primary
	 * @param authority the host of the replica, with its port if that is not the usual
	 * one
	 * @return the URL
	 */
	default String replicaUrl(String url, String authority) {
		return UrlText.at(url, authority);
	}

	/**
	 * How to ask a primary and its replicas how far they are.
	 * @return the questions, or {@code null} if there are no replicas, or none that can
	 * be asked, which is the default
	 */
	default @Nullable ReplicationSql replication() {
		return null;
	}

	/**
	 * Whether any failed statement aborts the transaction around it, as on PostgreSQL:
	 * what is committed after it is lost without a word. By default it does not.
	 * @return whether an error leaves the transaction without effect
	 */
	default boolean errorAbortsTransaction() {
		return false;
	}

	/**
	 * Whether the transaction of a connection has been aborted, as far as its driver
	 * knows without asking the server. Asked before a commit where
	 * {@link #errorAbortsTransaction()}: a failure need not have come by a statement. By
	 * default nobody knows.
	 * @param connection the connection, on which nothing runs
	 * @return whether a commit would come to nothing
	 */
	default boolean abortedTransaction(Connection connection) {
		return false;
	}

	/**
	 * Whether the transaction of a connection goes on after a failure, as far as its
	 * driver knows without asking the server. Asked where
	 * {@link #errorAbortsTransaction()}: some failures never reach the server, or the
	 * driver has gone back to a savepoint of its own. By default nobody knows.
	 * @param connection the connection, on which nothing runs
	 * @return whether it certainly does
	 */
	default boolean transactionGoesOn(Connection connection) {
		return false;
	}

	/**
	 * A query for whether a server takes no writes, as a replica does: one row with one
	 * boolean. Asked of each new connection of a database with several hosts, to go on to
	 * the next host where it is so; where there is none, the driver itself has to find
	 * the host among those of {@link #url}, which is the default.
	 * @return the query, or {@code null} if the driver finds the host that takes writes
	 */
	default @Nullable String readOnlyServerSql() {
		return null;
	}

	/**
	 * Driver properties that the pool sets on new connections unless the user set them:
	 * by default none.
	 * @param timeouts the timeouts of the alias
	 * @return names and values
	 */
	default Map<String, String> connectionProperties(ConnectionTimeouts timeouts) {
		return Map.of();
	}

	/**
	 * Whether {@link Connection#setReadOnly(boolean)} may be passed on to the driver.
	 * Where it may not, whoever hands out the connection keeps the flag to himself.
	 * @return whether the driver can switch it on an open connection
	 */
	default boolean switchesReadOnly() {
		return true;
	}

	/**
	 * How transactions begin and end on a connection of the driver.
	 * @return JDBC's way, or one that takes other steps for the same
	 */
	default TransactionBoundaries transactions() {
		return TransactionBoundaries.JDBC;
	}

	/**
	 * A statement that does nothing, where the driver begins a transaction along with its
	 * first statement: it is sent alone in front of statements that may be cancelled. A
	 * cancel that hits the BEGIN does not keep the server from executing what was sent
	 * along with it, outside of any transaction.
	 * <p>
	 * PostgreSQL's driver is of this kind.
	 * @return the statement, or {@code null} if a transaction has begun before anything
	 * else is sent, as in JDBC it should
	 */
	default @Nullable String beginningSql() {
		return null;
	}

	/**
	 * Whether the first statement of a transaction, which failed, has been executed
	 * outside of it, so that what it wrote may be committed.
	 * @param exception how it failed
	 * @param connection the connection, on which nothing runs
	 * @return whether it may stand alone
	 */
	default boolean stoodAlone(SQLException exception, Connection connection) {
		return false;
	}

	/**
	 * Finds out, after a statement has failed in a transaction, whether the database has
	 * rolled it back by itself without saying so in the error. If so a new one is begun,
	 * so that what follows does not commit by itself.
	 * <p>
	 * SQLite does this when it interrupts a write, and when it runs out of space. MySQL
	 * and MariaDB do it after a lock wait timeout, if they are set up so.
	 * @param connection the connection, on which nothing runs
	 * @param failure what the driver threw
	 * @return whether the transaction had ended
	 */
	default boolean endedTransaction(Connection connection, SQLException failure) {
		return false;
	}

	/**
	 * A statement run once on every new physical connection, such as the server's default
	 * statement timeout: by default none.
	 * @param timeouts the timeouts of the alias
	 * @return the statement, or {@code null} for none
	 */
	default @Nullable String connectionInitSql(ConnectionTimeouts timeouts) {
		return null;
	}

	/**
	 * Whether the driver reads a user and a password that stand before the host, as in
	 * {@code jdbc:x://user:password@host/}. By default it does. One that does not takes
	 * them for a part of the host, and quotes them when it does not find that; so such a
	 * URL is refused.
	 * @return whether it reads them
	 */
	default boolean readsUserBeforeHost() {
		return true;
	}

	/**
	 * Turns the value of a parameter into what the driver takes: by default the types
	 * that JDBC 4.2 names stay, and others that can be written so are.
	 * @param value the value
	 * @return the value for the driver, or {@code null} if it takes none such
	 */
	default @Nullable Object parameter(Object value) {
		return ParameterValues.of(value);
	}

	/**
	 * Writes limits of a statement's own into its text, so that they reach the server
	 * without a round trip. They must not outlast the statement, whether it succeeds or
	 * fails.
	 * @param sql the statement, as the driver takes it
	 * @param limits its limits, at least one
	 * @param inTransaction whether it stands in a transaction, which goes on after it
	 * @return what is sent in its place, or {@code null} if this statement cannot be
	 * written so: {@link #limitSession} is asked then
	 */
	default @Nullable LimitedSql limit(String sql, StatementLimits limits, boolean inTransaction) {
		return null;
	}

	/**
	 * Sets limits on the session that is to run one statement. Whoever asks for it ends
	 * the statement from outside at its deadline, so that a dialect need only set what
	 * the server can do better: wait longer than it usually does, and limit the wait for
	 * a lock.
	 * @param connection the driver's connection
	 * @param limits the limits, at least one
	 * @return how to take them back, or {@code null} if nothing was set
	 * @throws SQLException if the limits could not be set; nothing is set then
	 */
	default @Nullable SessionLimits limitSession(Connection connection, StatementLimits limits) throws SQLException {
		return null;
	}

	/**
	 * Finds out how to put the schema back that {@link Connection#setSchema} is about to
	 * change.
	 * @param connection the driver's connection
	 * @return puts back what was found
	 * @throws SQLException if it cannot be found out
	 */
	default SessionLimits keepSchema(Connection connection) throws SQLException {
		String found = connection.getSchema();
		return (failed) -> {
			if (found != null) {
				connection.setSchema(found);
			}
		};
	}

	/**
	 * Whether a statement changes a setting of its session for longer than its
	 * transaction, judged by the words that it begins with. Its connection is not handed
	 * to anybody else then: by default no statement does.
	 * @param sql the statement
	 * @return whether the session is another one after it
	 */
	default boolean changesSession(String sql) {
		return false;
	}

	/**
	 * Ends a statement on the server while another thread waits for it. That thread is
	 * not to be kept waiting by a server that does not answer the cancel either: by
	 * default the driver's own cancel is trusted with that.
	 * @param statement the statement
	 * @throws SQLException if it could not be cancelled
	 */
	default void cancel(Statement statement) throws SQLException {
		statement.cancel();
	}

	/**
	 * Breaks a connection while another thread waits for its server, which does not
	 * answer. May block, that thread not for long: by default the driver's own abort is
	 * trusted with that.
	 * @param connection the driver's connection
	 * @throws SQLException if it could not be broken
	 */
	default void sever(Connection connection) throws SQLException {
		connection.abort(Runnable::run);
	}

	/**
	 * Whether {@link java.sql.Statement#setQueryTimeout} sets a limit that stays when the
	 * statement is gone. {@link #limitSession} then has to know it too, and whoever hands
	 * out the connection puts back what was there.
	 * @return whether it is the session's, as on H2
	 */
	default boolean keepsQueryTimeout() {
		return false;
	}

	/**
	 * Whether the database itself ends every statement, writes included, that runs longer
	 * than {@link ConnectionTimeouts#query()} once it has been given
	 * {@link #connectionInitSql}. Where it does not, which is the default, whoever hands
	 * out the connection cancels the statement.
	 * @return whether nobody else need see to it
	 */
	default boolean endsLongStatements() {
		return false;
	}

	/**
	 * How the database writes SQL: by default as the standard does.
	 * @return the syntax, the same object every time
	 */
	default SqlSyntax syntax() {
		return SqlSyntax.standard();
	}

	/**
	 * Whether a statement writes nothing, judged by its keywords; in doubt it is taken
	 * for a write. What the functions do that a query calls, nobody can see: a call that
	 * writes by way of {@code SELECT f()} has to run in a transaction. Once it has
	 * succeeded, {@link SqlSyntax#callsUnknown} tells whether it may have written.
	 * @param sql the statement
	 * @return whether it is a pure read
	 */
	default boolean readsOnly(String sql) {
		return syntax().readsOnly(sql);
	}

	/**
	 * Whether the database lives in this process or a file beside it, with a single
	 * writer.
	 * @return whether it is an embedded single-writer database
	 */
	default boolean singleWriter() {
		return false;
	}

	/**
	 * Whether each connection to this URL has a database of its own, that ends with the
	 * connection, such as one in memory: a pool then has to be a single connection that
	 * is kept.
	 * @param url the JDBC URL
	 * @return whether connections do not share their database
	 */
	default boolean privateToConnection(String url) {
		return false;
	}

	/**
	 * Whether rows are fetched in portions within transactions only. By default they are
	 * without one, too.
	 * @return whether a stream needs a transaction
	 */
	default boolean streamsInTransactions() {
		return false;
	}

	/**
	 * Has the rows of a statement fetched in portions while they are read, on drivers
	 * that would take all into memory first.
	 * @param connection the connection
	 * @param statement the statement, not yet executed
	 * @param rows how many rows a portion has
	 * @throws SQLException if the driver refuses
	 */
	default void stream(Connection connection, Statement statement, int rows) throws SQLException {
		statement.setFetchSize(rows);
	}

	/**
	 * How the database holds the values of entities.
	 * @return their columns, the same object every time
	 * @throws UnsupportedOperationException if there are no entities on this database,
	 * which is the default
	 */
	default ColumnValues columns() {
		throw new UnsupportedOperationException("There are no entities on " + name());
	}

	/**
	 * How the database writes the statements about tables of entities.
	 * @return what is different about them, the same object every time
	 * @throws UnsupportedOperationException if there are no entities on this database,
	 * which is the default
	 */
	default TableSql tables() {
		throw new UnsupportedOperationException("There are no entities on " + name());
	}

}
