package io.dbop.benchmark.entity;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import io.dbop.entity.EntityOperations;
import io.dbop.test.DatabaseInstance;

/** dbop without a class: items are maps. */
final class DbopMaps implements ItemKeeper {

	private final DbopApplication application;

	private final EntityOperations entities;

	DbopMaps(DatabaseInstance database) {
		this.application = new DbopApplication(database);
		this.entities = this.application.database().entities();
	}

	@Override
	public void save(Item item) {
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("name", item.name());
		fields.put("status", item.status());
		fields.put("quantity", item.quantity());
		fields.put("price", item.price());
		fields.put("active", item.active());
		fields.put("due", item.due());
		this.entities.save("items", Objects.requireNonNull(item.id()), fields);
	}

	@Override
	public void close() {
		this.application.close();
	}

}
