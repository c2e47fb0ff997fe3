package io.dbop.observation;

import io.dbop.execution.DatabaseEngine;

/** The cache of translated statements. */
final class CacheMeters {

	private CacheMeters() {
	}

	static void bind(MeterGroup database, DatabaseEngine engine) {
		MeterGroup group = database.with("cache", "translations");
		String name = "dbop.cache.gets";
		String description = "Lookups that found an entry, and those that did not";
		group.with("result", "hit").count(name, description, engine, (each) -> each.translations().hits());
		group.with("result", "miss").count(name, description, engine, (each) -> each.translations().misses());
		group.count("dbop.cache.evictions", "Entries that made room for others", engine,
				(each) -> each.translations().evictions());
		group.gauge("dbop.cache.size", "Entries there are, roughly", engine, (each) -> each.translations().size());
	}

}
