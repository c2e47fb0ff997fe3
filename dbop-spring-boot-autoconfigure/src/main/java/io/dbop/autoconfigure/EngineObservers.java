package io.dbop.autoconfigure;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.dbop.execution.DatabaseEngine;

/**
 * Those who want to hear of engines that come and go, once of each. Thread-safe.
 */
class EngineObservers {

	private final List<Consumer<DatabaseEngine>> comings = new CopyOnWriteArrayList<>();

	private final List<Consumer<DatabaseEngine>> goings = new CopyOnWriteArrayList<>();

	private final Set<DatabaseEngine> told = ConcurrentHashMap.newKeySet();

	/** Tells of those there are and those to come. */
	void onEngine(Consumer<DatabaseEngine> observer) {
		this.comings.add(observer);
		this.told.forEach(observer);
	}

	/** Tells of those that go, when their pool is closed. */
	void onGone(Consumer<DatabaseEngine> observer) {
		this.goings.add(observer);
	}

	void came(DatabaseEngine engine) {
		if (this.told.add(engine)) {
			this.comings.forEach((observer) -> observer.accept(engine));
		}
	}

	void went(DatabaseEngine engine) {
		this.told.remove(engine);
		this.goings.forEach((observer) -> observer.accept(engine));
	}

}
