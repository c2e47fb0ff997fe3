package io.dbop.benchmark.entity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.zaxxer.hikari.HikariDataSource;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * {@code COPY} by hand, which is the fastest way into a table of PostgreSQL: new items
 * into both tables, changed ones into a temporary table, from which both are changed.
 */
final class CopyItems implements ItemBatches {

	private static final String CHANGED = "CREATE TEMPORARY TABLE changed (id text COLLATE \"C\", updated_at timestamptz, updated_by text, comment text, name text, status text, quantity integer, price numeric(12, 2), active boolean, due timestamptz) ON COMMIT DELETE ROWS";

	private static final String UPDATE = """
			UPDATE items SET version = items.version + 1, updated_at = c.updated_at, updated_by = c.updated_by,
			deleted_at = NULL, operation = CASE WHEN items.deleted_at IS NULL THEN 'UPDATE' ELSE 'RESTORE' END,
			comment = c.comment, name = c.name, status = c.status, quantity = c.quantity, price = c.price,
			active = c.active, due = c.due FROM changed c WHERE items.id = c.id""";

	private static final String RECORD = "INSERT INTO items_history (%s) SELECT items.* FROM items JOIN changed ON items.id = changed.id"
		.formatted(ItemTables.COLUMNS);

	private final HikariDataSource pool;

	private final Connection connection;

	CopyItems(DatabaseInstance database) throws SQLException {
		this.pool = Pools.open(database, false);
		Pools.execute(this.pool, ItemTables.create(TestDatabase.POSTGRESQL));
		this.connection = this.pool.getConnection();
		execute(CHANGED);
		this.connection.commit();
	}

	@Override
	public void insert(List<Item> items) throws SQLException, IOException {
		insert(items, true);
	}

	@Override
	public void fill(List<Item> items) throws SQLException, IOException {
		insert(items, false);
	}

	private void insert(List<Item> items, boolean fresh) throws SQLException, IOException {
		StringBuilder rows = new StringBuilder(items.size() * 200);
		String now = Instant.now().toString();
		for (Item item : items) {
			text(rows, fresh ? UUID.randomUUID().toString() : item.id());
			rows.append("1\t").append(now).append("\t\\N\t").append(now).append("\t\\N\t\\N\tCREATE\t\\N\t");
			fields(rows, item);
		}
		byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
		copy("items (" + ItemTables.COLUMNS + ")", bytes);
		copy("items_history (" + ItemTables.COLUMNS + ")", bytes);
		this.connection.commit();
	}

	@Override
	public void update(List<Item> items) throws SQLException, IOException {
		StringBuilder rows = new StringBuilder(items.size() * 200);
		String now = Instant.now().toString();
		for (Item item : items) {
			text(rows, item.id());
			rows.append(now).append("\t\\N\t\\N\t");
			fields(rows, item);
		}
		copy("changed", rows.toString().getBytes(StandardCharsets.UTF_8));
		execute(UPDATE);
		execute(RECORD);
		this.connection.commit();
	}

	private static void fields(StringBuilder rows, Item item) {
		text(rows, item.name());
		text(rows, item.status());
		rows.append(item.quantity()).append('\t');
		rows.append(item.price()).append('\t');
		rows.append(item.active() ? "t\t" : "f\t");
		rows.append(item.due()).append('\n');
	}

	private static void text(StringBuilder rows, @Nullable String text) {
		String given = String.valueOf(text);
		for (int i = 0; i < given.length(); i++) {
			char c = given.charAt(i);
			switch (c) {
				case '\\' -> rows.append("\\\\");
				case '\t' -> rows.append("\\t");
				case '\n' -> rows.append("\\n");
				case '\r' -> rows.append("\\r");
				default -> rows.append(c);
			}
		}
		rows.append('\t');
	}

	private void copy(String table, byte[] rows) throws SQLException, IOException {
		this.connection.unwrap(PGConnection.class)
			.getCopyAPI()
			.copyIn("COPY " + table + " FROM STDIN", new ByteArrayInputStream(rows));
	}

	private void execute(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(sql);
		}
	}

	@Override
	public void clear() {
		Pools.execute(this.pool, ItemTables.clear(TestDatabase.POSTGRESQL));
	}

	@Override
	public void close() {
		this.pool.evictConnection(this.connection);
		this.pool.close();
	}

}
