package io.dbop.pool;

import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * Ends from outside what a thread is doing: the statement that runs is cancelled on the
 * server, nothing more is sent, and waits are cut short. A commit is not, once it was
 * begun. Thread-safe.
 */
public final class CancelSignal {

	private final ReentrantLock lock = new ReentrantLock();

	private volatile boolean cancelled;

	private volatile @Nullable DeadlineGuard running;

	private @Nullable Thread worker;

	/**
	 * The ledger of a thread, all of whose work this signal cancels.
	 * @param operation the name of the work
	 * @return a new ledger
	 */
	public AttemptLedger ledger(String operation) {
		return new CancellableLedger(operation, this);
	}

	/**
	 * Runs work on the current thread, unless it has been cancelled already. What the
	 * cancel leaves of an interrupt is cleared.
	 * @param work the work
	 * @return whether it was run
	 */
	public boolean run(Runnable work) {
		this.lock.lock();
		try {
			if (this.cancelled) {
				return false;
			}
			this.worker = Thread.currentThread();
		}
		finally {
			this.lock.unlock();
		}
		try {
			work.run();
			return true;
		}
		finally {
			leave();
		}
	}

	/** From here on nobody interrupts the thread, which may have other work to do. */
	private void leave() {
		this.lock.lock();
		try {
			this.worker = null;
			if (this.cancelled) {
				Thread.interrupted();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Ends the work. Does not wait for it, and has no effect when the work is done.
	 * Idempotent.
	 */
	public void cancel() {
		this.cancelled = true;
		DeadlineGuard guard = this.running;
		if (guard != null && guard.strike()) {
			return;
		}
		this.lock.lock();
		try {
			if (this.worker != null) {
				this.worker.interrupt();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Whether the work was cancelled.
	 * @return whether {@link #cancel()} was called
	 */
	public boolean cancelled() {
		return this.cancelled;
	}

	/** Something is about to be sent: who cancels from now on, strikes it. */
	void begun(DeadlineGuard guard) {
		this.running = guard;
		if (this.cancelled) {
			guard.strike();
		}
	}

}
