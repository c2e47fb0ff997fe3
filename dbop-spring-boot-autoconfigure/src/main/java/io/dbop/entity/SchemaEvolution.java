package io.dbop.entity;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.dbop.dialect.Dialect;
import io.dbop.dialect.SessionLimits;
import io.dbop.dialect.TableSql;
import io.dbop.entity.value.FieldType;
import io.dbop.pool.AttemptLedger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the tables of entities, under the lock that the database has for it. Whatever
 * others have done in the meantime counts. Thread-safe.
 */
final class SchemaEvolution {

	private static final Logger logger = LoggerFactory.getLogger(SchemaEvolution.class);

	private final EntityDatabase database;

	private final EntitySettings settings;

	SchemaEvolution(EntityDatabase database, EntitySettings settings) {
		this.database = database;
		this.settings = settings;
	}

	/**
	 * Changes tables, if they still have to be.
	 * @param wanted the fields that there have to be
	 * @param known the last revision that was known
	 * @return what the tables are afterwards
	 */
	EntitySchema run(String entity, Map<String, FieldType> wanted, int known) {
		return this.database.change((connection) -> run(connection, entity, wanted, known));
	}

	private EntitySchema run(Connection connection, String entity, Map<String, FieldType> wanted, int known)
			throws SQLException {
		Dialect dialect = this.database.dialect();
		Duration wait = lockTimeout();
		SessionLimits lock = dialect.tables().lock(connection, entity, wait);
		EntitySchema changed;
		try {
			FoundTables found = FoundTables.read(connection, entity, dialect);
			if (!found.fieldsAreRecorded()) {
				// That table is for all entities.
				lock = SessionLimits.both(dialect.tables().lock(connection, EntityNames.FIELDS_TABLE, wait), lock);
				found = FoundTables.read(connection, entity, dialect);
			}
			requireEntity(found, entity);
			SchemaChange change = new SchemaChange(found, entity, dialect, widened(found.schema(), wanted));
			if (!change.isEmpty()) {
				execute(connection, entity, found, change, wait);
				if (!change.toRecord().isEmpty()) {
					new FieldRecords(entity, dialect).write(connection, change,
							lastRevision(connection, found, Math.max(known, change.lastRevision())));
				}
				found = FoundTables.read(connection, entity, dialect);
			}
			changed = found.schema();
		}
		catch (SQLException | RuntimeException ex) {
			lock.takeBackAfter(ex);
			throw ex;
		}
		lock.takeBack(false);
		return changed;
	}

	/** No longer than the call may take: nothing ends a wait on a connection apart. */
	private Duration lockTimeout() {
		Duration configured = this.settings.schemaLockTimeout();
		AttemptLedger ledger = AttemptLedger.current();
		if (ledger == null || ledger.deadline() == AttemptLedger.NO_DEADLINE) {
			return configured;
		}
		Duration left = Duration.ofNanos(Math.max(1, ledger.deadline() - System.nanoTime()));
		return (left.compareTo(configured) < 0) ? left : configured;
	}

	/**
	 * Others may have made a field in the meantime, or widened it. One that is of no use
	 * for these values stays, and is met again by whoever looks next.
	 */
	private Map<String, FieldType> widened(EntitySchema present, Map<String, FieldType> wanted) {
		Map<String, FieldType> result = new LinkedHashMap<>();
		wanted.forEach((field, type) -> {
			FieldType there = present.type(field);
			FieldType both = (there != null) ? there.widenedBy(type) : type;
			if (both != null) {
				result.put(field, both);
			}
			else if (this.settings.onTypeConflict() == TypeConflict.TEXT) {
				result.put(field, FieldType.parse("string"));
			}
		});
		return result;
	}

	/** A table that an application has made for itself is none of an entity's. */
	private void requireEntity(FoundTables found, String entity) {
		Map<String, String> main = found.main();
		if (main != null && !main.containsKey(SystemColumn.REVISION.columnName())) {
			throw new EntitySchemaException(
					"The table '%s' of database '%s' is not an entity's: it lacks %s. Give the entity another name, or the table these columns."
						.formatted(entity, this.database.alias(),
								found.missingSystemColumns(main).stream().map(SystemColumn::columnName).toList()),
					null);
		}
	}

	private void execute(Connection connection, String entity, FoundTables found, SchemaChange change, Duration wait)
			throws SQLException {
		EntityTables tables = EntityTables.of(entity, this.database.dialect());
		try (Statement statement = connection.createStatement()) {
			String lock = tables.sql().lockTables(tables.main(), tables.history());
			if (lock != null && found.complete() && !change.statements().isEmpty()) {
				statement.execute(lock);
			}
			List<String> changes = change.statements();
			if (!tables.sql().changesTablesInTransactions() && !changes.isEmpty()) {
				// The first of all, if the fields of none are recorded, makes the table
				// for it.
				int before = found.fieldsAreRecorded() ? 0 : 1;
				execute(statement, entity, changes.subList(0, before), tables.sql(), wait);
				new FieldRecords(entity, this.database.dialect()).announce(connection, change.toAnnounce());
				changes = changes.subList(before, changes.size());
			}
			execute(statement, entity, changes, tables.sql(), wait);
		}
	}

	/** A part of the changes must not be committed with the transaction of the caller. */
	private void execute(Statement statement, String entity, List<String> changes, TableSql sql, Duration wait)
			throws SQLException {
		int done = 0;
		try {
			for (String each : changes) {
				logger.info("Database '{}', entity '{}': {}", this.database.alias(), entity, each);
				sql.change(statement, each, wait);
				done++;
			}
		}
		catch (SQLException | RuntimeException ex) {
			if (done > 0 && sql.changesTablesInTransactions() && this.database.transaction() != null) {
				this.database.markRollbackOnly();
			}
			throw ex;
		}
	}

	/** Somebody may have removed the records, and rows still tell of them. */
	private int lastRevision(Connection connection, FoundTables found, int known) throws SQLException {
		if (found.recordedRevision() > 0 || !found.complete()) {
			return known;
		}
		EntityTables tables = EntityTables.of(found.schema().entity(), this.database.dialect());
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(
						"SELECT MAX(%s) FROM %s".formatted(tables.quote(SystemColumn.REVISION), tables.main()))) {
			return row.next() ? Math.max(known, row.getInt(1)) : known;
		}
	}

}
