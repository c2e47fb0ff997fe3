package io.dbop.entity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.dbop.dialect.ColumnType;
import io.dbop.dialect.ColumnValues;
import io.dbop.dialect.Dialect;
import io.dbop.entity.value.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * The tables of an entity as they are found in the database, with what is recorded of its
 * fields.
 */
final class FoundTables {

	private final String entity;

	private final Dialect dialect;

	/** The types of the columns of each table, as the database writes them. */
	private final Map<String, Map<String, String>> tables = new LinkedHashMap<>();

	/** The columns of the primary key of each table, where they are asked for. */
	private final Map<String, Set<String>> keys = new LinkedHashMap<>();

	/** Those that have something of their own which copies mind. */
	private final Set<String> own = new HashSet<>();

	private final Map<String, FieldType> recorded = new LinkedHashMap<>();

	private final Map<String, FieldType> announced = new LinkedHashMap<>();

	/** The statements that make each index again, by those that remove it. */
	private final Map<String, Map<String, String>> indexes = new LinkedHashMap<>();

	private int recordedRevision;

	private FoundTables(String entity, Dialect dialect) {
		this.entity = entity;
		this.dialect = dialect;
	}

	/**
	 * Looks what there is.
	 * @throws InvalidEntityException if there is a table whose name differs in case
	 */
	static FoundTables read(Connection connection, String entity, Dialect dialect) throws SQLException {
		FoundTables found = new FoundTables(entity, dialect);
		found.readColumns(connection);
		if (found.fieldsAreRecorded()) {
			found.recordedRevision = new FieldRecords(entity, dialect).read(connection, found.recorded,
					found.announced);
			if (!found.hasAllRecorded()) {
				// Made after the tables were looked at, and before the records were.
				found.tables.clear();
				found.readColumns(connection);
			}
		}
		String indexes = dialect.tables().indexesInTheWay();
		if (indexes != null) {
			found.readIndexes(connection, indexes);
		}
		return found;
	}

	private void readIndexes(Connection connection, String sql) throws SQLException {
		for (String table : this.tables.keySet()) {
			Map<String, String> made = this.indexes.computeIfAbsent(table, (name) -> new LinkedHashMap<>());
			try (PreparedStatement statement = connection.prepareStatement(sql)) {
				statement.setString(1, table);
				try (ResultSet rows = statement.executeQuery()) {
					while (rows.next()) {
						made.put(rows.getString(1), rows.getString(2));
					}
				}
			}
		}
	}

	private boolean hasAllRecorded() {
		Map<String, String> main = main();
		Map<String, String> history = history();
		return this.recorded.isEmpty() || (main != null && history != null
				&& this.recorded.entrySet()
					.stream()
					.allMatch((each) -> history.containsKey(each.getKey()) && main.containsKey(each.getKey())
							&& holds(main.get(each.getKey()), each.getValue().column())));
	}

	private void readColumns(Connection connection) throws SQLException {
		List<String> names = List.of(this.entity, historyName(), EntityNames.FIELDS_TABLE);
		try (PreparedStatement statement = connection.prepareStatement(this.dialect.tables().catalogue(names.size()))) {
			for (int i = 0; i < names.size(); i++) {
				statement.setString(i + 1, names.get(i));
			}
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					String table = rows.getString(1);
					checkCase(table, names);
					this.tables.computeIfAbsent(table, (name) -> new LinkedHashMap<>())
						.put(rows.getString(2), rows.getString(3));
					if (rows.getInt(4) == 1) {
						this.keys.computeIfAbsent(table, (name) -> new HashSet<>()).add(rows.getString(2));
					}
					if (rows.getInt(5) == 1) {
						this.own.add(table);
					}
				}
			}
		}
	}

	private void checkCase(String table, List<String> names) {
		if (!names.contains(table) && !table.equalsIgnoreCase(EntityNames.FIELDS_TABLE)) {
			throw new InvalidEntityException(
					"The entity '%s' cannot have tables: there is a table '%s', which some databases take for the same. Use that name, or another one."
						.formatted(this.entity, table));
		}
	}

	private String historyName() {
		return this.entity + EntityNames.HISTORY;
	}

	boolean fieldsAreRecorded() {
		return this.tables.containsKey(EntityNames.FIELDS_TABLE);
	}

	/** Whether there is a record of a field. */
	boolean records(String field) {
		return this.recorded.containsKey(field);
	}

	/** The columns of the table of the entity, {@code null} if there is no table. */
	@Nullable Map<String, String> main() {
		return this.tables.get(this.entity);
	}

	@Nullable Map<String, String> history() {
		return this.tables.get(historyName());
	}

	/** The indexes that keep columns of a table from changing their types. */
	Map<String, String> indexes(boolean history) {
		return this.indexes.getOrDefault(history ? historyName() : this.entity, Map.of());
	}

	/** The latest revision that is recorded, 0 if there is none. */
	int recordedRevision() {
		return this.recordedRevision;
	}

	/** The types of the fields of which somebody has told who began to make columns. */
	Map<String, FieldType> announced() {
		return this.announced;
	}

	/** The type that is recorded for a field. */
	@Nullable FieldType recordedType(String field) {
		return this.recorded.get(field);
	}

	/** System columns that a table lacks, or has with another type. */
	List<SystemColumn> missingSystemColumns(Map<String, String> table) {
		List<SystemColumn> missing = new ArrayList<>();
		for (SystemColumn column : SystemColumn.values()) {
			String type = table.get(column.columnName());
			if (type == null || this.dialect.columns().kindOf(type) == null) {
				missing.add(column);
			}
		}
		return missing;
	}

	/** Whether both tables are there, with all that is not a field. */
	boolean complete() {
		Map<String, String> main = main();
		Map<String, String> history = history();
		return main != null && history != null && missingSystemColumns(main).isEmpty()
				&& missingSystemColumns(history).isEmpty();
	}

	/**
	 * What of it can be used: what is in one table only cannot. Columns that somebody has
	 * added without a record count in its revision, so that rows of those who know them
	 * are left alone by those who have not seen them. They are fewer than
	 * {@link FieldRecords#STEP}.
	 */
	EntitySchema schema() {
		Map<String, String> main = main();
		Map<String, String> history = history();
		if (main == null || history == null || !complete()) {
			return EntitySchema.absent(this.entity);
		}
		Map<String, FieldType> fields = new LinkedHashMap<>();
		Map<String, String> foreign = new LinkedHashMap<>();
		main.forEach((name, type) -> {
			if (SystemColumn.named(name) == null) {
				FieldType field = type(name, type);
				if (field == null) {
					foreign.put(name, type);
				}
				else if (history.containsKey(name)) {
					fields.put(name, field);
				}
			}
		});
		boolean keyed = Set.of(SystemColumn.ID.columnName()).equals(this.keys.get(this.entity));
		TableTraits traits = new TableTraits(keyed, this.own.contains(historyName()));
		long unrecorded = fields.keySet().stream().filter((field) -> !records(field)).count();
		return new EntitySchema(this.entity, true, this.recordedRevision + (int) unrecorded, fields, foreign,
				this.recorded.keySet(), traits);
	}

	/**
	 * As it was recorded, or announced, unless somebody has changed the column since.
	 */
	private @Nullable FieldType type(String field, String nativeType) {
		ColumnType kind = this.dialect.columns().kindOf(nativeType);
		FieldType known = this.recorded.getOrDefault(field, this.announced.get(field));
		if (kind == null) {
			return null;
		}
		return (known != null && holds(nativeType, known.column())) ? known : FieldType.of(kind);
	}

	/** Whether a column is of a kind: for some kinds a database has the same type. */
	boolean holds(String nativeType, ColumnType type) {
		ColumnValues columns = this.dialect.columns();
		return columns.kindOf(nativeType) == columns.kindOf(columns.type(type));
	}

}
