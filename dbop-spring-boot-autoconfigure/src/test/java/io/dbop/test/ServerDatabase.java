package io.dbop.test;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.test.wire.WireProxy;
import org.jspecify.annotations.Nullable;

/**
 * A database on a server. It is administered over connections of their own that are
 * opened for each use, so that they neither count nor break with what a test breaks.
 *
 * @param database which kind
 * @param dialect how to talk to the server
 * @param server the server
 * @param name the name of the database
 * @param spares where it goes when it is closed, or {@code null} if it is dropped
 */
record ServerDatabase(TestDatabase database, ServerDialect dialect, DatabaseServer server, String name,
		@Nullable SpareDatabases spares) implements DatabaseInstance {

	private static final AtomicInteger sequence = new AtomicInteger();

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final AtomicInteger turn = new AtomicInteger();

	static ServerDatabase create(TestDatabase database, ServerDialect dialect, DatabaseServer server)
			throws SQLException {
		// Several test runs may share a server that was given by its URL.
		String name = "dbop_" + ProcessHandle.current().pid() + "_" + sequence.incrementAndGet();
		ServerDatabase created = new ServerDatabase(database, dialect, server, name, null);
		created.administer(dialect.drop(name));
		created.administer(dialect.create(name));
		for (DatabaseServer member : server.members()) {
			created.awaitOn(member);
		}
		return created;
	}

	/** What one node of a cluster has done the others do a little later. */
	private void awaitOn(DatabaseServer member) throws SQLException {
		long start = System.nanoTime();
		while (this.server.isCluster()) {
			try {
				DriverManager.getConnection(this.dialect.url(member, this.name), member.username(), member.password())
					.close();
				return;
			}
			catch (SQLSyntaxErrorException ex) {
				if (System.nanoTime() - start > PATIENCE.toNanos()) {
					throw ex;
				}
			}
		}
	}

	ServerDatabase in(SpareDatabases spares) {
		return new ServerDatabase(this.database, this.dialect, this.server, this.name, spares);
	}

	@Override
	public String origin() {
		return this.server.origin() + (this.server.isCluster() ? ", %d nodes".formatted(nodes().size()) : "");
	}

	@Override
	public String url() {
		return this.dialect.url(this.server, this.name);
	}

	@Override
	public String username() {
		return this.server.username();
	}

	@Override
	public String password() {
		return this.server.password();
	}

	@Override
	public String driverClassName() {
		return this.dialect.driverClassName();
	}

	@Override
	public List<DatabaseInstance> drivers() {
		return this.dialect.drivers()
			.stream()
			.<DatabaseInstance>map((driver) -> driver.equals(this.dialect) ? this
					: new ServerDatabase(this.database, driver, this.server, this.name, null))
			.toList();
	}

	@Override
	public List<DatabaseInstance> nodes() {
		return this.server.members()
			.stream()
			.<DatabaseInstance>map((member) -> new ServerDatabase(this.database, this.dialect, member, this.name, null))
			.toList();
	}

	@Override
	public DatabaseInstance onOneNode() {
		List<DatabaseInstance> nodes = nodes();
		return this.server.isCluster() ? nodes.get(Math.floorMod(turn.getAndIncrement(), nodes.size())) : this;
	}

	@Override
	public int sessions() throws SQLException {
		int sessions = 0;
		for (DatabaseServer member : this.server.members()) {
			sessions += administer(member, this.dialect.sessions(this.name)).size();
		}
		return sessions;
	}

	@Override
	public void kill(Session session) throws SQLException {
		administer(this.dialect.member(this.server, session.id()), this.dialect.kill(session.id()));
	}

	@Override
	public Session sessionOf(Connection connection) throws SQLException {
		return new Session(query(connection, this.dialect.ownSession()).get(0));
	}

	@Override
	public String sleepSql(Duration duration) {
		return this.dialect.sleep(duration);
	}

	@Override
	public WireProxy proxy() {
		return WireProxy.to(this.server.host(), this.server.port(), this.dialect.protocol());
	}

	@Override
	public DatabaseInstance through(WireProxy proxy) {
		return new ServerDatabase(this.database, this.dialect, this.server.at(proxy.address()), this.name, null);
	}

	@Override
	public void close() throws SQLException {
		for (DatabaseServer member : this.server.members()) {
			// A transaction that a test left open would make MySQL wait for its locks.
			try (Connection connection = this.dialect.administer(member)) {
				for (Long session : query(connection, this.dialect.sessions(this.name))) {
					killIfStillThere(connection, session);
				}
			}
		}
		try (Connection connection = this.dialect.administer(this.server.members().get(0))) {
			if (this.spares == null || !this.spares.takeBack(this, connection)) {
				query(connection, this.dialect.drop(this.name));
			}
		}
	}

	void drop() throws SQLException {
		administer(this.dialect.drop(this.name));
	}

	void awaitNobody(Connection administrator) throws SQLException {
		while (!query(administrator, this.dialect.sessions(this.name)).isEmpty()) {
			Thread.onSpinWait();
		}
	}

	private void killIfStillThere(Connection connection, long session) {
		try {
			query(connection, this.dialect.kill(session));
		}
		catch (SQLException ex) {
			// It was closed in the meantime.
		}
	}

	private void administer(String sql) throws SQLException {
		administer(this.server.members().get(0), sql);
	}

	private List<Long> administer(DatabaseServer member, String sql) throws SQLException {
		try (Connection connection = this.dialect.administer(member)) {
			return query(connection, sql);
		}
	}

	private static List<Long> query(Connection connection, String sql) throws SQLException {
		List<Long> values = new ArrayList<>();
		try (Statement statement = connection.createStatement()) {
			if (statement.execute(sql)) {
				ResultSet resultSet = statement.getResultSet();
				while (resultSet.next()) {
					values.add(resultSet.getLong(1));
				}
			}
		}
		return values;
	}

}
