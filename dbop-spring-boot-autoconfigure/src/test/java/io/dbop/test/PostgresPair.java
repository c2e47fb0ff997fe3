package io.dbop.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import javax.sql.DataSource;

import org.awaitility.Awaitility;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A PostgreSQL server and a replica that it streams to, which can take over from it. A
 * commit of the primary waits for the replica, so that none that was acknowledged is lost
 * with the primary. Not thread-safe.
 */
public final class PostgresPair implements AutoCloseable {

	private static final PostgresDialect dialect = new PostgresDialect();

	private final DatabaseInstance database;

	private RestartablePostgres primary;

	private RestartablePostgres replica;

	private PostgresPair(RestartablePostgres primary, RestartablePostgres replica) throws SQLException {
		this.primary = primary;
		this.replica = replica;
		this.primary.start();
		attach();
		this.database = this.primary.freshDatabase();
	}

	/**
	 * Start both servers.
	 * @return a primary and a replica that keeps up with it
	 * @throws SQLException if they do not work together
	 */
	public static PostgresPair start() throws SQLException {
		try {
			return new PostgresPair(RestartablePostgres.create(), RestartablePostgres.create());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex.getMessage(), ex);
		}
	}

	/**
	 * Where a database of the pair is, whichever server is the primary.
	 * @return a JDBC URL with both hosts
	 */
	public String url() {
		String location = this.database.url();
		String servers = "//" + authority(this.primary) + "," + authority(this.replica) + "/";
		return location.replaceFirst("//[^/]*/", servers) + "&targetServerType=primary";
	}

	/**
	 * A database of the pair as an alias.
	 * @param alias the alias
	 * @return its properties, with both hosts
	 */
	public List<String> alias(String alias) {
		String prefix = "dbop.databases." + alias;
		String name = URI.create(this.database.url().substring("jdbc:".length())).getPath().substring(1);
		return List.of(prefix + ".type=postgresql",
				prefix + ".hosts=" + authority(this.primary) + "," + authority(this.replica),
				prefix + ".database=" + name, prefix + ".username=" + username());
	}

	/**
	 * Where the database is on the present primary.
	 * @return a JDBC URL with one host
	 */
	public String primaryUrl() {
		return this.database.url().replaceFirst("//[^/]*/", "//" + authority(this.primary) + "/");
	}

	/**
	 * Where both servers are.
	 * @return host and port of each, with a comma between
	 */
	public String authorities() {
		return authority(this.primary) + "," + authority(this.replica);
	}

	/**
	 * Where the present replica is.
	 * @return host and port
	 */
	public String replicaAuthority() {
		return authority(this.replica);
	}

	private static String authority(RestartablePostgres server) {
		return server.address().host() + ":" + server.address().port();
	}

	public String username() {
		return this.database.username();
	}

	/**
	 * Connect without a pool.
	 * @return a data source that opens a new connection to the primary each time
	 */
	public DataSource dataSource() {
		return new DriverManagerDataSource(url(), username(), "");
	}

	public RestartableServer primary() {
		return this.primary;
	}

	public RestartableServer replica() {
		return this.replica;
	}

	/**
	 * Make the replica the primary. The other one stays as it is.
	 * @throws SQLException if it does not become one
	 */
	public void promote() throws SQLException {
		ask(this.replica, "select pg_promote(true, 30)");
		RestartablePostgres old = this.primary;
		this.primary = this.replica;
		this.replica = old;
	}

	/**
	 * Have the present primary take no writes, in sessions that are open and in new ones,
	 * as one that was demoted.
	 * @throws SQLException if it refuses
	 */
	public void demote() throws SQLException {
		ask(this.primary, "alter system set default_transaction_read_only = on");
		ask(this.primary, "select pg_reload_conf()");
		Awaitility.await().until(() -> ask(this.primary, "show default_transaction_read_only").equals("on"));
	}

	/**
	 * Make what was the primary a replica of what is the primary now, and have commits
	 * wait for it.
	 * @throws SQLException if it does not keep up
	 */
	public void attach() throws SQLException {
		this.replica.follow(this.primary);
		this.replica.start();
		ask(this.primary, "alter system set synchronous_standby_names = '*'");
		ask(this.primary, "select pg_reload_conf()");
		Awaitility.await()
			.until(() -> ask(this.primary,
					"select count(*) from pg_stat_replication where sync_state = 'sync' and state = 'streaming'")
				.equals("1"));
	}

	/**
	 * Have commits wait for the replica no longer, so that it may lag behind or be away.
	 * @throws SQLException if the primary refuses
	 */
	public void commitAlone() throws SQLException {
		ask(this.primary, "alter system reset synchronous_standby_names");
		ask(this.primary, "select pg_reload_conf()");
		Awaitility.await().until(() -> ask(this.primary, "show synchronous_standby_names").isEmpty());
	}

	/**
	 * Have the replica take in no changes, though it gets them.
	 * @throws SQLException if it refuses
	 */
	public void pauseReplay() throws SQLException {
		ask(this.replica, "select pg_wal_replay_pause()");
		Awaitility.await().until(() -> ask(this.replica, "select pg_get_wal_replay_pause_state()").equals("paused"));
	}

	/**
	 * Have the replica go on.
	 * @throws SQLException if it refuses
	 */
	public void resumeReplay() throws SQLException {
		ask(this.replica, "select pg_wal_replay_resume()");
	}

	/**
	 * Ask the replica, as the superuser, in its own main database.
	 * @param sql the question
	 * @return the first column of the first row, or an empty text
	 * @throws SQLException if it refuses
	 */
	public String askReplica(String sql) throws SQLException {
		return ask(this.replica, sql);
	}

	private static String ask(RestartablePostgres server, String sql) throws SQLException {
		try (Connection connection = dialect.administer(server.address());
				Statement statement = connection.createStatement()) {
			if (!statement.execute(sql)) {
				return "";
			}
			ResultSet answer = statement.getResultSet();
			answer.next();
			return answer.getString(1);
		}
	}

	@Override
	public void close() {
		this.primary.close();
		this.replica.close();
	}

}
