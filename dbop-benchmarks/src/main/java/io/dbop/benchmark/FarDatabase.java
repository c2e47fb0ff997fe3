package io.dbop.benchmark;

import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.WireProxy;

/**
 * A database on a server at some {@link Distance}.
 */
public final class FarDatabase implements DatabaseInstance {

	private static final String JDBC = "jdbc:";

	private final DatabaseInstance near;

	private final Distance distance;

	private final String url;

	/**
	 * Moves a database away.
	 * @param near the database, on a server, closed with this
	 * @param way how long each direction takes
	 * @throws IOException if that cannot be done
	 */
	public FarDatabase(DatabaseInstance near, Duration way) throws IOException {
		this.near = near;
		URI address = URI.create(near.url().substring(JDBC.length()));
		this.distance = new Distance(address.getHost(), address.getPort(), way);
		this.url = near.url().replace(":" + address.getPort() + "/", ":" + this.distance.port() + "/");
	}

	@Override
	public TestDatabase database() {
		return this.near.database();
	}

	@Override
	public String origin() {
		return this.near.origin();
	}

	@Override
	public String url() {
		return this.url;
	}

	@Override
	public String username() {
		return this.near.username();
	}

	@Override
	public String password() {
		return this.near.password();
	}

	@Override
	public String driverClassName() {
		return this.near.driverClassName();
	}

	@Override
	public int sessions() throws SQLException {
		return this.near.sessions();
	}

	@Override
	public void kill(Session session) throws SQLException {
		this.near.kill(session);
	}

	@Override
	public Session sessionOf(Connection connection) throws SQLException {
		return this.near.sessionOf(connection);
	}

	@Override
	public String sleepSql(Duration duration) {
		return this.near.sleepSql(duration);
	}

	@Override
	public WireProxy proxy() {
		return this.near.proxy();
	}

	@Override
	public DatabaseInstance through(WireProxy proxy) {
		return this.near.through(proxy);
	}

	@Override
	public void close() throws SQLException {
		try {
			this.distance.close();
		}
		catch (IOException ex) {
			throw new SQLException(ex);
		}
		finally {
			this.near.close();
		}
	}

}
