package io.dbop.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import org.awaitility.Awaitility;

import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.util.Assert;

/**
 * A cluster of three servers, of which one takes writes, and which elects another one
 * when that is gone. Not thread-safe.
 */
public final class ElectingCluster implements AutoCloseable {

	private static final int NODES = 3;

	private final ServiceScript script;

	private final Kind kind;

	private ElectingCluster(Kind kind, Map<String, String> environment) {
		this.kind = kind;
		this.script = ServiceScript.find(kind.script, environment);
		this.script.run(kind.reset);
	}

	/**
	 * Start a new PostgreSQL cluster under Patroni, in which commits wait for a replica.
	 * @return the cluster
	 * @throws org.opentest4j.TestAbortedException if this machine has no script for it
	 */
	public static ElectingCluster patroni() {
		ElectingCluster cluster = new ElectingCluster(Kind.PATRONI,
				Map.of("PATRONI_PORT", "24350", "PATRONI_SYNC", "on"));
		// Of a second Patroni needs more than all to take a lock that nobody holds.
		cluster.configure("{\"retry_timeout\": 2}");
		return cluster;
	}

	/**
	 * Start a new group of MySQL servers with one primary.
	 * @return the cluster
	 * @throws org.opentest4j.TestAbortedException if this machine has no script for it
	 */
	public static ElectingCluster groupReplication() {
		// A group takes tables with primary keys only, if need be with one that nobody
		// sees.
		return new ElectingCluster(Kind.GROUP_REPLICATION,
				Map.of("MYSQL_GROUP_PORT", "23416", "MYSQL_ARGS", "--sql-generate-invisible-primary-key=ON"));
	}

	private void configure(String json) {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:24361/config"))
			.method("PATCH", BodyPublishers.ofString(json))
			.build();
		try {
			HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
			Assert.state(response.statusCode() == 200, response::body);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The cluster as an alias.
	 * @param alias the alias
	 * @return its properties
	 */
	public List<String> alias(String alias) {
		String prefix = "dbop.databases." + alias;
		String hosts = IntStream.rangeClosed(1, NODES).mapToObj(this::host).collect(Collectors.joining(","));
		return List.of(prefix + ".type=" + this.kind.type, prefix + ".hosts=" + hosts, prefix + ".database=test",
				prefix + ".username=" + this.kind.user);
	}

	/**
	 * Connect without a pool.
	 * @return a data source that looks for the server that takes writes each time
	 */
	public DataSource dataSource() {
		return new AbstractDataSource() {

			@Override
			public Connection getConnection() throws SQLException {
				return connect(primary());
			}

			@Override
			public Connection getConnection(String username, String password) throws SQLException {
				return getConnection();
			}

		};
	}

	/**
	 * Find the server that takes writes, and wait until there is one.
	 * @return its number
	 */
	public int primary() {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(5))
			.until(() -> IntStream.rangeClosed(1, NODES).filter(this::takesWrites).findFirst(), OptionalInt::isPresent)
			.getAsInt();
	}

	private boolean takesWrites(int node) {
		return answers(node, this.kind.takesWrites);
	}

	private boolean answers(int node, String question) {
		try (Connection connection = connect(node);
				Statement statement = connection.createStatement();
				ResultSet answer = statement.executeQuery(question)) {
			return answer.next() && answer.getBoolean(1);
		}
		catch (SQLException ex) {
			return false;
		}
	}

	private Connection connect(int node) throws SQLException {
		return DriverManager.getConnection("jdbc:%s://%s/test".formatted(this.kind.type, host(node)), this.kind.user,
				"");
	}

	private String host(int node) {
		return "127.0.0.1:" + (this.kind.firstPort + node - 1);
	}

	/**
	 * Kill a server with SIGKILL, and whatever watches it. Not before another one has
	 * what is acknowledged: Patroni takes a while to have commits wait for that.
	 * @param node its number
	 */
	public void kill(int node) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(50))
			.until(() -> answers(primary(), this.kind.keepsCommits));
		this.script.run("kill", Integer.toString(node));
	}

	/**
	 * Start a server that was killed, and wait until it follows the primary.
	 * @param node its number
	 */
	public void start(int node) {
		this.script.run("start", Integer.toString(node));
	}

	/**
	 * Have another server become the primary, in order, and wait until all others follow
	 * it.
	 */
	public void switchOver() {
		int before = primary();
		// No other may be ready for it yet.
		Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
			handOver(before);
			return primary() != before;
		});
		this.script.run("start");
	}

	private void handOver(int primary) throws SQLException {
		if (this.kind == Kind.PATRONI) {
			this.script.run("switchover");
			return;
		}
		try (Connection connection = connect(primary % NODES + 1); Statement statement = connection.createStatement()) {
			// Without a limit it waits for those who wait for locks of those who wait for
			// it.
			statement.execute("select group_replication_set_as_primary(@@server_uuid, 0)");
		}
	}

	@Override
	public void close() {
		this.script.run("down");
	}

	private enum Kind {

		PATRONI("postgres-patroni.sh", new String[] { "reset" }, "postgresql", "postgres", 24351,
				"select not pg_is_in_recovery()",
				"select count(*) > 0 from pg_stat_replication where sync_state = 'sync'"),

		GROUP_REPLICATION("mysql-group.sh", new String[] { "reset", "single" }, "mysql", "root", 23416,
				"select not @@global.super_read_only", "select true");

		private final String script;

		private final String[] reset;

		private final String type;

		private final String user;

		private final int firstPort;

		private final String takesWrites;

		private final String keepsCommits;

		Kind(String script, String[] reset, String type, String user, int firstPort, String takesWrites,
				String keepsCommits) {
			this.script = script;
			this.reset = reset;
			this.type = type;
			this.user = user;
			this.firstPort = firstPort;
			this.takesWrites = takesWrites;
			this.keepsCommits = keepsCommits;
		}

	}

}
