package io.dbop.entity.cache;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * The rows of which it is not known here whether a commit is yet to come, for as long as
 * anybody may have kept them from before. Thread-safe.
 */
final class OpenDoubts {

	/** If there are more, all rows are in doubt. */
	private static final int MOST = 10_000;

	private final long maxAgeNanos;

	private final AtomicLong moments = new AtomicLong();

	private final Map<String, Doubt> doubts = new ConcurrentHashMap<>();

	private volatile @Nullable Doubt ofAll;

	OpenDoubts(Duration maxAge) {
		this.maxAgeNanos = maxAge.toNanos();
	}

	/** What lies between others, for whoever compares when something began. */
	long moment() {
		return this.moments.incrementAndGet();
	}

	void begin(Collection<String> ids) {
		Doubt doubt = new Doubt(moment(), System.nanoTime());
		if (this.doubts.size() + ids.size() > MOST) {
			this.doubts.values().removeIf(this::isOver);
		}
		if (this.doubts.size() + ids.size() > MOST) {
			this.ofAll = doubt;
			this.doubts.clear();
			return;
		}
		ids.forEach((id) -> this.doubts.put(id, doubt));
	}

	/** Ends a doubt that was there before a moment. */
	void end(String id, long before) {
		this.doubts.computeIfPresent(id, (key, doubt) -> (doubt.moment() < before) ? null : doubt);
	}

	boolean isOpen(String id) {
		Doubt doubt = this.doubts.get(id);
		Doubt all = this.ofAll;
		return (doubt != null && !isOver(doubt)) || (all != null && !isOver(all));
	}

	private boolean isOver(Doubt doubt) {
		return System.nanoTime() - doubt.since() > this.maxAgeNanos;
	}

	private record Doubt(long moment, long since) {
	}

}
