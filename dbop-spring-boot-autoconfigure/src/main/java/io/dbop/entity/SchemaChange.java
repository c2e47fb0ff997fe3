package io.dbop.entity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

import io.dbop.dialect.ColumnType;
import io.dbop.dialect.ColumnValues;
import io.dbop.dialect.Dialect;
import io.dbop.entity.value.ExactValues;
import io.dbop.entity.value.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * What has to be done so that the tables of an entity can take some fields. The history
 * comes first: what the table has, the history has too.
 */
final class SchemaChange {

	private final FoundTables found;

	private final EntityTables tables;

	private final ColumnValues columns;

	private final Map<String, FieldType> wanted;

	private final List<String> statements = new ArrayList<>();

	private final Map<String, FieldType> toRecord = new LinkedHashMap<>();

	private final boolean leavesDoubles;

	private final int lastRevision;

	/**
	 * Finds out what has to be done.
	 * @param wanted the types that fields have to have, of those that matter
	 */
	SchemaChange(FoundTables found, String entity, Dialect dialect, Map<String, FieldType> wanted) {
		this.found = found;
		this.tables = EntityTables.of(entity, dialect);
		this.columns = dialect.columns();
		this.wanted = wanted;
		if (!found.fieldsAreRecorded()) {
			this.statements.add(createFieldsTable());
		}
		change(found.history(), this.tables.history(), true);
		change(found.main(), this.tables.main(), false);
		EntitySchema usable = found.schema();
		wanted.forEach((field, type) -> {
			if (!type.equals(found.recordedType(field)) || !type.equals(usable.type(field))) {
				this.toRecord.put(field, type);
			}
		});
		found.announced().forEach((field, type) -> {
			if (!wanted.containsKey(field) && type.equals(usable.type(field))) {
				this.toRecord.put(field, type);
			}
		});
		this.leavesDoubles = wanted.entrySet()
			.stream()
			.anyMatch((each) -> leavesDoubles(each.getKey(), each.getValue()));
		this.lastRevision = Math.max(usable.revision(), found.recordedRevision());
	}

	/** The statements, in their order. */
	List<String> statements() {
		return this.statements;
	}

	/** The same with the statements that record the types of fields. */
	List<String> script() {
		List<String> script = new ArrayList<>(this.statements);
		this.toRecord.forEach((field, type) -> {
			if (this.found.records(field) || this.found.announced().containsKey(field)) {
				script.add("DELETE FROM %s WHERE %s = '%s' AND %s = '%s'".formatted(quoted(EntityNames.FIELDS_TABLE),
						quoted("entity"), this.tables.entity(), quoted("field"), field));
			}
			script.add("INSERT INTO %s (%s, %s, %s, %s) VALUES ('%s', '%s', '%s', %s)".formatted(
					quoted(EntityNames.FIELDS_TABLE), quoted("entity"), quoted("field"), quoted("type"),
					quoted("revision"), this.tables.entity(), field, type.name(),
					this.lastRevision + FieldRecords.STEP));
		});
		script.addAll(marks(this.lastRevision + FieldRecords.STEP));
		return script;
	}

	/**
	 * The statements that give rows with doubles that are no decimals the revision of the
	 * change: whoever knows their columns as they were must not read them so.
	 */
	List<String> marks(int revision) {
		return this.leavesDoubles ? List.of(mark(this.tables.history(), revision), mark(this.tables.main(), revision))
				: List.of();
	}

	/** Those of the fields to be recorded of which nobody knows yet. */
	Map<String, FieldType> toAnnounce() {
		Map<String, FieldType> news = new LinkedHashMap<>(this.toRecord);
		news.keySet().removeIf(this.found::records);
		return news;
	}

	/** The fields whose types have to be recorded. */
	Map<String, FieldType> toRecord() {
		return this.toRecord;
	}

	/** The revision after which the change comes. */
	int lastRevision() {
		return this.lastRevision;
	}

	boolean isEmpty() {
		return this.statements.isEmpty() && this.toRecord.isEmpty();
	}

	private void change(@Nullable Map<String, String> present, String table, boolean history) {
		if (present == null) {
			this.statements.add(create(table, history));
			return;
		}
		for (SystemColumn missing : this.found.missingSystemColumns(present)) {
			this.statements.add(add(table, missing.columnName(), missing.type()));
		}
		List<String> widening = new ArrayList<>();
		this.wanted.forEach((field, type) -> {
			String nativeType = present.get(field);
			if (nativeType == null) {
				this.statements.add(add(table, field, type.column()));
			}
			else {
				widening.addAll(widen(table, field, nativeType, type.column()));
			}
		});
		if (!widening.isEmpty()) {
			Map<String, String> indexes = this.found.indexes(history);
			this.statements.addAll(indexes.keySet());
			this.statements.addAll(widening);
			this.statements.addAll(indexes.values());
		}
	}

	private List<String> widen(String table, String field, String nativeType, ColumnType to) {
		ColumnType from = this.columns.kindOf(nativeType);
		if (from == null || this.found.holds(nativeType, to)) {
			return List.of();
		}
		String column = this.tables.quote(field);
		String type = this.columns.type(to);
		if (from == ColumnType.DOUBLE && to == ColumnType.NUMERIC) {
			String exact = this.tables.quote(SystemColumn.EXACT);
			return this.tables.sql().doublesToDecimals(table, column, type, exact, field, ExactValues.DOUBLE);
		}
		return this.tables.sql().changeType(table, column, from, to, type);
	}

	/**
	 * Whether doubles of a field become decimals, or have in one of the tables before a
	 * change failed.
	 */
	private boolean leavesDoubles(String field, FieldType to) {
		FieldType recorded = this.found.recordedType(field);
		return to.column() == ColumnType.NUMERIC
				&& ((recorded != null && recorded.column() == ColumnType.DOUBLE) || isDouble(this.found.main(), field));
	}

	private boolean isDouble(@Nullable Map<String, String> table, String field) {
		String nativeType = (table != null) ? table.get(field) : null;
		return nativeType != null && this.columns.kindOf(nativeType) == ColumnType.DOUBLE;
	}

	private String mark(String table, int revision) {
		String column = this.tables.quote(SystemColumn.REVISION);
		return "UPDATE %1$s SET %2$s = %3$s WHERE %4$s LIKE '%%\"%5$s\"%%' AND %2$s < %3$s".formatted(table, column,
				revision, this.tables.sql().textOf(this.tables.quote(SystemColumn.EXACT)), ExactValues.DOUBLE);
	}

	private String add(String table, String column, ColumnType type) {
		return "ALTER TABLE %s ADD COLUMN %s %s".formatted(table, this.tables.quote(column), this.columns.type(type));
	}

	private String create(String table, boolean history) {
		StringJoiner definitions = new StringJoiner(", ", "CREATE TABLE " + table + " (",
				")" + this.tables.sql().tableOptions());
		for (SystemColumn column : SystemColumn.values()) {
			definitions.add(this.tables.quote(column) + " " + this.columns.type(column.type())
					+ (column.required() ? " NOT NULL" : ""));
		}
		fields().forEach(
				(field, type) -> definitions.add(this.tables.quote(field) + " " + this.columns.type(type.column())));
		String id = this.tables.quote(SystemColumn.ID);
		return definitions
			.add("PRIMARY KEY (" + (history ? id + ", " + this.tables.quote(SystemColumn.VERSION) : id) + ")")
			.toString();
	}

	/** Those that are wanted, and for a missing history those that the table has. */
	private Map<String, FieldType> fields() {
		Map<String, String> main = this.found.main();
		if (main == null) {
			return this.wanted;
		}
		Map<String, FieldType> fields = new LinkedHashMap<>();
		main.forEach((name, type) -> {
			ColumnType kind = this.columns.kindOf(type);
			if (SystemColumn.named(name) == null && kind != null) {
				fields.put(name, FieldType.of(kind));
			}
		});
		fields.putAll(this.wanted);
		return fields;
	}

	private String createFieldsTable() {
		return "CREATE TABLE %s (%s %s NOT NULL, %s %s NOT NULL, %s %s NOT NULL, %s %s NOT NULL, PRIMARY KEY (%s, %s))%s"
			.formatted(quoted(EntityNames.FIELDS_TABLE), quoted("entity"), this.columns.type(ColumnType.KEY),
					quoted("field"), this.columns.type(ColumnType.KEY), quoted("type"),
					this.columns.type(ColumnType.TEXT), quoted("revision"), this.columns.type(ColumnType.INTEGER),
					quoted("entity"), quoted("field"), this.tables.sql().tableOptions());
	}

	private String quoted(String name) {
		return this.tables.quote(name);
	}

}
