package io.dbop.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.opentest4j.TestAbortedException;

/**
 * A script that runs a cluster of servers on this machine. They are looked for in the
 * directory {@code DBOP_TEST_SERVICES}, by default {@code shared/services} beside the
 * project. Not thread-safe.
 */
public final class ServiceScript {

	private static final Log logger = LogFactory.getLog(ServiceScript.class);

	/** Seen from a module, and from the project. */
	private static final List<Path> DEFAULTS = List.of(Path.of("..", "..", "shared", "services"),
			Path.of("..", "shared", "services"));

	private static final Duration LIMIT = Duration.ofMinutes(3);

	/** Servers may have to be fetched first. */
	private static final Duration INSTALL_LIMIT = Duration.ofMinutes(10);

	private final Path script;

	private final Map<String, String> environment;

	private ServiceScript(Path script, Map<String, String> environment) {
		this.script = script;
		this.environment = environment;
	}

	/**
	 * Find a script, and what it runs.
	 * @param name the name of its file
	 * @param environment what it is told in addition to the environment of this process
	 * @return the script
	 * @throws TestAbortedException if this machine does not have it
	 */
	public static ServiceScript find(String name, Map<String, String> environment) {
		Path script = directory().resolve(name).toAbsolutePath().normalize();
		if (!Files.isExecutable(script)) {
			throw skipped(
					"no %s in %s (%s)".formatted(name, script.getParent(), TestSetting.SERVICES.environmentVariable()));
		}
		ServiceScript found = new ServiceScript(script, environment);
		try {
			found.run(INSTALL_LIMIT, "install");
		}
		catch (IllegalStateException ex) {
			throw skipped("what %s runs cannot be had: %s".formatted(name, ex.getMessage()));
		}
		return found;
	}

	private static TestAbortedException skipped(String why) {
		logger.info("skipped: " + why);
		return new TestAbortedException(why);
	}

	private static Path directory() {
		String services = TestSetting.SERVICES.value();
		return (services != null) ? Path.of(services)
				: DEFAULTS.stream().filter(Files::isDirectory).findFirst().orElse(DEFAULTS.get(0));
	}

	/**
	 * A script that is known to be there.
	 * @param script its file
	 * @param environment what it is told in addition to the environment of this process
	 * @return the script
	 */
	static ServiceScript at(Path script, Map<String, String> environment) {
		return new ServiceScript(script.toAbsolutePath(), environment);
	}

	/**
	 * Run the script to its end.
	 * @param arguments its arguments
	 * @throws IllegalStateException if it fails
	 */
	public void run(String... arguments) {
		run(LIMIT, arguments);
	}

	private void run(Duration limit, String... arguments) {
		List<String> command = new ArrayList<>(List.of(this.script.toString()));
		command.addAll(List.of(arguments));
		try {
			Path output = Files.createTempFile("dbop-service", ".log");
			ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(output.toFile());
			builder.environment().putAll(this.environment);
			Process process = builder.start();
			boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
			String told = Files.readString(output);
			Files.delete(output);
			if (!ended || process.exitValue() != 0) {
				process.destroy();
				throw new IllegalStateException(command + " failed: " + told);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while " + command + " ran", ex);
		}
	}

}
