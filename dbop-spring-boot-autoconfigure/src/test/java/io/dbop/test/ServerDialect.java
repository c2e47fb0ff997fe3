package io.dbop.test;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import io.dbop.test.wire.WireProtocol;
import org.jspecify.annotations.Nullable;

/**
 * How a database server is addressed and administered.
 */
interface ServerDialect {

	String driverClassName();

	/**
	 * How else the server can be talked to: the same with another driver.
	 * @return this one and its alternatives
	 */
	default List<ServerDialect> drivers() {
		return List.of(this);
	}

	WireProtocol protocol();

	/**
	 * The URL of a database, unencrypted so that a proxy can read along.
	 * @param server where the server is
	 * @param database the name of the database
	 * @return a JDBC URL without credentials
	 */
	String url(DatabaseServer server, String database);

	/**
	 * The database to which an administrator connects, and in which no test works.
	 * @return its name
	 */
	String administrativeDatabase();

	/**
	 * Connect to it.
	 * @param server where the server is
	 * @return an administrator's connection
	 * @throws SQLException if the server does not answer
	 */
	default Connection administer(DatabaseServer server) throws SQLException {
		return DriverManager.getConnection(url(server, administrativeDatabase()), server.username(), server.password());
	}

	String create(String database);

	String drop(String database);

	/**
	 * Makes a database as empty as a new one, or fails if that cannot be done. For
	 * servers that create and drop databases slowly.
	 * @return the SQL, or {@code null} to drop it
	 */
	default @Nullable String empty() {
		return null;
	}

	/**
	 * A query for the identifiers of a database's sessions.
	 * @param database the name of the database
	 * @return the SQL
	 */
	String sessions(String database);

	String ownSession();

	/**
	 * The node of a cluster that has a session.
	 * @param server the server, or cluster
	 * @param session the session
	 * @return the server itself if it is alone
	 */
	default DatabaseServer member(DatabaseServer server, long session) {
		return server;
	}

	String kill(long session);

	String sleep(Duration duration);

}
