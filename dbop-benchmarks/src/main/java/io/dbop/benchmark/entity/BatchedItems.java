package io.dbop.benchmark.entity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import com.zaxxer.hikari.HikariDataSource;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.TestDatabase;

/**
 * Batches by hand, two in a transaction: one for the items and one for the history.
 */
final class BatchedItems implements ItemBatches {

	private static final String INSERT = "INSERT INTO %s (id, created_at, created_by, updated_at, updated_by, comment, name, status, quantity, price, active, due, version, operation) "
			+ "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 'CREATE')";

	private static final String UPDATE = "UPDATE items SET operation = CASE WHEN deleted_at IS NULL THEN 'UPDATE' ELSE 'RESTORE' END, "
			+ "version = version + 1, deleted_at = NULL, updated_at = ?, updated_by = ?, comment = ?, name = ?, status = ?, "
			+ "quantity = ?, price = ?, active = ?, due = ? WHERE id = ?";

	private final HikariDataSource pool;

	private final TestDatabase kind;

	private final ItemParameters parameters;

	BatchedItems(DatabaseInstance database) {
		this.kind = database.database();
		this.pool = Pools.open(database, false);
		this.parameters = new ItemParameters(this.kind);
		Pools.execute(this.pool, ItemTables.create(this.kind));
	}

	@Override
	public void insert(List<Item> items) throws SQLException {
		insert(items, items.stream().map((item) -> UUID.randomUUID().toString()).toList());
	}

	@Override
	public void fill(List<Item> items) throws SQLException {
		insert(items, items.stream().map((item) -> Objects.requireNonNull(item.id())).toList());
	}

	private void insert(List<Item> items, List<String> ids) throws SQLException {
		try (Connection connection = this.pool.getConnection()) {
			for (String table : List.of("items", "items_history")) {
				try (PreparedStatement insert = connection.prepareStatement(INSERT.formatted(table))) {
					for (int i = 0; i < items.size(); i++) {
						this.parameters.set(insert, ids.get(i), items.get(i));
						insert.addBatch();
					}
					insert.executeBatch();
				}
			}
			connection.commit();
		}
	}

	@Override
	public void update(List<Item> items) throws SQLException {
		try (Connection connection = this.pool.getConnection()) {
			Object now = this.parameters.time(Instant.now());
			try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
				for (Item item : items) {
					update.setObject(1, now);
					update.setNull(2, Types.VARCHAR);
					update.setNull(3, Types.VARCHAR);
					this.parameters.setFields(update, 4, item);
					update.setString(10, item.id());
					update.addBatch();
				}
				update.executeBatch();
			}
			record(connection, items);
			connection.commit();
		}
	}

	/** MariaDB has no batches of these, and needs none. */
	private void record(Connection connection, List<Item> items) throws SQLException {
		boolean batch = this.kind == TestDatabase.SQLITE;
		try (PreparedStatement record = connection.prepareStatement(ItemTables.record(batch ? 1 : items.size()))) {
			int place = 1;
			for (Item item : items) {
				record.setString(place, item.id());
				if (batch) {
					record.addBatch();
				}
				else {
					place++;
				}
			}
			if (batch) {
				record.executeBatch();
			}
			else {
				record.executeUpdate();
			}
		}
	}

	@Override
	public void clear() {
		Pools.execute(this.pool, ItemTables.clear(this.kind));
	}

	@Override
	public void close() {
		this.pool.close();
	}

}
