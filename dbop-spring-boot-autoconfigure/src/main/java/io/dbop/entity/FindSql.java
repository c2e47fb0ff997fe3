package io.dbop.entity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

import io.dbop.dialect.ColumnType;
import io.dbop.entity.value.FieldType;
import io.dbop.entity.value.FieldValues;
import io.dbop.statement.StatementSpec;
import org.jspecify.annotations.Nullable;

/**
 * Writes a query for entities, with the values of its parameters. Used once.
 */
final class FindSql {

	private final EntityTables tables;

	private final EntitySchema schema;

	private final EntityQuery.Parts query;

	private final FieldValues values;

	private final List<@Nullable Object> places = new ArrayList<>();

	private final Map<String, @Nullable Object> names = new LinkedHashMap<>();

	FindSql(EntityTables tables, EntitySchema schema, EntityQuery query, FieldValues values) {
		this.tables = tables;
		this.schema = schema;
		this.query = query.parts();
		this.values = values;
		this.query.values().forEach((value) -> this.places.add(values.parameter(value)));
		if (this.query.named() != null) {
			this.query.named().forEach((name, value) -> this.names.put(name, values.parameter(value)));
		}
	}

	String rows() {
		String text = "SELECT " + this.tables.columnList(this.schema) + from() + condition() + after() + order();
		return text + page();
	}

	String count() {
		return "SELECT COUNT(*)" + from() + condition();
	}

	/** Gives a statement the values of its parameters. */
	StatementSpec bind(StatementSpec statement) {
		return (this.query.named() != null) ? statement.params(this.names) : statement.params(this.places);
	}

	private String from() {
		return " FROM " + this.tables.main();
	}

	private String condition() {
		String deleted = this.query.deleted() ? "1 = 1" : this.tables.quote(SystemColumn.DELETED_AT) + " IS NULL";
		String condition = this.query.condition();
		if (condition == null) {
			return " WHERE " + deleted;
		}
		String fault = this.tables.dialect().syntax().faultOfCondition(condition);
		if (fault != null) {
			throw new InvalidEntityException("The condition for entities '%s' cannot be used: %s. Nothing was sent."
				.formatted(this.schema.entity(), fault));
		}
		return " WHERE " + deleted + " AND (" + condition + ")";
	}

	private String order() {
		StringJoiner order = new StringJoiner(", ", " ORDER BY ", "");
		for (SortColumn column : sorted()) {
			type(column);
			String quoted = this.tables.quote(column.name());
			order.add(required(column) ? quoted + (column.descending() ? " DESC" : " ASC")
					: this.tables.sql().order(quoted, column.descending()));
		}
		return order.toString();
	}

	/** By id in the end, so that the order is always the same. */
	private List<SortColumn> sorted() {
		List<SortColumn> order = new ArrayList<>(this.query.order());
		String id = SystemColumn.ID.columnName();
		if (order.stream().noneMatch((column) -> column.name().equals(id))) {
			order.add(new SortColumn(id, false));
		}
		return order;
	}

	private static boolean required(SortColumn column) {
		SystemColumn known = SystemColumn.named(column.name());
		return known != null && known.required();
	}

	private ColumnType type(SortColumn column) {
		SystemColumn known = SystemColumn.named(column.name());
		if (known != null && !column.name().startsWith("_")) {
			return known.type();
		}
		FieldType field = this.schema.type(column.name());
		if (field == null) {
			throw new UnknownFieldException(this.schema.entity(), column.name());
		}
		return field.column();
	}

	/**
	 * Those that come after a row in this order: that are beyond it in a column, and
	 * equal in all columns before.
	 */
	private String after() {
		EntityRecord last = this.query.after();
		if (last == null) {
			return "";
		}
		StringJoiner any = new StringJoiner(" OR ", " AND (", ")");
		List<SortColumn> order = sorted();
		requireOrder(order);
		for (int i = 0; i < order.size(); i++) {
			Object value = value(last, order.get(i));
			if (value != null || !order.get(i).descending()) {
				StringJoiner all = new StringJoiner(" AND ", "(", ")");
				for (SortColumn before : order.subList(0, i)) {
					all.add(equal(before, value(last, before)));
				}
				any.add(all.add(beyond(order.get(i), value)).toString());
			}
		}
		return any.toString();
	}

	/** Some databases do not tell which of two documents comes first. */
	private void requireOrder(List<SortColumn> order) {
		for (SortColumn column : order) {
			if (type(column) == ColumnType.JSON) {
				throw new InvalidEntityException(
						"Entities '%s' cannot begin after one in the order of '%s', which holds maps or lists. Nothing was sent."
							.formatted(this.schema.entity(), column.name()));
			}
		}
	}

	private @Nullable Object value(EntityRecord last, SortColumn column) {
		SystemColumn known = SystemColumn.named(column.name());
		Object value = (known == null) ? last.get(column.name()) : switch (known) {
			case ID -> last.id();
			case VERSION -> last.version();
			case CREATED_AT -> last.createdAt();
			case CREATED_BY -> last.createdBy();
			case UPDATED_AT -> last.updatedAt();
			case UPDATED_BY -> last.updatedBy();
			case DELETED_AT -> last.deletedAt();
			default -> null;
		};
		FieldType field = this.schema.type(column.name());
		boolean kept = known != null || field == null || this.values.isKept(field, value);
		return kept ? this.values.parameter(value) : null;
	}

	private String equal(SortColumn column, @Nullable Object value) {
		String quoted = this.tables.quote(column.name());
		return (value == null) ? quoted + " IS NULL" : quoted + " = " + parameter(type(column), value);
	}

	private String beyond(SortColumn column, @Nullable Object value) {
		String quoted = this.tables.quote(column.name());
		if (value == null) {
			return quoted + " IS NOT NULL";
		}
		String marker = parameter(type(column), value);
		if (!column.descending()) {
			return quoted + " > " + marker;
		}
		return required(column) ? quoted + " < " + marker
				: "(" + quoted + " < " + marker + " OR " + quoted + " IS NULL)";
	}

	/** Numbers, which nobody can have made texts of. */
	private String page() {
		Integer limit = this.query.limit();
		Long offset = this.query.offset();
		if (limit == null && offset == null) {
			return "";
		}
		return this.tables.sql()
			.page((limit != null) ? limit.toString() : null, (offset != null) ? offset.toString() : "0");
	}

	private String parameter(ColumnType type, Object value) {
		return this.tables.marker(type).replace("?", bind(value));
	}

	private String bind(@Nullable Object value) {
		if (this.query.named() == null) {
			this.places.add(value);
			return "?";
		}
		String name = free("dbop_" + this.names.size());
		this.names.put(name, value);
		return ":" + name;
	}

	/** The caller's parameters may be called anything. */
	private String free(String name) {
		return this.names.containsKey(name) ? free(name + "_") : name;
	}

}
