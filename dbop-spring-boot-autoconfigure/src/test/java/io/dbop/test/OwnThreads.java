package io.dbop.test;

import java.util.concurrent.Executor;

/**
 * A thread for each task. The common pool, where tasks run unless told otherwise, has a
 * single thread on a machine with two processors (from Java 25 on): tasks that wait for
 * one another never end there.
 */
public final class OwnThreads {

	/** Begins each task at once. */
	public static final Executor EACH = (task) -> {
		Thread thread = new Thread(task, "own");
		thread.setDaemon(true);
		thread.start();
	};

	private OwnThreads() {
	}

}
