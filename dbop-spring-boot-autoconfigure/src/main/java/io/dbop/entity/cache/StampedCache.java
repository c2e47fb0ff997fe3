package io.dbop.entity.cache;

import java.time.Duration;
import java.time.InstantSource;

import org.jspecify.annotations.Nullable;

import org.springframework.cache.Cache;

/**
 * Rows and their {@link Stamp}s in a cache of Spring's. Of that cache it needs what all
 * of them promise: {@code putIfAbsent} and {@code evictIfPresent} are done when they
 * return, and {@code put} at some time. Whatever the cache throws is thrown. Thread-safe.
 */
final class StampedCache {

	private static final String STAMP = "stamp:";

	private static final String ROW = "row:";

	/** Readers may open an id again while it is being closed. */
	private static final int ATTEMPTS = 3;

	private final Cache cache;

	private final Duration maxAge;

	private final InstantSource clock;

	StampedCache(Cache cache, Duration maxAge, InstantSource clock) {
		this.cache = cache;
		this.maxAge = maxAge;
		this.clock = clock;
	}

	/**
	 * The stamp of an id as it is now; there is one afterwards.
	 * @return the stamp, {@code null} while the id is closed
	 */
	@Nullable Stamp stamp(String id) {
		String text = this.cache.get(STAMP + id, String.class);
		Stamp present = (text != null) ? new Stamp(text) : null;
		if (present != null && present.isOver(this.clock.instant())) {
			this.cache.evictIfPresent(STAMP + id);
			present = null;
		}
		if (present == null) {
			present = putIfAbsent(id, Stamp.open());
		}
		return present.isOpen() ? present : null;
	}

	private Stamp putIfAbsent(String id, Stamp stamp) {
		Cache.ValueWrapper present = this.cache.putIfAbsent(STAMP + id, stamp.text());
		return (present != null && present.get() instanceof String text) ? new Stamp(text) : stamp;
	}

	/** The row that is kept under a stamp. */
	@Nullable String row(String id, Stamp stamp) {
		String kept = this.cache.get(ROW + id, String.class);
		return (kept != null && stamp.seals(kept, this.clock.instant(), this.maxAge)) ? stamp.unseal(kept) : null;
	}

	/**
	 * Keeps a row.
	 * @param stamp the one that stood there before the row was read
	 */
	void keep(String id, Stamp stamp, String row) {
		this.cache.put(ROW + id, stamp.seal(row, this.clock.instant()));
	}

	/** What is kept of an id, or will be of what is read now, does not count. */
	void close(String id) {
		Stamp closed = Stamp.closed(this.clock.instant().plus(this.maxAge));
		for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
			this.cache.evictIfPresent(STAMP + id);
			if (!putIfAbsent(id, closed).isOpen()) {
				return;
			}
		}
	}

	/** What is kept of an id does not count; what is read from now on does. */
	void renew(String id) {
		this.cache.evictIfPresent(STAMP + id);
		// It counts no more; whether it goes now or later does not matter.
		this.cache.evict(ROW + id);
	}

	void renewAll() {
		this.cache.invalidate();
	}

	/** Fails if the cache does. */
	void probe() {
		this.cache.get(STAMP);
	}

}
