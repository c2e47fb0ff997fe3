package io.dbop.entity;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.cache.Cache;

/** A cache that tells of what is done to it before it does it, and may fail then. */
final class ObservedCache implements Cache {

	private final Cache target;

	final List<String> operations = new CopyOnWriteArrayList<>();

	/** Told of each operation and its key, as {@code put row:1}. */
	volatile Consumer<String> before = (operation) -> {
	};

	ObservedCache(Cache target) {
		this.target = target;
	}

	private void observe(String operation, @Nullable Object key) {
		String text = operation + " " + key;
		this.operations.add(text);
		this.before.accept(text);
	}

	@Override
	public String getName() {
		return this.target.getName();
	}

	@Override
	public Object getNativeCache() {
		return this.target.getNativeCache();
	}

	@Override
	public @Nullable ValueWrapper get(Object key) {
		observe("get", key);
		return this.target.get(key);
	}

	@Override
	public <T> @Nullable T get(Object key, @Nullable Class<T> type) {
		observe("get", key);
		return this.target.get(key, type);
	}

	@Override
	public <T> @Nullable T get(Object key, Callable<T> loader) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void put(Object key, @Nullable Object value) {
		observe("put", key);
		this.target.put(key, value);
	}

	@Override
	public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
		observe("putIfAbsent", key);
		return this.target.putIfAbsent(key, value);
	}

	@Override
	public void evict(Object key) {
		observe("evict", key);
		this.target.evict(key);
	}

	@Override
	public boolean evictIfPresent(Object key) {
		observe("evictIfPresent", key);
		return this.target.evictIfPresent(key);
	}

	@Override
	public void clear() {
		observe("clear", null);
		this.target.clear();
	}

	@Override
	public boolean invalidate() {
		observe("invalidate", null);
		return this.target.invalidate();
	}

}
