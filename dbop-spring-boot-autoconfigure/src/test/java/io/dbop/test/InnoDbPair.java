package io.dbop.test;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;

/**
 * A MariaDB or MySQL server and a replica of it, by GTIDs. Not thread-safe.
 */
public final class InnoDbPair implements AutoCloseable {

	private final TestDatabase kind;

	private final RestartableServer primary;

	private final RestartableServer replica;

	private final DatabaseInstance database;

	private InnoDbPair(TestDatabase kind) throws SQLException {
		this.kind = kind;
		this.primary = RestartableServer.of(kind, options(1));
		this.replica = RestartableServer.of(kind, options(2));
		this.primary.start();
		this.replica.start();
		if (kind == TestDatabase.MARIADB) {
			// Of its start, which the primary knows nothing of.
			tellReplica("RESET MASTER");
			tellReplica("SET GLOBAL gtid_slave_pos = ''");
		}
		String source = "'127.0.0.1', %1$s_PORT=" + this.primary.address().port() + ", %1$s_USER='root', ";
		tellReplica((kind == TestDatabase.MARIADB)
				? "CHANGE MASTER TO MASTER_HOST=" + source.formatted("MASTER")
						+ "MASTER_SSL=0, MASTER_USE_GTID=slave_pos"
				: "CHANGE REPLICATION SOURCE TO SOURCE_HOST=" + source.formatted("SOURCE")
						+ "SOURCE_AUTO_POSITION=1, GET_SOURCE_PUBLIC_KEY=1");
		tellReplica("START " + replicating());
		this.database = this.primary.freshDatabase();
		Awaitility.await().until(() -> follows(this.database));
	}

	/**
	 * Start both servers.
	 * @param kind MariaDB or MySQL
	 * @return a primary and a replica that follows it
	 * @throws SQLException if they do not work together
	 */
	public static InnoDbPair start(TestDatabase kind) throws SQLException {
		return new InnoDbPair(kind);
	}

	private String[] options(int id) {
		List<String> options = new ArrayList<>(List.of("--server-id=" + id, "--log-bin=binlog"));
		if (this.kind == TestDatabase.MYSQL) {
			options.addAll(List.of("--gtid-mode=ON", "--enforce-gtid-consistency=ON"));
		}
		return options.toArray(String[]::new);
	}

	private String replicating() {
		return (this.kind == TestDatabase.MARIADB) ? "SLAVE" : "REPLICA";
	}

	public DatabaseInstance database() {
		return this.database;
	}

	/**
	 * Where the replica is.
	 * @return host and port
	 */
	public String replicaAuthority() {
		return this.replica.address().host() + ":" + this.replica.address().port();
	}

	/**
	 * The port of the replica.
	 * @return the port, by which a session can tell where it is
	 */
	public int replicaPort() {
		return this.replica.address().port();
	}

	/**
	 * Have the replica take in no changes, though it gets them.
	 * @throws SQLException if it refuses
	 */
	public void pauseReplay() throws SQLException {
		tellReplica("STOP " + replicating() + " SQL_THREAD");
	}

	/**
	 * Have the replica go on.
	 * @throws SQLException if it refuses
	 */
	public void resumeReplay() throws SQLException {
		tellReplica("START " + replicating() + " SQL_THREAD");
	}

	/**
	 * Where the primary is.
	 * @return host and port
	 */
	public String primaryAuthority() {
		return this.primary.address().host() + ":" + this.primary.address().port();
	}

	/**
	 * Have the replica become the primary, and get ahead of that which was it. Sessions
	 * stay as they are.
	 * @throws SQLException if one of them refuses
	 */
	public void promoteReplica() throws SQLException {
		tellReplica("STOP " + replicating());
		tell(this.primary, "SET GLOBAL read_only = 1");
		tellReplica("CREATE DATABASE ahead");
	}

	/** Whether the replica has the database. */
	private boolean follows(DatabaseInstance database) {
		String location = database.url().replaceFirst("//[^/]*/", "//" + replicaAuthority() + "/");
		try (Connection connection = DriverManager.getConnection(location, "root", "")) {
			return true;
		}
		catch (SQLException ex) {
			return false;
		}
	}

	private void tellReplica(String sql) throws SQLException {
		tell(this.replica, sql);
	}

	private void tell(RestartableServer server, String sql) throws SQLException {
		ServerDialect dialect = (this.kind == TestDatabase.MARIADB) ? MySqlDialect.MARIADB_CONNECTOR
				: MySqlDialect.CONNECTOR_J;
		try (Connection connection = dialect.administer(server.address());
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	@Override
	public void close() {
		this.primary.close();
		this.replica.close();
	}

}
