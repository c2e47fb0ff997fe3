package io.dbop.entity;

import java.time.Duration;

import java.sql.Connection;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.WireProxy;

/**
 * The database of a test, as another process or session reaches it. It can only be
 * connected to.
 */
record SameDatabase(TestDatabase database, String url, String username, String password) implements DatabaseInstance {

	static SameDatabase of(DatabaseInstance instance, String url) {
		return new SameDatabase(instance.database(), url, instance.username(), instance.password());
	}

	@Override
	public String origin() {
		return "somebody else's";
	}

	@Override
	public String driverClassName() {
		throw ofItsOwner();
	}

	@Override
	public int sessions() {
		throw ofItsOwner();
	}

	@Override
	public void kill(Session session) {
		throw ofItsOwner();
	}

	@Override
	public Session sessionOf(Connection connection) {
		throw ofItsOwner();
	}

	@Override
	public String sleepSql(Duration duration) {
		throw ofItsOwner();
	}

	@Override
	public WireProxy proxy() {
		throw ofItsOwner();
	}

	@Override
	public DatabaseInstance through(WireProxy proxy) {
		throw ofItsOwner();
	}

	@Override
	public void close() {
		// Its owner does.
	}

	private static UnsupportedOperationException ofItsOwner() {
		return new UnsupportedOperationException("Ask the owner of the database");
	}

}
