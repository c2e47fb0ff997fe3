package io.dbop.entity;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

import io.dbop.entity.cache.RowCache;
import io.dbop.statement.StatementSpec;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.jdbc.core.RowMapper;

/**
 * Reads entities and their histories. Where a row turns out to have been written by
 * somebody who knew more of the entity, it looks at the tables and reads again.
 * Thread-safe.
 */
final class EntityReads {

	private static final int ATTEMPTS = 5;

	private static final int FETCHED = 500;

	private final EntityCalls calls;

	EntityReads(EntityCalls calls) {
		this.calls = calls;
	}

	Optional<EntityRecord> get(String entity, String id, ReadOptions options) {
		RowCache cache = this.calls.caches().forReading(entity);
		if (cache == null) {
			return get(entity, id, options, (schema, reader) -> reader);
		}
		EntitySchema schema = this.calls.schemas().get(entity);
		return !schema.exists() ? Optional.empty()
				: cache.get(id, new RowTexts(this.calls, schema), () -> get(entity, id, options, EntityReads::whole))
					.map(ReadRow::record);
	}

	private <T> Optional<T> get(String entity, String id, ReadOptions options,
			BiFunction<EntitySchema, RowReader, RowMapper<T>> mapper) {
		EntityCall call = this.calls.call(entity, "get", options.limit());
		List<T> found = read(call, entity, List.of(), (schema, reader) -> {
			String text = schema.text(new GetKey(options.withDeleted()), (key) -> byId(schema, options.withDeleted()));
			return call.sql(text, List.of(id)).query(mapper.apply(schema, reader)).list();
		});
		return found.isEmpty() ? Optional.empty() : Optional.of(Objects.requireNonNull(found.get(0)));
	}

	private static RowMapper<ReadRow> whole(EntitySchema schema, RowReader reader) {
		return (row, number) -> {
			HeldRow columns = HeldRow.of(schema, reader.source(row));
			return new ReadRow(reader.map(columns), columns, schema);
		};
	}

	private String byId(EntitySchema schema, boolean deleted) {
		EntityTables tables = tables(schema);
		return "SELECT %s FROM %s WHERE %s = ?%s".formatted(tables.columnList(schema), tables.main(),
				tables.quote(SystemColumn.ID), deleted ? "" : notDeleted(tables));
	}

	private static String notDeleted(EntityTables tables) {
		return " AND " + tables.quote(SystemColumn.DELETED_AT) + " IS NULL";
	}

	boolean exists(String entity, String id, ReadOptions options) {
		EntityCall call = this.calls.call(entity, "exists", options.limit());
		return read(call, entity, false, (schema, reader) -> {
			EntityTables tables = tables(schema);
			String text = "SELECT 1 FROM %s WHERE %s = ?%s".formatted(tables.main(), tables.quote(SystemColumn.ID),
					options.withDeleted() ? "" : notDeleted(tables));
			return !call.sql(text, List.of(id)).list(Integer.class).isEmpty();
		});
	}

	List<EntityRecord> find(String entity, EntityQuery query) {
		EntityCall call = this.calls.call(entity, "find", query.parts().timeout());
		return read(call, entity, List.of(), (schema, reader) -> {
			FindSql sql = new FindSql(tables(schema), schema, query, this.calls.values());
			return fetching(sql.bind(call.sql(sql.rows(), List.of())), query).query(reader).list();
		});
	}

	private static StatementSpec fetching(StatementSpec statement, EntityQuery query) {
		return (query.parts().fetchSize() > 0) ? statement.fetchSize(query.parts().fetchSize()) : statement;
	}

	/** What comes after the first row cannot be read again. */
	Stream<EntityRecord> stream(String entity, EntityQuery query) {
		EntityCall call = this.calls.call(entity, "stream", query.parts().timeout());
		this.calls.schemas().refresh(entity, 0);
		return read(call, entity, Stream.empty(), (schema, reader) -> {
			FindSql sql = new FindSql(tables(schema), schema, query, this.calls.values());
			StatementSpec statement = sql.bind(call.sql(sql.rows(), List.of())).fetchSize(FETCHED);
			return fetching(statement, query).query((row, number) -> {
				EntityRecord read = reader.mapRow(row, number);
				if (reader.lastHadMore()) {
					throw new StaleSchemaException(entity, reader.revisionSeen());
				}
				return read;
			}).stream();
		});
	}

	long count(String entity, EntityQuery query) {
		EntityCall call = this.calls.call(entity, "count", query.parts().timeout());
		return read(call, entity, 0L, (schema, reader) -> {
			FindSql sql = new FindSql(tables(schema), schema, query, this.calls.values());
			return sql.bind(call.sql(sql.count(), List.of())).single(Long.class);
		});
	}

	List<EntityVersion> history(String entity, String id, HistoryQuery query) {
		EntityCall call = this.calls.call(entity, "history", query.limit());
		return read(call, entity, List.of(), (schema, reader) -> {
			EntityTables tables = tables(schema);
			String version = tables.quote(SystemColumn.VERSION);
			List<@Nullable Object> parameters = new ArrayList<>(List.of(id));
			if (query.beforeVersion() != null) {
				parameters.add(query.beforeVersion());
			}
			String text = "SELECT %s FROM %s WHERE %s = ?%s ORDER BY %s DESC%s".formatted(tables.columnList(schema),
					tables.history(), tables.quote(SystemColumn.ID),
					(query.beforeVersion() != null) ? " AND " + version + " < ?" : "", version,
					(query.max() != null) ? tables.sql().page(query.max().toString(), "0") : "");
			return call.sql(text, parameters).query((row, number) -> reader.mapVersion(row)).list();
		});
	}

	Optional<EntityVersion> version(String entity, String id, long version, ReadOptions options) {
		EntityCall call = this.calls.call(entity, "version", options.limit());
		return read(call, entity, Optional.empty(), (schema, reader) -> {
			EntityTables tables = tables(schema);
			String text = "SELECT %s FROM %s WHERE %s = ? AND %s = ?".formatted(tables.columnList(schema),
					tables.history(), tables.quote(SystemColumn.ID), tables.quote(SystemColumn.VERSION));
			return call.sql(text, List.of(id, version)).query((row, number) -> reader.mapVersion(row)).optional();
		});
	}

	private EntityTables tables(EntitySchema schema) {
		return schema.text("tables", (key) -> EntityTables.of(schema.entity(), this.calls.dialect()));
	}

	/**
	 * Reads.
	 * @param nothing what there is where nothing was ever saved
	 */
	private <T> T read(EntityCall call, String entity, T nothing, BiFunction<EntitySchema, RowReader, T> work) {
		return this.calls.within(call, () -> {
			EntitySchema schema = this.calls.schemas().get(entity);
			for (int attempt = 1;; attempt++) {
				if (!schema.exists()) {
					return nothing;
				}
				RowReader reader = new RowReader(schema, this.calls.dialect().columns(), this.calls.values());
				RuntimeException failure = null;
				try {
					T result = work.apply(schema, reader);
					if (!reader.sawMore()) {
						return result;
					}
				}
				catch (UnknownFieldException ex) {
					failure = ex;
				}
				catch (NonTransientDataAccessException ex) {
					if (undone() || ex instanceof NonTransientDataAccessResourceException) {
						throw ex;
					}
					failure = ex;
				}
				EntitySchema now = (attempt < ATTEMPTS) ? this.calls.schemas().refresh(entity, reader.revisionSeen())
						: schema;
				if (failure != null && (attempt == ATTEMPTS || now.sameAs(schema))) {
					throw failure;
				}
				if (attempt == ATTEMPTS) {
					throw new StaleSchemaException(entity, reader.revisionSeen());
				}
				schema = now;
			}
		});
	}

	/** Whether nothing can be read any more in the transaction of the caller. */
	private boolean undone() {
		return this.calls.database().transaction() != null && this.calls.dialect().errorAbortsTransaction();
	}

	/** The key of a text that a schema keeps. */
	private record GetKey(boolean deleted) {
	}

}
