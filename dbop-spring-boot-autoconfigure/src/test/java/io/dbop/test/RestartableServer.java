package io.dbop.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.dbop.test.wire.FreePort;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.FileSystemUtils;

/**
 * A database server of a test's own that can crash. It keeps its port and its data, and
 * what was committed survives: not the machine goes down here, but a process.
 * Thread-safe.
 */
public abstract class RestartableServer implements AutoCloseable {

	private static final Duration START_TIMEOUT = Duration.ofSeconds(30);

	private static final int START_ATTEMPTS = 5;

	private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

	private final TestDatabase database;

	private final ServerDialect dialect;

	private final DatabaseServer address;

	private final Path directory;

	private List<String> options = List.of();

	private @Nullable ServerProcess process;

	RestartableServer(TestDatabase database, ServerDialect dialect, String username) throws IOException {
		this.database = database;
		this.dialect = dialect;
		this.address = new DatabaseServer("embedded", "127.0.0.1", FreePort.find(), username, "");
		this.directory = Files.createTempDirectory("dbop-" + database.name().toLowerCase(Locale.ROOT));
		Runtime.getRuntime().addShutdownHook(new Thread(this::close));
	}

	/**
	 * Prepare a server of a kind.
	 * @param database which kind, one that has servers
	 * @param options what its program is told beside the usual
	 * @return a server that has not been started
	 * @throws UncheckedIOException if this machine has no programs for it
	 */
	public static RestartableServer of(TestDatabase database, String... options) {
		try {
			RestartableServer server = switch (database) {
				case POSTGRESQL -> RestartablePostgres.create();
				case MARIADB -> RestartableMariaDb.create();
				case MYSQL -> RestartableMySql.create();
				default -> throw new IOException("there are no embedded programs of " + database);
			};
			server.options = List.of(options);
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex.getMessage(), ex);
		}
	}

	/**
	 * Start the server and wait until it answers a query.
	 */
	public final synchronized void start() {
		Assert.state(this.process == null || !this.process.isAlive(), "The server is running");
		try {
			if (!Files.exists(data())) {
				initialize();
			}
			startProcess();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex.getMessage(), ex);
		}
	}

	/**
	 * Kill all processes of the server with SIGKILL and wait until they are gone.
	 */
	public final synchronized void kill() {
		if (this.process != null) {
			this.process.kill();
		}
	}

	/**
	 * Stop all processes of the server where they are, as a machine that hangs. The
	 * kernel goes on to accept connections and data for them.
	 */
	public final synchronized void freeze() {
		signal("STOP");
	}

	/**
	 * Let a frozen server go on with what has arrived in the meantime.
	 */
	public final synchronized void thaw() {
		signal("CONT");
	}

	private void signal(String signal) {
		Assert.state(this.process != null && this.process.isAlive(), "The server is not running");
		try {
			this.process.signal(signal);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Kill the server if it runs, and start it at the same port with the same data.
	 */
	public final synchronized void restart() {
		kill();
		start();
	}

	/**
	 * Create a database on this server. It disappears with the server.
	 * @return an empty database
	 * @throws SQLException if the server is down
	 */
	public final DatabaseInstance freshDatabase() throws SQLException {
		return ServerDatabase.create(this.database, this.dialect, this.address);
	}

	/**
	 * Kill the server and delete its data, to begin anew with the next start.
	 */
	final synchronized void forget() {
		kill();
		try {
			FileSystemUtils.deleteRecursively(data());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Kill the server and delete its data.
	 */
	@Override
	public final synchronized void close() {
		kill();
		try {
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Make the data directory.
	 * @throws IOException if it cannot be made
	 */
	abstract void initialize() throws IOException;

	abstract List<String> command() throws IOException;

	abstract Map<String, String> environment() throws IOException;

	final Path directory() {
		return this.directory;
	}

	final Path data() {
		return this.directory.resolve("data");
	}

	final DatabaseServer address() {
		return this.address;
	}

	/**
	 * Several times if need be: what a server forked in the moment of its death lives on
	 * for some milliseconds, and PostgreSQL does not start beside it.
	 */
	private void startProcess() throws IOException {
		List<String> command = new ArrayList<>(command());
		command.addAll(this.options);
		for (int attempt = 1;; attempt++) {
			ServerProcess started = ServerProcess.start(command, environment(), this.directory);
			this.process = started;
			if (awaitQuery(started)) {
				return;
			}
			started.kill();
			if (attempt == START_ATTEMPTS) {
				throw new IOException(this.database + " did not start: " + started.log());
			}
			pause();
		}
	}

	private boolean awaitQuery(ServerProcess process) throws IOException {
		long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
		while (process.isAlive() && System.nanoTime() < deadline) {
			if (answers()) {
				return true;
			}
			pause();
		}
		return false;
	}

	private boolean answers() {
		try (Connection connection = this.dialect.administer(this.address)) {
			return connection.isValid(5);
		}
		catch (SQLException ex) {
			return false;
		}
	}

	private static void pause() throws IOException {
		try {
			Thread.sleep(POLL_INTERVAL.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted while the server starts", ex);
		}
	}

}
