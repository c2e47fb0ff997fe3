package io.dbop.pool;

import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

import io.dbop.pool.Gate.Admission;
import org.jspecify.annotations.Nullable;

/**
 * A thread that waits at a {@link Gate}, until it is answered by another.
 */
final class GateWaiter {

	private final Thread thread;

	private final boolean nested;

	private final long since = System.nanoTime();

	private volatile @Nullable Admission admission;

	GateWaiter(Thread thread, boolean nested) {
		this.thread = thread;
		this.nested = nested;
	}

	Thread thread() {
		return this.thread;
	}

	/**
	 * Whether the thread holds a connection already.
	 */
	boolean nested() {
		return this.nested;
	}

	/**
	 * When it began to wait.
	 */
	long since() {
		return this.since;
	}

	boolean answered() {
		return this.admission != null;
	}

	Admission admission() {
		return Objects.requireNonNull(this.admission);
	}

	void answer(Admission answer) {
		this.admission = answer;
		LockSupport.unpark(this.thread);
	}

}
