package io.dbop.benchmark.pool;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.springframework.core.task.SimpleAsyncTaskExecutor;

/** What callers run on. */
enum Threads {

	PLATFORM, VIRTUAL;

	private static final int VIRTUAL_SINCE = 21;

	/** Those that this virtual machine has. */
	static List<Threads> available() {
		return Arrays.stream(values())
			.filter((each) -> each == PLATFORM || Runtime.version().feature() >= VIRTUAL_SINCE)
			.toList();
	}

	/**
	 * Makes an executor with a thread for each task, which waits for all of them when it
	 * is closed.
	 */
	SimpleAsyncTaskExecutor executor() {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("caller-");
		executor.setVirtualThreads(this == VIRTUAL);
		executor.setTaskTerminationTimeout(Long.MAX_VALUE);
		return executor;
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
