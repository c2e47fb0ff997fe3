package io.dbop.entity;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Whatever is made of something that does not change, kept by what it is made for.
 * Thread-safe.
 */
final class MadeOnce {

	private final int most;

	private final Map<Object, Object> kept = new ConcurrentHashMap<>();

	/** With room for so many. */
	MadeOnce(int most) {
		this.most = most;
	}

	/** What is made for a key. Beyond some number it is made each time. */
	@SuppressWarnings("unchecked")
	<K, T> T get(K key, Function<K, T> make) {
		Object known = this.kept.get(key);
		if (known == null) {
			known = make.apply(key);
			if (this.kept.size() < this.most) {
				this.kept.put(key, known);
			}
		}
		return (T) known;
	}

}
