package io.dbop.sql;

/**
 * What a cache has done since it was made.
 *
 * @param hits lookups that found an entry
 * @param misses lookups that did not
 * @param evictions entries that had to make room
 * @param size entries at the moment, roughly
 */
public record CacheStatistics(long hits, long misses, long evictions, long size) {

	/** Those of a cache that nobody has used. */
	public static final CacheStatistics NONE = new CacheStatistics(0, 0, 0, 0);

}
