package io.dbop.test;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.dbop.test.wire.FreePort;
import org.jspecify.annotations.Nullable;

/**
 * A real Redis of a test's own, which can crash, hang and come back at the same port.
 * Thread-safe.
 */
public final class RedisServer implements AutoCloseable {

	private static final Duration START_TIMEOUT = Duration.ofSeconds(20);

	private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(1);

	private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);

	private static boolean told;

	private final RedisInstallation installation;

	private final Path directory;

	private final int port = FreePort.find();

	private @Nullable ServerProcess process;

	private RedisServer(RedisInstallation installation) throws IOException {
		this.installation = installation;
		this.directory = Files.createTempDirectory("dbop-redis");
	}

	/**
	 * Whether there is none on this machine, which is then printed once.
	 * @return whether tests with it are to be skipped
	 */
	public static synchronized boolean missing() {
		try {
			RedisInstallation.find();
			return false;
		}
		catch (FileNotFoundException ex) {
			if (!told) {
				told = true;
				System.out.println("Redis: SKIPPED, " + ex.getMessage());
			}
			return true;
		}
	}

	/**
	 * Start a server.
	 * @return an empty one that answers
	 */
	public static RedisServer started() {
		try {
			RedisServer server = new RedisServer(RedisInstallation.find());
			server.start();
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The port on loopback, also while it is down.
	 * @return the port
	 */
	public int port() {
		return this.port;
	}

	/** Start it again, with what it had {@linkplain #save() saved}. */
	public synchronized void start() {
		List<String> command = List.of(this.installation.program().toString(), "--port", Integer.toString(this.port),
				"--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", this.directory.toString());
		try {
			this.process = ServerProcess.start(command, this.installation.environment(),
					Files.createTempDirectory("dbop-redis-log"));
			awaitAnswer(this.process);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void awaitAnswer(ServerProcess started) throws IOException {
		long end = System.nanoTime() + START_TIMEOUT.toNanos();
		while (!answers("+PONG", PING)) {
			if (!started.isAlive() || System.nanoTime() > end) {
				throw new IOException("Redis does not answer: " + started.log());
			}
			Thread.onSpinWait();
		}
	}

	private boolean answers(String expected, byte[] command) {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress("127.0.0.1", this.port), (int) ANSWER_TIMEOUT.toMillis());
			socket.setSoTimeout((int) ANSWER_TIMEOUT.toMillis());
			socket.getOutputStream().write(command);
			InputStream in = socket.getInputStream();
			return new String(in.readNBytes(expected.length()), StandardCharsets.US_ASCII).equals(expected);
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** Have it write what it holds to its disk, to have it again after a restart. */
	public void save() {
		if (!answers("+OK", "SAVE\r\n".getBytes(StandardCharsets.US_ASCII))) {
			throw new IllegalStateException("Redis has not saved");
		}
	}

	/** Kill it. */
	public synchronized void kill() {
		if (this.process != null) {
			this.process.kill();
		}
	}

	/** Stop it where it is, as a machine that hangs: connections stay open. */
	public void freeze() {
		signal("STOP");
	}

	/** Let it go on, with what has arrived meanwhile. */
	public void thaw() {
		signal("CONT");
	}

	private synchronized void signal(String signal) {
		try {
			if (this.process != null) {
				this.process.signal(signal);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public synchronized void close() {
		kill();
	}

}
