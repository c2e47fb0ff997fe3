package io.dbop.benchmark.entity;

/**
 * Keeps items in a database of its own, each in its own way. Used by one thread.
 */
interface ItemKeeper extends AutoCloseable {

	/**
	 * Saves an item that may be there already.
	 * @param item the item, with its id
	 * @throws Exception if it cannot be saved
	 */
	void save(Item item) throws Exception;

	@Override
	void close();

}
