package io.dbop.replica;

import org.jspecify.annotations.Nullable;

/**
 * When each thread has written last, so that it reads what it wrote. Thread-safe.
 */
final class RecentWrites {

	private final ThreadLocal<@Nullable Long> last = new ThreadLocal<>();

	private final long stickinessNanos;

	RecentWrites(long stickinessNanos) {
		this.stickinessNanos = stickinessNanos;
	}

	/** The current thread has committed something. */
	void note() {
		this.last.set(System.nanoTime());
	}

	/**
	 * The moment up to which a replica must have come for the current thread.
	 * @param asOf up to which it must have come for anybody
	 * @param now the moment
	 */
	long asOf(long asOf, long now) {
		Long wrote = this.last.get();
		if (wrote == null) {
			return asOf;
		}
		if (now - wrote > this.stickinessNanos) {
			this.last.remove();
			return asOf;
		}
		return (wrote - asOf > 0) ? wrote : asOf;
	}

}
