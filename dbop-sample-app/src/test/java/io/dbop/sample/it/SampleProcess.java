package io.dbop.sample.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;

import org.springframework.util.Assert;

/**
 * The packaged sample in a process of its own.
 */
final class SampleProcess implements AutoCloseable {

	private static final Pattern STARTED = Pattern.compile("started on port (\\d+).*Started SampleApplication",
			Pattern.DOTALL);

	private final Process process;

	private final Path log;

	private final SampleClient client;

	private SampleProcess(Process process, Path log) {
		this.process = process;
		this.log = log;
		Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
		this.client = new SampleClient(awaitPort());
	}

	/**
	 * Starts the sample and waits until it serves.
	 * @param data where its SQLite files are
	 * @param arguments further arguments
	 * @return the running sample
	 */
	static SampleProcess start(Path data, List<String> arguments) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
						// It lives for seconds, in which optimizing costs more than it
						// brings.
						"-XX:TieredStopAtLevel=1", "-jar", System.getProperty("sample.jar"), "--server.port=0",
						"--sample.data=" + data, "--sample.report-interval=1h"));
		command.addAll(arguments);
		try {
			Path log = Files.createTempFile(Path.of(System.getProperty("sample.jar")).getParent(), "sample-", ".log");
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(log.toFile())
				.start();
			return new SampleProcess(process, log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	SampleClient client() {
		return this.client;
	}

	String log() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Stops the sample as a user does, and waits until it is gone.
	 */
	@Override
	public void close() {
		this.process.destroy();
		this.process.onExit().join();
	}

	/**
	 * Kills the sample as a power failure would.
	 */
	void kill() {
		this.process.destroyForcibly();
		this.process.onExit().join();
	}

	private int awaitPort() {
		return Awaitility.await().atMost(Duration.ofMinutes(2)).until(this::port, (port) -> port > 0);
	}

	private int port() {
		String log = log();
		Assert.state(this.process.isAlive(), () -> "The sample did not start:\n" + log);
		Matcher started = STARTED.matcher(log);
		return started.find() ? Integer.parseInt(started.group(1)) : 0;
	}

}
