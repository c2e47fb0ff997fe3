package io.dbop.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.dbop.failure.FailureKind;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.scope.ScopedObject;

/**
 * The pool underneath, as far as it can be asked and told something.
 */
interface TargetPool {

	static TargetPool of(DataSource dataSource) {
		// Behind a scoped proxy there may be another pool, or none, from call to call.
		return (dataSource instanceof HikariDataSource hikari && !(dataSource instanceof ScopedObject))
				? new HikariTarget(hikari) : new ForeignTarget(dataSource);
	}

	DataSource dataSource();

	/**
	 * The data source for applications, whose connections are recorded.
	 * @param pool the pool in whose name they are recorded
	 */
	default DataSource recording(ConnectionPool pool) {
		return DataSourceProxy.create(dataSource(), pool);
	}

	/**
	 * The JDBC URL, if the pool tells it.
	 */
	default @Nullable String url() {
		return null;
	}

	/**
	 * A connection of the pool, for which it may wait.
	 * @param waitNanos how long it may wait, if the pool can be told
	 */
	Connection connect(long waitNanos) throws SQLException;

	/**
	 * Has a pool that has not begun yet wait for a server that is away, and connect as
	 * soon as it is back, rather than rest between its attempts.
	 * @param kind what a failure to connect means
	 */
	default void waitForServer(Function<SQLException, FailureKind> kind) {
		// A pool of which nothing is known connects in its own way.
	}

	/**
	 * How long callers wait for a connection, gate and pool together.
	 * @return nanoseconds, or {@link Long#MAX_VALUE} if the pool knows
	 */
	long acquisitionTimeoutNanos();

	/**
	 * The number of callers that may be served at once.
	 * @return the width, or {@link Integer#MAX_VALUE} for no gate
	 */
	int width();

	/**
	 * Whether {@link #connect} keeps to the time it is given.
	 */
	boolean limitsWait();

	/**
	 * Whether callers pass a gate before they come here.
	 */
	default boolean gated() {
		return width() != Integer.MAX_VALUE;
	}

	/**
	 * Whether all that is sent on its connections is recorded.
	 */
	default boolean recordsAll() {
		return false;
	}

	/**
	 * Whether connections commit each statement when they are handed out.
	 */
	boolean autoCommit(Connection connection) throws SQLException;

	/**
	 * The same of a connection that has not been handed out yet.
	 */
	boolean commitsEach();

	/**
	 * Whether connections are read-only when they are handed out, as far as that is
	 * known.
	 */
	default boolean readOnly() {
		return false;
	}

	/**
	 * Whether the pool itself puts back what a caller changed on a connection.
	 */
	boolean resetsConnections();

	/**
	 * Breaks a connection, so that it is never used again. What was not committed is
	 * rolled back.
	 */
	void discard(Connection connection);

	/**
	 * Closes a connection on which nothing runs, so that another one is opened for it. A
	 * transaction that is open on it is rolled back.
	 * @return whether the pool does so, rather than hand it out again
	 */
	default boolean replace(Connection connection) {
		return false;
	}

	PoolStatus status(int holders, int waiting, boolean closed);

	void evict();

	/**
	 * Changes the most connections it may have.
	 * @throws UnsupportedOperationException if it cannot
	 */
	default void resize(int max) {
		throw new UnsupportedOperationException(
				"Only the size of HikariCP's pools can be changed while they run, not that of a "
						+ dataSource().getClass().getSimpleName());
	}

	/**
	 * Opens a connection that is not the pool's, if there is a way to.
	 */
	Connection connectApart() throws SQLException;

	/**
	 * Opens a connection that is not the pool's and closes it again.
	 * @throws SQLException if the database does not answer
	 */
	void check() throws SQLException;

	/**
	 * Replaces connections that may have died with the server, and makes sure that a pool
	 * which has lost them all gives them again.
	 * @throws SQLException if it does not yet
	 */
	default void revive() throws SQLException {
		// A pool of which nothing is known connects when it is asked.
	}

	/**
	 * Closes the pool, aborting connections in use.
	 */
	void close();

}
