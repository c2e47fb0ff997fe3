package io.dbop.test;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * The nodes of the cluster that the tests run on, as the script has them that started
 * them. They are numbered from 1.
 */
public final class Cluster {

	private static final int START_ATTEMPTS = 5;

	/**
	 * Or a MySQL server that is started takes writes, before it has joined its group,
	 * that are lost.
	 */
	private static final Map<String, String> ENVIRONMENT = Map.of("MYSQL_ARGS", "--super-read-only=ON");

	private final ServiceScript script = ServiceScript.at(Path.of(Objects.requireNonNull(TestSetting.CLUSTER.value())),
			ENVIRONMENT);

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
		this.script.run(verb, Integer.toString(node));
	}

}
