package io.dbop.circuit;

import java.time.Duration;

/**
 * Where background probes run: waiting is shared, each check has a thread of its own so
 * that a frozen server blocks nobody else's.
 */
interface ProbeThreads {

	/**
	 * Runs a short task later, unless closed by then.
	 * @param delay how much later
	 * @param task the task
	 */
	void later(Duration delay, Runnable task);

	/**
	 * Runs a check at once on a thread of its own.
	 * @param alias the alias that is checked
	 * @param check the check, which may block
	 */
	void start(String alias, Runnable check);

	void close();

}
