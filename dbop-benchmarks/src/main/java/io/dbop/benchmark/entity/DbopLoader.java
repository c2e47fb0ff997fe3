package io.dbop.benchmark.entity;

import java.util.List;

import io.dbop.test.DatabaseInstance;

/**
 * The repository of an application with dbop, given iterators: it tells no more than how
 * many.
 */
final class DbopLoader implements ItemBatches {

	private final DbopItems items;

	DbopLoader(DatabaseInstance database) {
		this.items = new DbopItems(database);
	}

	@Override
	public void insert(List<Item> chunk) {
		this.items.items().saveAll(chunk.iterator());
	}

	@Override
	public void update(List<Item> chunk) {
		this.items.items().saveAll(chunk.iterator());
	}

	@Override
	public void fill(List<Item> chunk) {
		this.items.items().saveAll(chunk.iterator());
	}

	@Override
	public void clear() {
		this.items.clear();
	}

	@Override
	public void close() {
		this.items.close();
	}

}
