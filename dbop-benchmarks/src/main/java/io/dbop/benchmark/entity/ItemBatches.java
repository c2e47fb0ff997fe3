package io.dbop.benchmark.entity;

import java.util.List;

/**
 * Keeps chunks of items, each as a whole, in a database of its own. Used by one thread.
 */
interface ItemBatches extends AutoCloseable {

	/**
	 * Saves items for the first time, with ids that are made up.
	 * @param items the items, without ids
	 * @throws Exception if they cannot be saved
	 */
	void insert(List<Item> items) throws Exception;

	/**
	 * Saves items that are there.
	 * @param items the items, with their ids
	 * @throws Exception if they cannot be saved
	 */
	void update(List<Item> items) throws Exception;

	/**
	 * Has items that {@link #update} will find.
	 * @param items the items, with their ids
	 * @throws Exception if they cannot be saved
	 */
	void fill(List<Item> items) throws Exception;

	/** Removes all that is there, and the history with it. */
	void clear();

	@Override
	void close();

}
