package io.dbop.replica;

import io.dbop.pool.PoolListener;
import org.jspecify.annotations.Nullable;

/**
 * When each thread has written last, so that it reads what it wrote. Thread-safe.
 */
final class RecentWrites implements PoolListener {

	private final ThreadLocal<@Nullable Long> last = new ThreadLocal<>();

	private final long stickinessNanos;

	RecentWrites(long stickinessNanos) {
		this.stickinessNanos = stickinessNanos;
	}

	@Override
	public void written() {
		this.last.set(System.nanoTime());
	}

	/**
	 * Whether a replica has what the current thread has written lately.
	 * @param replica the replica
	 * @param now the moment
	 */
	boolean seenBy(Replica replica, long now) {
		Long wrote = this.last.get();
		if (wrote == null || replica.knows(wrote)) {
			return true;
		}
		if (now - wrote <= this.stickinessNanos) {
			return false;
		}
		this.last.remove();
		return true;
	}

}
