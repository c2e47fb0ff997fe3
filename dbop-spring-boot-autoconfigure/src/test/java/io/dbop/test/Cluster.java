package io.dbop.test;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.springframework.util.Assert;

/**
 * The nodes of the cluster that the tests run on, as the script has them that started
 * them. They are numbered from 1.
 */
public final class Cluster {

	private static final long SECONDS = 120;

	private static final int START_ATTEMPTS = 5;

	private final String script = Objects.requireNonNull(TestSetting.CLUSTER.value());

	/** How many nodes there are. */
	public int size() {
		return 3;
	}

	/** Kills a node with SIGKILL. */
	public void kill(int node) {
		run("kill", node);
	}

	/** Starts a node, if it does not run, and waits until it has caught up. */
	public void start(int node) {
		for (int attempt = 1;; attempt++) {
			try {
				run("start", node);
				return;
			}
			catch (IllegalStateException ex) {
				// It may still be leaving the group that it is to join.
				if (attempt == START_ATTEMPTS) {
					throw ex;
				}
			}
		}
	}

	/** Stops a node where it is, as a machine that hangs. */
	public void freeze(int node) {
		run("freeze", node);
	}

	/** Lets a frozen node go on. */
	public void thaw(int node) {
		run("thaw", node);
	}

	private void run(String verb, int node) {
		File log = new File(System.getProperty("java.io.tmpdir"), "dbop-cluster.log");
		try {
			ProcessBuilder command = new ProcessBuilder(this.script, verb, Integer.toString(node))
				.redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(log));
			// Or a MySQL server that is started takes writes, before it has joined its
			// group, that are lost.
			command.environment().put("MYSQL_ARGS", "--super-read-only=ON");
			Process process = command.start();
			boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
			Assert.state(ended && process.exitValue() == 0, () -> "%s %d failed: %s".formatted(verb, node, log));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
