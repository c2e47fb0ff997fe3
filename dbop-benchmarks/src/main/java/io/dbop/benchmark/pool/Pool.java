package io.dbop.benchmark.pool;

import java.sql.Connection;
import java.sql.SQLException;

/** A pool of connections, and the way that callers take to it. */
interface Pool extends AutoCloseable {

	/** What it is called in the table. */
	String name();

	/**
	 * Does something with a connection.
	 * @param work what is done
	 * @throws RuntimeException if there is no connection in time, or the work fails
	 */
	void use(Work work);

	/** How many got no connection in time and do not know of it, for they tried again. */
	long timeouts();

	@Override
	void close();

	/** What is done with a connection. */
	@FunctionalInterface
	interface Work {

		void run(Connection connection) throws SQLException;

	}

}
