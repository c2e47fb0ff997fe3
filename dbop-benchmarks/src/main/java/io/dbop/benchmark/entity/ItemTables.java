package io.dbop.benchmark.entity;

import java.util.Collections;
import java.util.List;

import io.dbop.test.TestDatabase;

/**
 * The tables that are made by hand: one of items and one of their versions, with the
 * columns in which dbop tells the same.
 */
final class ItemTables {

	/** All columns, of either table. */
	static final String COLUMNS = "id, version, created_at, created_by, updated_at, updated_by, deleted_at, operation, comment, name, status, quantity, price, active, due";

	private ItemTables() {
	}

	/** The statements that make them. */
	static List<String> create(TestDatabase database) {
		String columns = switch (database) {
			case POSTGRESQL -> columns("text COLLATE \"C\"", "text", "timestamptz", "boolean");
			case MARIADB -> columns("varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin", "text",
					"datetime(6)", "tinyint(1)");
			default -> columns("text", "text", "text", "boolean");
		};
		return List.of("CREATE TABLE items (" + columns + ", PRIMARY KEY (id))",
				"CREATE TABLE items_history (" + columns + ", PRIMARY KEY (id, version))");
	}

	private static String columns(String key, String text, String instant, String mark) {
		return """
				id %1$s NOT NULL, version bigint NOT NULL, created_at %3$s NOT NULL, created_by %2$s,
				updated_at %3$s NOT NULL, updated_by %2$s, deleted_at %3$s, operation %2$s NOT NULL, comment %2$s,
				name %2$s, status %2$s, quantity integer, price numeric(12, 2), active %4$s, due %3$s""".formatted(key,
				text, instant, mark);
	}

	/** Empties those that are made so, and dbop's. */
	static List<String> clear(TestDatabase database) {
		String empty = (database == TestDatabase.SQLITE) ? "DELETE FROM " : "TRUNCATE TABLE ";
		return List.of(empty + "items", empty + "items_history");
	}

	/** Inserts an item, or updates the one that is there, with {@link ItemParameters}. */
	static String upsert(TestDatabase database) {
		String insert = "INSERT INTO items (id, created_at, created_by, updated_at, updated_by, comment, name, status, quantity, price, active, due, version, operation) "
				+ "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 'CREATE')";
		String updates = "operation = CASE WHEN items.deleted_at IS NULL THEN 'UPDATE' ELSE 'RESTORE' END, version = items.version + 1, deleted_at = NULL";
		boolean mariaDb = database == TestDatabase.MARIADB;
		StringBuilder upsert = new StringBuilder(insert)
			.append(mariaDb ? " ON DUPLICATE KEY UPDATE " : " ON CONFLICT (id) DO UPDATE SET ")
			.append(updates);
		for (String column : List.of("updated_at", "updated_by", "comment", "name", "status", "quantity", "price",
				"active", "due")) {
			upsert.append(", ")
				.append(column)
				.append(" = ")
				.append(mariaDb ? "VALUES(" + column + ")" : "excluded." + column);
		}
		return upsert.toString();
	}

	/** Copies the rows of items into the history. */
	static String record(int items) {
		return "INSERT INTO items_history (%1$s) SELECT %1$s FROM items WHERE id IN (%2$s)".formatted(COLUMNS,
				String.join(", ", Collections.nCopies(items, "?")));
	}

}
