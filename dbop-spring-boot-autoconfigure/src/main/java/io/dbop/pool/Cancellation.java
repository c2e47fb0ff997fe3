package io.dbop.pool;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels one statement until it has come back. A cancel that overtakes its statement on
 * the way to the server does nothing, so it is repeated; one that arrives late would hit
 * the next statement, so that the statement's own thread waits while one is under way.
 */
final class Cancellation implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(Cancellation.class);

	private static final long REPEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

	private static final int MAX_REPEATS = 50;

	private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final @Nullable Statement statement;

	private final DeadlineGuard.Reason reason;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition returned = this.lock.newCondition();

	private boolean over;

	/**
	 * Creates a cancellation.
	 * @param statement what to cancel, {@code null} if that cannot be
	 * @param reason why
	 */
	Cancellation(@Nullable Statement statement, DeadlineGuard.Reason reason) {
		this.statement = statement;
		this.reason = reason;
	}

	DeadlineGuard.Reason reason() {
		return this.reason;
	}

	@Override
	public void run() {
		this.lock.lock();
		try {
			for (int i = 0; i < MAX_REPEATS && !this.over && this.statement != null; i++) {
				this.statement.cancel();
				this.returned.awaitNanos(REPEAT_NANOS);
			}
		}
		catch (SQLException ex) {
			logger.debug("A statement could not be cancelled at its deadline", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Tells that the statement has come back.
	 * @return whether no cancel is under way any more
	 */
	boolean over() {
		boolean interrupted = false;
		long deadline = System.nanoTime() + MAX_WAIT_NANOS;
		try {
			while (true) {
				try {
					if (!this.lock.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
						return false;
					}
					break;
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
			this.over = true;
			this.returned.signalAll();
			this.lock.unlock();
			return true;
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
