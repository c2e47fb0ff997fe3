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
 * HSQLDB in memory, kept while its last connection is closed.
 *
 * @param url where it is
 */
record HsqldbDatabase(String url) implements DatabaseInstance {

	static HsqldbDatabase create() throws SQLException {
		HsqldbDatabase created = new HsqldbDatabase(
				"jdbc:hsqldb:mem:" + UUID.randomUUID() + ";hsqldb.tx=mvcc;sql.syntax_pgs=true");
		created.administer("create schema dbop_test");
		created.administer("create table dbop_test.numbers (n integer primary key)");
		created.administer("insert into dbop_test.numbers select * from unnest(sequence_array(1, 2000, 1))");
		return created;
	}

	@Override
	public TestDatabase database() {
		return TestDatabase.HSQLDB;
	}

	@Override
	public String origin() {
		return "in process";
	}

	@Override
	public String username() {
		return "SA";
	}

	@Override
	public String password() {
		return "";
	}

	@Override
	public String driverClassName() {
		return "org.hsqldb.jdbc.JDBCDriver";
	}

	@Override
	public int sessions() throws SQLException {
		int administrators = 1;
		return (int) administer("select count(*) from information_schema.system_sessions") - administrators;
	}

	/** A session is closed only outside a transaction, which is therefore ended first. */
	@Override
	public void kill(Session session) throws SQLException {
		administer("alter session " + session.id() + " release");
		administer("alter session " + session.id() + " close");
	}

	@Override
	public Session sessionOf(Connection connection) throws SQLException {
		return new Session(query(connection, "call session_id()"));
	}

	/** It cannot sleep: this counts for hours. Only scans of tables heed a cancel. */
	@Override
	public String sleepSql(Duration duration) {
		return "select count(*) from dbop_test.numbers a, dbop_test.numbers b, dbop_test.numbers c, dbop_test.numbers d";
	}

	@Override
	public WireProxy proxy() {
		throw new UnsupportedOperationException("HSQLDB runs in process");
	}

	@Override
	public DatabaseInstance through(WireProxy proxy) {
		throw new UnsupportedOperationException("HSQLDB runs in process");
	}

	@Override
	public void close() throws SQLException {
		administer("shutdown immediately");
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
