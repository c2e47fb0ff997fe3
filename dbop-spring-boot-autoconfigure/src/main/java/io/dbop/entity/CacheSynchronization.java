package io.dbop.entity;

import java.util.List;

import io.dbop.entity.cache.RowCache;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.support.TransactionSynchronization;

/**
 * Tells a cache of the commit of a transaction of the caller. Those of the same entities
 * are equal, and one of them is enough. Not thread-safe.
 */
final class CacheSynchronization implements TransactionSynchronization {

	private final RowCache cache;

	private final List<String> ids;

	/** When the commit began, 0 if it has not. */
	private long begun;

	CacheSynchronization(RowCache cache, List<String> ids) {
		this.cache = cache;
		this.ids = ids;
	}

	@Override
	public void beforeCommit(boolean readOnly) {
		this.begun = this.cache.changing(this.ids);
	}

	@Override
	public void afterCompletion(int status) {
		if (status == STATUS_UNKNOWN) {
			this.cache.doubted(this.ids);
		}
		else if (status == STATUS_COMMITTED) {
			this.cache.changed(this.ids, this.begun);
		}
		else if (this.begun != 0) {
			this.cache.unchanged(this.ids);
		}
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof CacheSynchronization that && that.cache == this.cache && that.ids.equals(this.ids);
	}

	@Override
	public int hashCode() {
		return this.ids.hashCode();
	}

}
