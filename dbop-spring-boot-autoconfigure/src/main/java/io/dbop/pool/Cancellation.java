package io.dbop.pool;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.dbop.dialect.Dialect;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels one statement until it has come back. A cancel that overtakes its statement on
 * the way to the server does nothing, so it is repeated; one that arrives late would hit
 * the next statement, so that the statement's own thread waits while one is under way.
 * Should the server not answer, the connection is severed a little later.
 */
final class Cancellation implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(Cancellation.class);

	private static final long REPEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

	private static final int MAX_REPEATS = 50;

	/** For a cancel under way that only has to be tidied up. */
	private static final long MIN_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

	private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final @Nullable Statement statement;

	private final Dialect dialect;

	private final DeadlineGuard.Reason reason;

	private final long severAt;

	private final AtomicBoolean severed = new AtomicBoolean();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition returned = this.lock.newCondition();

	private volatile boolean over;

	/**
	 * Creates a cancellation.
	 * @param statement what to cancel, {@code null} if that cannot be
	 * @param dialect knows how
	 * @param reason why
	 * @param severAt when the connection is to be broken, should the statement not have
	 * come back
	 */
	Cancellation(@Nullable Statement statement, Dialect dialect, DeadlineGuard.Reason reason, long severAt) {
		this.statement = statement;
		this.dialect = dialect;
		this.reason = reason;
		this.severAt = severAt;
	}

	DeadlineGuard.Reason reason() {
		return this.reason;
	}

	/**
	 * When there is something more to be done.
	 * @param never if there is not
	 */
	long dueAt(long never) {
		return this.severed.get() ? never : this.severAt;
	}

	/**
	 * Whether the connection is to be broken now: said once.
	 */
	boolean toSever(long now) {
		return this.severAt - now <= 0 && this.severed.compareAndSet(false, true);
	}

	@Override
	public void run() {
		this.lock.lock();
		try {
			for (int i = 0; i < MAX_REPEATS && !this.over && this.statement != null; i++) {
				cancel(this.statement);
				this.returned.awaitNanos(REPEAT_NANOS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void cancel(Statement statement) {
		try {
			this.dialect.cancel(statement);
		}
		catch (SQLException | RuntimeException ex) {
			// MySQL's driver follows null if the statement is closed meanwhile.
			logger.debug("A statement could not be cancelled at its deadline", ex);
		}
	}

	/**
	 * Tells that the statement has come back.
	 * @return whether nothing is under way any more: no cancel, and nobody who has been
	 * told to break the connection
	 */
	boolean over() {
		this.over = true;
		boolean whole = this.severed.compareAndSet(false, true);
		boolean interrupted = false;
		long now = System.nanoTime();
		long deadline = now + Math.max(MIN_WAIT_NANOS, Math.min(MAX_WAIT_NANOS, this.severAt - now));
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
			this.returned.signalAll();
			this.lock.unlock();
			return whole;
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
