package io.dbop.pool;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Why there is no connection: who has them all, and who waits for a second one.
 */
final class Explanation {

	private static final int SHOWN = 5;

	private final String alias;

	private final Duration waited;

	private final PoolStatus status;

	private final List<Holder> holders;

	Explanation(String alias, long waitedNanos, PoolStatus status, List<Holder> holders) {
		this.alias = alias;
		this.waited = Duration.ofNanos(waitedNanos);
		this.status = status;
		this.holders = holders;
	}

	/**
	 * The caller ran out of time.
	 * @param byDeadline whether that was the time of its attempt
	 * @param cause what the pool says, if it was asked
	 * @param refused whether the server has no connection to spare
	 */
	SQLException timeout(boolean byDeadline, @Nullable SQLException cause, boolean refused) {
		boolean unreachable = cause != null && (cause.getNextException() != null || none()) && !full();
		String what = unreachable ? "No connection to database '%s' could be opened within %d ms%s."
				: "No connection of database '%s' became free within %d ms%s.";
		String message = what.formatted(this.alias, this.waited.toMillis(),
				byDeadline ? ", when the time of the attempt was over" : "");
		return new AcquisitionTimeoutException(this.alias, this.waited, message + " Nothing was sent. " + state(),
				!unreachable || refused, cause);
	}

	/**
	 * The time of the caller's attempt was over before it asked for a connection.
	 */
	SQLException tooLate() {
		return new AcquisitionTimeoutException(this.alias, this.waited,
				"The time of the attempt was over when it asked for a connection of database '%s'. Nothing was sent. "
					.formatted(this.alias) + state(),
				false, null);
	}

	/**
	 * Nobody can go on.
	 */
	SQLException deadlock() {
		return new PoolDeadlockException(this.alias,
				"Everyone who holds a connection of database '%s' waits for a second one. ".formatted(this.alias)
						+ "Nothing was sent. " + state()
						+ " This is not retried: give back the first connection before taking another (take part in its"
						+ " transaction, not in a new one), or make the pool larger than the number of threads that nest"
						+ " them.");
	}

	/**
	 * Of a server that does not answer the pool has nothing to tell but that time ran
	 * out.
	 */
	private boolean none() {
		return this.status.total() != null && this.status.total() == 0;
	}

	private boolean full() {
		return this.status.max() != null && this.status.active() >= this.status.max();
	}

	private String state() {
		StringBuilder text = new StringBuilder("The pool has %d connections in use, %s idle, %d callers waiting, of %s."
			.formatted(this.status.active(), this.status.idle(), this.status.waiting(), this.status.max()));
		if (!this.holders.isEmpty()) {
			text.append(" Held the longest by: ")
				.append(this.holders.stream().limit(SHOWN).map(Holder::toString).collect(Collectors.joining("; ")))
				.append('.');
		}
		return text.toString();
	}

}
