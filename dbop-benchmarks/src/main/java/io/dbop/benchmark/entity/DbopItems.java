package io.dbop.benchmark.entity;

import java.util.List;

import io.dbop.test.DatabaseInstance;

/** The repository of an application with dbop. */
final class DbopItems implements ItemKeeper, ItemBatches {

	private final DatabaseInstance database;

	private final DbopApplication application;

	private final Items items;

	DbopItems(DatabaseInstance database) {
		this.database = database;
		this.application = new DbopApplication(database);
		this.items = this.application.items();
	}

	Items items() {
		return this.items;
	}

	@Override
	public void save(Item item) {
		this.items.save(item);
	}

	@Override
	public void insert(List<Item> chunk) {
		this.items.saveAll(chunk);
	}

	@Override
	public void update(List<Item> chunk) {
		this.items.saveAll(chunk);
	}

	@Override
	public void fill(List<Item> chunk) {
		this.items.saveAll(chunk);
	}

	@Override
	public void clear() {
		Pools.execute(this.database.dataSource(), ItemTables.clear(this.database.database()));
	}

	@Override
	public void close() {
		this.application.close();
	}

}
