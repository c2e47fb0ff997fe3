package io.dbop.entity;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.dbop.dialect.ColumnType;
import io.dbop.dialect.TableSql;
import io.dbop.dialect.TableSql.Assignment;
import io.dbop.dialect.TableSql.Column;
import io.dbop.dialect.TableSql.Copy;
import io.dbop.dialect.TableSql.Insert;
import io.dbop.entity.value.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * The statements that change the rows of an entity, written for what is known of its
 * tables. What has been written with knowledge of more fields is left alone by all of
 * them, since the copy for the history would lack these fields.
 */
final class ChangeSql {

	private static final List<SystemColumn> GIVEN = List.of(SystemColumn.ID, SystemColumn.CREATED_AT,
			SystemColumn.CREATED_BY, SystemColumn.UPDATED_AT, SystemColumn.UPDATED_BY, SystemColumn.OPERATION,
			SystemColumn.COMMENT, SystemColumn.REVISION, SystemColumn.EXACT);

	private static final Set<SystemColumn> OF_EACH = EnumSet.of(SystemColumn.ID, SystemColumn.EXACT);

	private static final Set<SystemColumn> OF_AUTHORS = EnumSet.of(SystemColumn.CREATED_BY, SystemColumn.UPDATED_BY,
			SystemColumn.COMMENT);

	private final EntityTables tables;

	private final EntitySchema schema;

	private final TableSql sql;

	ChangeSql(EntityTables tables, EntitySchema schema) {
		this.tables = tables;
		this.schema = schema;
		this.sql = tables.sql();
	}

	/** What an insert of rows of a shape gives values to. */
	Insert insert(Shape shape, int rows) {
		List<Column> columns = new ArrayList<>();
		for (SystemColumn column : GIVEN) {
			columns.add(column(column.columnName(), column.type(),
					!OF_EACH.contains(column) && !(shape.authored() && OF_AUTHORS.contains(column))));
		}
		for (String field : shape.fields()) {
			columns.add(column(field, type(field).column(), false));
		}
		return new Insert(this.tables.main(), this.tables.history(), this.tables.quote(SystemColumn.ID),
				this.tables.quote(SystemColumn.VERSION), columns, rows, shape.fresh());
	}

	private Column column(String name, ColumnType type, boolean shared) {
		String arrayMarker = this.sql.changesWithinQueries() ? this.tables.dialect().columns().arrayMarker(type) : null;
		return new Column(this.tables.quote(name), type, this.tables.marker(type), arrayMarker, shared);
	}

	private FieldType type(String field) {
		FieldType type = this.schema.type(field);
		if (type == null) {
			throw new IllegalStateException("There is no field " + field);
		}
		return type;
	}

	/** Inserts rows, or updates those that are there unless they must not be. */
	String save(Insert insert, Shape shape, boolean update) {
		return (update && !shape.fresh()) ? this.sql.upsert(insert, updates(shape), knowsAll())
				: this.sql.insert(insert);
	}

	/** The same, where it is thought that none has to be left alone. */
	String saveWhole(Insert insert, Shape shape, boolean update) {
		return (update && !shape.fresh()) ? this.sql.upsertAll(insert, updates(shape), knowsAll())
				: this.sql.insert(insert);
	}

	private String knowsAll() {
		return current(SystemColumn.REVISION) + " <= " + this.sql.proposed(this.tables.quote(SystemColumn.REVISION));
	}

	/** First what looks at others: some databases assign from left to right. */
	private List<Assignment> updates(Shape shape) {
		List<Assignment> updates = new ArrayList<>();
		updates.add(assignment(SystemColumn.VERSION, current(SystemColumn.VERSION) + " + 1"));
		updates.add(assignment(SystemColumn.OPERATION, "CASE WHEN %s IS NULL THEN '%s' ELSE '%s' END"
			.formatted(current(SystemColumn.DELETED_AT), EntityChange.UPDATE, EntityChange.RESTORE)));
		updates.add(assignment(SystemColumn.DELETED_AT, "NULL"));
		List<String> inexact = shape.fields().stream().filter(this::maybeInexact).toList();
		if (!inexact.isEmpty()) {
			updates.add(assignment(SystemColumn.EXACT, exact(inexact)));
		}
		for (SystemColumn column : List.of(SystemColumn.UPDATED_AT, SystemColumn.UPDATED_BY, SystemColumn.COMMENT,
				SystemColumn.REVISION)) {
			updates.add(proposed(column.columnName()));
		}
		shape.fields().forEach((field) -> updates.add(proposed(field)));
		return updates;
	}

	private String exact(List<String> changed) {
		List<String> kept = this.schema.fields()
			.keySet()
			.stream()
			.filter((field) -> maybeInexact(field) && !changed.contains(field))
			.toList();
		String proposed = this.sql.proposed(this.tables.quote(SystemColumn.EXACT));
		if (kept.isEmpty()) {
			return proposed;
		}
		String current = current(SystemColumn.EXACT);
		return "CASE WHEN %1$s IS NULL THEN %2$s ELSE %3$s END".formatted(current, proposed,
				this.sql.mergeExact(current, proposed, changed, kept));
	}

	/** Whether a column may hold a value of this field only nearly. */
	private boolean maybeInexact(String field) {
		FieldType type = type(field);
		return switch (type.column()) {
			case BOOLEAN, UUID -> false;
			// Of a narrower type there may be values that could not be recorded as wider.
			case INTEGER -> !type.equals(FieldType.of(ColumnType.INTEGER));
			default -> true;
		};
	}

	private Assignment proposed(String column) {
		String quoted = this.tables.quote(column);
		return new Assignment(quoted, this.sql.proposed(quoted));
	}

	private Assignment assignment(SystemColumn column, String expression) {
		return new Assignment(this.tables.quote(column), expression);
	}

	private String current(SystemColumn column) {
		return this.sql.current(this.tables.main(), this.tables.quote(column));
	}

	/** Copies rows into the history. */
	String record(int rows) {
		return this.sql.copy(copy(rows));
	}

	/**
	 * Copies those of the rows that have been saved: others know more of those that have
	 * not. The last parameter is the revision.
	 */
	String recordSaved(int rows) {
		return this.sql.copy(copySaved(rows));
	}

	/** What is asked before so many copies, if one that fails would leave something. */
	@Nullable String beforeCopy(int rows) {
		return copiesWhole(rows) ? null : this.sql.beforeCopy(this.tables.history());
	}

	/** Takes that back; its first parameter is what was answered. */
	String takeBack(int rows) {
		return this.sql.takeBack(copy(rows));
	}

	/** The same for copies of those that have been saved. */
	String takeBackSaved(int rows) {
		return this.sql.takeBack(copySaved(rows));
	}

	private Copy copy(int rows) {
		return copy(rows, ids(rows));
	}

	private Copy copySaved(int rows) {
		return copy(rows, ids(rows) + atRevision());
	}

	private Copy copy(int rows, String condition) {
		return new Copy(byKey(), this.tables.history(), id(), this.tables.quote(SystemColumn.VERSION),
				this.tables.columnList(this.schema), condition, copiesWhole(rows));
	}

	/** A single one fails as a whole anyway. */
	private boolean copiesWhole(int rows) {
		return rows == 1 || this.schema.traits().own();
	}

	/** Whether a copy can give what it copies. */
	boolean tellsWhatItRecords() {
		return this.sql.returning("", "") != null;
	}

	/** The same, and gives them; parameters likewise. */
	String recordTelling(int rows) {
		return Objects.requireNonNull(this.sql.returning(recordSaved(rows), this.tables.columnList(this.schema)));
	}

	/** Which of the rows have been saved; parameters likewise. */
	String saved(int rows) {
		return "SELECT %s FROM %s WHERE %s%s%s".formatted(id(), byKey(), ids(rows), atRevision(), this.sql.forUpdate());
	}

	private String atRevision() {
		return " AND " + this.tables.quote(SystemColumn.REVISION) + " = ?";
	}

	/** Reads rows that have just been changed. */
	String readBack(int rows) {
		return "SELECT %s FROM %s WHERE %s%s".formatted(this.tables.columnList(this.schema), byKey(), ids(rows),
				this.sql.forUpdate());
	}

	/** Has rows go on where the histories of their ids have ended. */
	String renumber(int rows) {
		// A name that no entity can have.
		String history = "FROM %s dbop_h WHERE dbop_h.%s = %s.%s".formatted(this.tables.history(), id(),
				this.tables.main(), id());
		String version = this.tables.quote(SystemColumn.VERSION);
		return "UPDATE %s SET %s = (SELECT MAX(dbop_h.%s) + 1 %s) WHERE %s AND EXISTS (SELECT 1 %s AND dbop_h.%s >= %s.%s)"
			.formatted(byKey(), version, version, history, ids(rows), history, version, this.tables.main(), version);
	}

	/** What is there with an id, deleted or not, kept from being changed by others. */
	String look() {
		return "SELECT %s, %s, %s FROM %s WHERE %s = ?%s".formatted(this.tables.quote(SystemColumn.VERSION),
				this.tables.quote(SystemColumn.REVISION), this.tables.quote(SystemColumn.DELETED_AT),
				this.tables.main(), id(), this.sql.forUpdate());
	}

	/** Which ids there are. */
	String present(int rows, boolean locked) {
		return "SELECT %1$s FROM %2$s WHERE %3$s ORDER BY %1$s%4$s".formatted(id(), byKey(), ids(rows),
				locked ? this.sql.forUpdate() : "");
	}

	private String byKey() {
		return this.schema.traits().keyed() ? this.sql.byKey(this.tables.main()) : this.tables.main();
	}

	/** The parameters of the ids of several rows. */
	List<String> ids(List<String> ids) {
		return this.sql.anyOf(ids);
	}

	private String ids(int rows) {
		return this.sql.isAnyOf(id(), rows);
	}

	/**
	 * Marks one row; the parameters are time, user, comment, id, revision and, if it
	 * matters, the version.
	 */
	String mark(EntityChange change, boolean versioned) {
		String deletedAt = this.tables.quote(SystemColumn.DELETED_AT);
		String condition = switch (change) {
			case DELETE -> " AND " + deletedAt + " IS NULL";
			case RESTORE -> " AND " + deletedAt + " IS NOT NULL";
			default -> "";
		};
		String at = this.tables.quote(SystemColumn.UPDATED_AT);
		// Set once, and read by those after it only where that makes no difference.
		String deleted = switch (change) {
			case DELETE -> ", " + deletedAt + " = " + this.tables.marker(ColumnType.INSTANT);
			case RESTORE -> ", " + deletedAt + " = NULL";
			default -> "";
		};
		String version = this.tables.quote(SystemColumn.VERSION);
		return "UPDATE %s SET %s = '%s', %s = %s + 1, %s = %s, %s = %s, %s = %s%s WHERE %s = ? AND %s <= ?%s%s"
			.formatted(this.tables.main(), this.tables.quote(SystemColumn.OPERATION), change, version, version, at,
					this.tables.marker(ColumnType.INSTANT), this.tables.quote(SystemColumn.UPDATED_BY),
					this.tables.marker(ColumnType.TEXT), this.tables.quote(SystemColumn.COMMENT),
					this.tables.marker(ColumnType.TEXT), deleted, id(), this.tables.quote(SystemColumn.REVISION),
					condition, versioned ? " AND " + version + " = ?" : "");
	}

	/** Removes one row, which has been marked before. */
	String remove() {
		return "DELETE FROM %s WHERE %s = ?".formatted(this.tables.main(), id());
	}

	/**
	 * A change and its record as one statement, which gives the rows.
	 * @param change the change
	 * @param strict whether it fails if there are not as many as a last parameter says
	 * @param back what it gives of them
	 */
	String recorded(String change, boolean strict, GivenBack back) {
		String columns = this.tables.columnList(this.schema);
		String all = "WITH saved AS (%s), recorded AS (INSERT INTO %s (%s) SELECT %s FROM saved) SELECT %s FROM saved"
			.formatted(this.sql.returning(change, columns), this.tables.history(), columns, columns,
					back.columns(this.tables, this.schema));
		return strict ? all + " WHERE 1 / (CASE WHEN (SELECT COUNT(*) FROM saved) = ? THEN 1 ELSE 0 END) = 1" : all;
	}

	private String id() {
		return this.tables.quote(SystemColumn.ID);
	}

}
