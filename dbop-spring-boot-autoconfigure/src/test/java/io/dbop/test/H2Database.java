package io.dbop.test;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;

import io.dbop.test.wire.WireProxy;

/**
 * H2 in memory, kept while its last connection is closed.
 *
 * @param url where it is
 */
record H2Database(String url) implements DatabaseInstance {

	private static final int CLOSE_ATTEMPTS = 3;

	static H2Database create() throws SQLException {
		H2Database created = new H2Database("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
		created.administer("create alias sleep for 'java.lang.Thread.sleep(long)'");
		return created;
	}

	@Override
	public TestDatabase database() {
		return TestDatabase.H2;
	}

	@Override
	public String origin() {
		return "in process";
	}

	@Override
	public String username() {
		return "sa";
	}

	@Override
	public String password() {
		return "";
	}

	@Override
	public String driverClassName() {
		return "org.h2.Driver";
	}

	@Override
	public int sessions() throws SQLException {
		int administrators = 1;
		return (int) administer("select count(*) from information_schema.sessions") - administrators;
	}

	@Override
	public void kill(Session session) throws SQLException {
		administer("select abort_session(" + session.id() + ")");
	}

	@Override
	public Session sessionOf(Connection connection) throws SQLException {
		return new Session(query(connection, "select session_id()"));
	}

	@Override
	public String sleepSql(Duration duration) {
		return "select sleep(" + duration.toMillis() + ")";
	}

	@Override
	public WireProxy proxy() {
		throw new UnsupportedOperationException("H2 runs in process");
	}

	@Override
	public DatabaseInstance through(WireProxy proxy) {
		throw new UnsupportedOperationException("H2 runs in process");
	}

	/** H2 stumbles, once in hundreds, over a statement that ends just then. */
	@Override
	public void close() throws SQLException {
		for (int left = CLOSE_ATTEMPTS;; left--) {
			try {
				administer("shutdown immediately");
				return;
			}
			catch (SQLException ex) {
				if (left == 0) {
					throw ex;
				}
			}
		}
	}

	private long administer(String sql) throws SQLException {
		try (Connection connection = DriverManager.getConnection(this.url, username(), password())) {
			return query(connection, sql);
		}
	}

	private static long query(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			if (!statement.execute(sql)) {
				return 0;
			}
			ResultSet resultSet = statement.getResultSet();
			resultSet.next();
			return resultSet.getLong(1);
		}
	}

}
