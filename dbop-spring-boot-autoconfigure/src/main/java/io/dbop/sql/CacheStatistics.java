package io.dbop.sql;

/**
 * What a cache has done since it was made.
 *
 * @param hits lookups that found an entry
 * @param misses lookups that did not
 * @param evictions entries that had to make room
 * @param size entries at the moment, roughly, or {@link #UNKNOWN}
 * @param failures how often it could not be asked or told something
 */
public record CacheStatistics(long hits, long misses, long evictions, long size, long failures) {

	/** The size of a cache that does not tell it. */
	public static final long UNKNOWN = -1;

	/** Those of a cache that nobody has used. */
	public static final CacheStatistics NONE = new CacheStatistics(0, 0, 0, 0);

	/**
	 * Those of a cache that cannot fail.
	 * @param hits lookups that found an entry
	 * @param misses lookups that did not
	 * @param evictions entries that had to make room
	 * @param size entries at the moment, roughly
	 */
	public CacheStatistics(long hits, long misses, long evictions, long size) {
		this(hits, misses, evictions, size, 0);
	}

}
