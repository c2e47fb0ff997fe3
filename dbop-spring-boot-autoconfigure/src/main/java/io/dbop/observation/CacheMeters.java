package io.dbop.observation;

import java.util.function.Supplier;

import io.dbop.sql.CacheStatistics;

/** The lookups in a cache. */
final class CacheMeters {

	private CacheMeters() {
	}

	static void bind(MeterGroup database, String cache, Supplier<CacheStatistics> statistics) {
		MeterGroup group = database.with("cache", cache);
		String name = "dbop.cache.gets";
		String description = "Lookups that found an entry, and those that did not";
		group.with("result", "hit").count(name, description, statistics, (each) -> each.get().hits());
		group.with("result", "miss").count(name, description, statistics, (each) -> each.get().misses());
		group.count("dbop.cache.evictions", "Entries that made room for others, or were out of date", statistics,
				(each) -> each.get().evictions());
		group.count("dbop.cache.failures", "How often a cache could not be asked or told something", statistics,
				(each) -> each.get().failures());
		group.gauge("dbop.cache.size", "Entries there are, roughly; not a number where the cache does not tell",
				statistics, (each) -> size(each.get().size()));
	}

	private static double size(long size) {
		return (size != CacheStatistics.UNKNOWN) ? size : Double.NaN;
	}

}
