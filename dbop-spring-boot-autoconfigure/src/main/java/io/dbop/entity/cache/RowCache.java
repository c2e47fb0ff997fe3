package io.dbop.entity.cache;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.dbop.sql.CacheStatistics;
import org.jspecify.annotations.Nullable;

import org.springframework.cache.Cache;

/**
 * The rows of an entity in a cache that may be shared with others, and may be away. What
 * is found in it was not older, when it was looked for, than what everybody had been told
 * of who writes through this class. A cache that fails costs time, and is left alone
 * until it answers and knows of all that was committed meanwhile. Thread-safe.
 */
public final class RowCache {

	private final StampedCache rows;

	private final CacheTrust trust;

	private final OpenDoubts doubts;

	private final LongAdder hits = new LongAdder();

	private final LongAdder misses = new LongAdder();

	private final LongAdder evictions = new LongAdder();

	/**
	 * Keeps rows in a cache.
	 * @param title what it holds, as it stands in logs
	 * @param cache the cache, of which nobody else uses the same keys
	 * @param maxAge how long a row counts at most
	 * @param ended tells when nobody needs it any more
	 */
	public RowCache(String title, Cache cache, Duration maxAge, BooleanSupplier ended) {
		this.rows = new StampedCache(cache, maxAge, InstantSource.system());
		this.trust = new CacheTrust(title, this.rows, ended);
		this.doubts = new OpenDoubts(maxAge);
	}

	/**
	 * Looks for a row here, and reads it where it is not. Not within a transaction, which
	 * may see more, or less, than others do.
	 * @param id the id of the row
	 * @param codec how the row is kept
	 * @param source reads the row, committed and as it is now
	 * @param <T> the row
	 * @return the row, empty if there is none
	 */
	public <T> Optional<T> get(String id, RowCodec<T> codec, Supplier<Optional<T>> source) {
		Stamp stamp = this.trust.ask(() -> this.rows.stamp(id));
		if (stamp != null) {
			String kept = this.trust.ask(() -> this.rows.row(id, stamp));
			T found = (kept != null) ? codec.decode(kept) : null;
			if (found != null) {
				this.hits.increment();
				return Optional.of(found);
			}
		}
		this.misses.increment();
		Optional<T> read = source.get();
		String text = read.map(codec::encode).orElse(null);
		if (stamp != null && text != null) {
			this.trust.tell(() -> this.rows.keep(id, stamp, text));
		}
		return read;
	}

	/**
	 * A commit may follow: until its outcome is told, these rows are read from the
	 * database by everybody.
	 * @param ids the ids of the rows
	 * @return the moment, by which its outcome is told
	 */
	public long changing(Collection<String> ids) {
		long moment = this.doubts.moment();
		for (String id : ids) {
			this.trust.tell(() -> this.rows.close(id));
		}
		return moment;
	}

	/**
	 * The commit has been done. What was in doubt before it began is so no more.
	 * @param ids the ids of the rows
	 * @param moment when it began, as {@link #changing} said
	 */
	public void changed(Collection<String> ids, long moment) {
		for (String id : ids) {
			this.doubts.end(id, moment);
		}
		unchanged(ids);
	}

	/**
	 * There was no commit, nor will there be one. It says nothing of others that are in
	 * doubt.
	 * @param ids the ids of the rows
	 */
	public void unchanged(Collection<String> ids) {
		for (String id : ids) {
			this.evictions.increment();
			if (this.doubts.isOpen(id)) {
				this.trust.close(id);
			}
			else {
				this.trust.renew(id);
			}
		}
	}

	/**
	 * Nobody knows whether the commit has been done, or is yet to be.
	 * @param ids the ids of the rows
	 */
	public void doubted(Collection<String> ids) {
		this.doubts.begin(ids);
		for (String id : ids) {
			this.evictions.increment();
			this.trust.close(id);
		}
	}

	/**
	 * What it has done so far.
	 * @return the figures; how many rows there are the cache does not tell
	 */
	public CacheStatistics statistics() {
		return new CacheStatistics(this.hits.sum(), this.misses.sum(), this.evictions.sum(), CacheStatistics.UNKNOWN,
				this.trust.failures());
	}

}
