package io.dbop.entity.cache;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rows whose last commit here is in doubt, for as long as anybody may have kept them
 * from before. Thread-safe.
 */
final class OpenDoubts {

	private final long maxAgeNanos;

	/** When they began. */
	private final Map<String, Long> begun = new ConcurrentHashMap<>();

	OpenDoubts(Duration maxAge) {
		this.maxAgeNanos = maxAge.toNanos();
	}

	void begin(String id) {
		long now = System.nanoTime();
		this.begun.values().removeIf((since) -> isOver(since, now));
		this.begun.put(id, now);
	}

	void end(String id) {
		this.begun.remove(id);
	}

	boolean isOpen(String id) {
		Long since = this.begun.get(id);
		return since != null && !isOver(since, System.nanoTime());
	}

	private boolean isOver(long since, long now) {
		return now - since > this.maxAgeNanos;
	}

}
