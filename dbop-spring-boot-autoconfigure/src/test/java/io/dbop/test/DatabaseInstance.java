package io.dbop.test;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import io.dbop.test.wire.WireProxy;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A database of a test's own. It is empty, nobody else uses it, and it is dropped when it
 * is closed, whoever is still connected.
 */
public interface DatabaseInstance extends AutoCloseable {

	TestDatabase database();

	/**
	 * Where the database comes from.
	 * @return a few words for people
	 */
	String origin();

	String url();

	String username();

	String password();

	String driverClassName();

	/**
	 * The same database behind each driver that can talk to it. There is nothing to
	 * close.
	 * @return this one, and for MySQL and MariaDB the one with the other's driver
	 */
	default List<DatabaseInstance> drivers() {
		return List.of(this);
	}

	/**
	 * The same database on each node of a cluster. There is nothing to close.
	 * @return this one alone if the server is alone
	 */
	default List<DatabaseInstance> nodes() {
		return List.of(this);
	}

	/**
	 * The same database on one node of a cluster, each time on the next one. There is
	 * nothing to close.
	 * @return this one if the server is alone
	 */
	default DatabaseInstance onOneNode() {
		return this;
	}

	/**
	 * Connect without a pool.
	 * @return a data source that opens a new connection each time
	 */
	default DataSource dataSource() {
		DriverManagerDataSource dataSource = new DriverManagerDataSource(url(), username(), password());
		dataSource.setDriverClassName(driverClassName());
		return dataSource;
	}

	/**
	 * Count the sessions that the database itself knows of. A session that was closed or
	 * killed may be counted for some more milliseconds.
	 * @return the number of sessions in this database
	 * @throws SQLException if the database does not tell
	 */
	int sessions() throws SQLException;

	/**
	 * End a session from the database's side, as an administrator does. It may live for
	 * some more milliseconds.
	 * @param session a handle from {@link #sessionOf(Connection)}
	 * @throws SQLException if the database refuses
	 */
	void kill(Session session) throws SQLException;

	/**
	 * Identify the session behind a connection. Needs the connection for one statement,
	 * so it comes before whatever blocks it.
	 * @param connection a connection to this database
	 * @return its session
	 * @throws SQLException if the connection fails
	 */
	Session sessionOf(Connection connection) throws SQLException;

	/**
	 * A query that takes a while and returns one row.
	 * @param duration how long
	 * @return the SQL
	 */
	String sleepSql(Duration duration);

	/**
	 * Start a proxy to the server of this database.
	 * @return a proxy that the caller closes
	 */
	WireProxy proxy();

	/**
	 * The same database, reached in another way. There is nothing to close.
	 * @param proxy a proxy from {@link #proxy()}
	 * @return this database behind that proxy
	 */
	DatabaseInstance through(WireProxy proxy);

	@Override
	void close() throws SQLException;

	/**
	 * A session as the database names it.
	 *
	 * @param id the identifier
	 */
	record Session(long id) {

	}

}
