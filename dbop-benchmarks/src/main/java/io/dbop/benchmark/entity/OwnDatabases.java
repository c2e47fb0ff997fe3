package io.dbop.benchmark.entity;

import java.util.ArrayDeque;
import java.util.Deque;

import io.dbop.test.DatabaseInstance;

/** Gives each contender a database of its own on the same server. */
final class OwnDatabases implements AutoCloseable {

	private final Supply supply;

	private final Deque<AutoCloseable> open = new ArrayDeque<>();

	OwnDatabases(Supply supply) {
		this.supply = supply;
	}

	/** One that is closed with this. */
	DatabaseInstance fresh() throws Exception {
		DatabaseInstance database = this.supply.fresh();
		this.open.push(database);
		return database;
	}

	/** Somebody with a database, both closed with this. */
	<T extends AutoCloseable> T open(Maker<T> maker) throws Exception {
		T made = maker.on(fresh());
		this.open.push(made);
		return made;
	}

	@Override
	public void close() throws Exception {
		while (!this.open.isEmpty()) {
			this.open.pop().close();
		}
	}

	/** Where the databases come from. */
	@FunctionalInterface
	interface Supply {

		DatabaseInstance fresh() throws Exception;

	}

	/**
	 * Makes a contender.
	 *
	 * @param <T> what it is
	 */
	@FunctionalInterface
	interface Maker<T> {

		T on(DatabaseInstance database) throws Exception;

	}

}
