package io.dbop.execution;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import io.dbop.sql.CacheStatistics;

/**
 * What is known of the caches of a database, by their names. Thread-safe.
 */
public final class Caches {

	private final Map<String, Supplier<CacheStatistics>> caches = new ConcurrentHashMap<>();

	private final List<BiConsumer<String, Supplier<CacheStatistics>>> observers = new CopyOnWriteArrayList<>();

	Caches() {
	}

	/**
	 * Makes a cache known. If there is one of the name already, that stays.
	 * @param name its name: one of a few
	 * @param statistics what it has done so far
	 */
	public void add(String name, Supplier<CacheStatistics> statistics) {
		if (this.caches.putIfAbsent(name, statistics) == null) {
			this.observers.forEach((observer) -> observer.accept(name, statistics));
		}
	}

	/**
	 * What each cache has done so far.
	 * @return the figures of now, by the names of the caches
	 */
	public Map<String, CacheStatistics> statistics() {
		Map<String, CacheStatistics> all = new TreeMap<>();
		this.caches.forEach((name, statistics) -> all.put(name, statistics.get()));
		return all;
	}

	/**
	 * Tells of every cache, those there are and those to come.
	 * @param observer told of each; of one that comes in this moment perhaps twice
	 */
	public void onCache(BiConsumer<String, Supplier<CacheStatistics>> observer) {
		this.observers.add(observer);
		this.caches.forEach(observer);
	}

}
