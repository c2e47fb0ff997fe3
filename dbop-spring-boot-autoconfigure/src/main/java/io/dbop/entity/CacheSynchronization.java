package io.dbop.entity;

import java.util.List;

import io.dbop.entity.cache.RowCache;

import org.springframework.transaction.support.TransactionSynchronization;

/**
 * Tells a cache of the commit of a transaction of the caller. Those of the same entities
 * are equal, and one of them is enough.
 *
 * @param cache the cache
 * @param ids the ids of what was changed
 */
record CacheSynchronization(RowCache cache, List<String> ids) implements TransactionSynchronization {

	@Override
	public void beforeCommit(boolean readOnly) {
		this.cache.changing(this.ids);
	}

	@Override
	public void afterCompletion(int status) {
		if (status == STATUS_UNKNOWN) {
			this.cache.doubted(this.ids);
		}
		else {
			this.cache.changed(this.ids);
		}
	}

}
