package io.dbop.entity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

import io.dbop.dialect.Dialect;
import io.dbop.entity.value.FieldType;

/**
 * What is recorded of the fields of an entity: their types, each with the revision in
 * which it came. A record of no field holds the latest revision, and is what those wait
 * for who record at the same time. A field whose column is still being made is announced,
 * with no revision: a column alone does not tell what its values are.
 */
final class FieldRecords {

	/**
	 * From one recorded revision to the next. What lies between tells of columns that
	 * have come since without a record, of which no table has as many: however many of
	 * them are dropped again, no revision ever stands for two different sets of fields.
	 */
	static final int STEP = 10_000;

	private static final String NO_FIELD = "";

	private static final int ANNOUNCED = 0;

	private final String entity;

	private final Dialect dialect;

	FieldRecords(String entity, Dialect dialect) {
		this.entity = entity;
		this.dialect = dialect;
	}

	/**
	 * Reads the types of all fields.
	 * @param types gets those of the fields that are recorded
	 * @param announced gets those of the others
	 * @return the latest revision
	 */
	int read(Connection connection, Map<String, FieldType> types, Map<String, FieldType> announced)
			throws SQLException {
		int revision = 0;
		try (PreparedStatement statement = connection
			.prepareStatement(text("SELECT [field], [type], [revision] FROM [dbop_fields] WHERE [entity] = ?"))) {
			statement.setString(1, this.entity);
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					revision = Math.max(revision, rows.getInt(3));
					if (!NO_FIELD.equals(rows.getString(1))) {
						(rows.getInt(3) == ANNOUNCED ? announced : types).put(rows.getString(1),
								FieldType.parse(rows.getString(2)));
					}
				}
			}
		}
		return revision;
	}

	/**
	 * Tells of fields before there are columns for them, where others see each column as
	 * soon as it is made. Whatever was announced before comes to nothing.
	 */
	void announce(Connection connection, Map<String, FieldType> types) throws SQLException {
		atOnce(connection, () -> {
			update(connection, "DELETE FROM [dbop_fields] WHERE [entity] = ? AND [revision] = ?", this.entity,
					ANNOUNCED);
			for (Map.Entry<String, FieldType> each : types.entrySet()) {
				insert(connection, each.getValue().name(), ANNOUNCED, each.getKey());
			}
		});
	}

	/**
	 * Records fields, all at once, so that a revision is known with all that belongs to
	 * it.
	 * @param last the revision after which it comes
	 */
	void write(Connection connection, SchemaChange change, int last) throws SQLException {
		atOnce(connection, () -> {
			int revision = nextRevision(connection, last);
			for (Map.Entry<String, FieldType> each : change.toRecord().entrySet()) {
				put(connection, each.getValue().name(), revision, each.getKey());
			}
			for (String mark : change.marks(revision)) {
				try (Statement statement = connection.createStatement()) {
					statement.executeUpdate(mark);
				}
			}
		});
	}

	private static void atOnce(Connection connection, Recording recording) throws SQLException {
		if (!connection.getAutoCommit()) {
			recording.run();
			return;
		}
		connection.setAutoCommit(false);
		boolean done = false;
		try {
			recording.run();
			connection.commit();
			done = true;
		}
		finally {
			if (!done) {
				connection.rollback();
			}
			connection.setAutoCommit(true);
		}
	}

	private int nextRevision(Connection connection, int last) throws SQLException {
		int changed = update(connection,
				"UPDATE [dbop_fields] SET [revision] = (CASE WHEN [revision] < ? THEN ? ELSE [revision] END) + " + STEP
						+ " WHERE [entity] = ? AND [field] = ?",
				last, last, this.entity, NO_FIELD);
		if (changed == 0) {
			put(connection, "revision", last + STEP, NO_FIELD);
		}
		try (PreparedStatement statement = connection
			.prepareStatement(text("SELECT [revision] FROM [dbop_fields] WHERE [entity] = ? AND [field] = ?"))) {
			statement.setString(1, this.entity);
			statement.setString(2, NO_FIELD);
			try (ResultSet row = statement.executeQuery()) {
				return row.next() ? row.getInt(1) : last + STEP;
			}
		}
	}

	private void put(Connection connection, String type, int revision, String field) throws SQLException {
		int changed = update(connection,
				"UPDATE [dbop_fields] SET [type] = ?, [revision] = ? WHERE [entity] = ? AND [field] = ?", type,
				revision, this.entity, field);
		if (changed == 0) {
			insert(connection, type, revision, field);
		}
	}

	private void insert(Connection connection, String type, int revision, String field) throws SQLException {
		update(connection, "INSERT INTO [dbop_fields] ([type], [revision], [entity], [field]) VALUES (?, ?, ?, ?)",
				type, revision, this.entity, field);
	}

	private int update(Connection connection, String sql, Object... parameters) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(text(sql))) {
			for (int i = 0; i < parameters.length; i++) {
				statement.setObject(i + 1, parameters[i]);
			}
			return statement.executeUpdate();
		}
	}

	/** With names quoted as the database does. */
	private String text(String sql) {
		String quoted = sql;
		for (String name : new String[] { EntityNames.FIELDS_TABLE, "entity", "field", "type", "revision" }) {
			quoted = quoted.replace("[" + name + "]", this.dialect.syntax().quote(name));
		}
		return quoted;
	}

	/** Statements that belong together. */
	@FunctionalInterface
	private interface Recording {

		void run() throws SQLException;

	}

}
