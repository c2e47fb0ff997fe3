package io.dbop.replica;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The replicas of all databases. Thread-safe.
 */
public final class Replicas {

	private final Map<String, ReplicaSet> sets = new ConcurrentHashMap<>();

	private final List<Consumer<ReplicaSet>> observers = new CopyOnWriteArrayList<>();

	/**
	 * Adds those of a database.
	 * @param set its replicas
	 */
	public void add(ReplicaSet set) {
		this.sets.put(set.alias(), set);
		this.observers.forEach((observer) -> observer.accept(set));
	}

	/**
	 * Tells of the replicas of each database, those there are and those to come.
	 * @param observer told once of each
	 */
	public void onSet(Consumer<ReplicaSet> observer) {
		this.observers.add(observer);
		this.sets.values().forEach(observer);
	}

	/**
	 * The replicas of a database.
	 * @param alias the alias of the database
	 * @return the replicas, none if it has none
	 */
	public List<Replica> of(String alias) {
		ReplicaSet set = this.sets.get(alias);
		return (set != null) ? set.replicas() : List.of();
	}

}
