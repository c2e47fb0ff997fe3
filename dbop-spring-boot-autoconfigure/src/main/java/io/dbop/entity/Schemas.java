package io.dbop.entity;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

import io.dbop.dialect.Dialect;
import io.dbop.dialect.TableSql;
import io.dbop.entity.value.FieldType;
import io.dbop.failure.Classification;
import io.dbop.failure.FailureKind;
import io.dbop.failure.Redo;
import io.dbop.failure.SqlExceptionChain;
import io.dbop.sql.CacheStatistics;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;

/**
 * Knows the schemas of the entities of one database, and changes them. What is known is
 * what has been committed: a transaction that has changed tables itself looks at them
 * each time. Thread-safe.
 */
final class Schemas {

	/** Others may do the same at the same time; each time one of them gets on. */
	private static final int ATTEMPTS = 50;

	/** So often in a row the same name may be taken by others who make the same. */
	private static final int SAME_NAME = 5;

	private static final long BETWEEN_LOOKS_NANOS = Duration.ofSeconds(1).toNanos();

	private final EntityDatabase database;

	private final EntitySettings settings;

	private final Map<String, EntitySchema> known = new ConcurrentHashMap<>();

	/** The entities whose tables a transaction has changed, for as long as it lasts. */
	private final Map<Object, Set<String>> changed = Collections.synchronizedMap(new WeakHashMap<>());

	/** When that was last done. */
	private final Map<String, Long> reconsidered = new ConcurrentHashMap<>();

	private final LongAdder hits = new LongAdder();

	private final LongAdder misses = new LongAdder();

	private final LongAdder outdated = new LongAdder();

	private final SchemaEvolution evolution;

	private final Turns turns = new Turns();

	Schemas(EntityDatabase database, EntitySettings settings) {
		this.database = database;
		this.settings = settings;
		this.evolution = new SchemaEvolution(database, settings);
		database.engine().caches().add("entity-schemas", this::statistics);
	}

	EntityMode mode(String entity) {
		return this.settings.mode(entity);
	}

	/** The schema as far as it is known, looked up if it is not. */
	EntitySchema get(String entity) {
		EntitySchema schema = changedByTransaction(entity) ? null : this.known.get(entity);
		if (schema == null) {
			this.misses.increment();
			return look(entity);
		}
		this.hits.increment();
		return schema;
	}

	/** Forgets what was known, and looks again. */
	EntitySchema refresh(String entity, int revisionSeen) {
		forget(entity);
		EntitySchema schema = look(entity);
		if (schema.revision() >= revisionSeen) {
			return schema;
		}
		// Somebody has removed the record of fields, and rows still tell of it.
		EntitySchema adopted = schema.atLeast(revisionSeen);
		publish(adopted);
		return adopted;
	}

	/**
	 * Looks again where what is known leads to a refusal: once in a while, for those who
	 * are refused may be many.
	 */
	EntitySchema reconsider(EntitySchema schema) {
		long now = System.nanoTime();
		Long last = this.reconsidered.get(schema.entity());
		if (last != null && now - last < BETWEEN_LOOKS_NANOS) {
			return schema;
		}
		this.reconsidered.put(schema.entity(), now);
		return look(schema.entity());
	}

	/** The fields of all that is known. */
	Map<String, Map<String, FieldType>> known() {
		Map<String, Map<String, FieldType>> all = new TreeMap<>();
		this.known.forEach((entity, schema) -> all.put(entity, schema.fields()));
		return all;
	}

	private void forget(String entity) {
		if (this.known.remove(entity) != null) {
			this.outdated.increment();
		}
	}

	private CacheStatistics statistics() {
		return new CacheStatistics(this.hits.sum(), this.misses.sum(), this.outdated.sum(), this.known.size());
	}

	private EntitySchema look(String entity) {
		Dialect dialect = this.database.dialect();
		EntitySchema schema = this.database
			.look((connection) -> FoundTables.read(connection, entity, dialect).schema());
		publish(schema);
		return schema;
	}

	private void publish(EntitySchema schema) {
		if (schema.exists() && !changedByTransaction(schema.entity())) {
			this.known.merge(schema.entity(), schema,
					(before, now) -> (now.revision() >= before.revision()) ? now : before);
		}
	}

	private boolean changedByTransaction(String entity) {
		if (this.changed.isEmpty()) {
			return false;
		}
		Object transaction = this.database.transaction();
		Set<String> entities = (transaction != null) ? this.changed.get(transaction) : null;
		return entities != null && entities.contains(entity);
	}

	/** What would have to be done so that fields of these types can be saved. */
	List<String> plan(String entity, Map<String, FieldType> wanted) {
		Dialect dialect = this.database.dialect();
		return this.database.look(
				(connection) -> new SchemaChange(FoundTables.read(connection, entity, dialect), entity, dialect, wanted)
					.script());
	}

	/**
	 * Has the tables changed so that fields of these types can be saved, if that is
	 * allowed.
	 * @param wanted tells of a schema which fields it lacks, or has with a type that is
	 * too narrow, and the type that there has to be
	 * @return the schema, with these fields
	 */
	EntitySchema evolve(String entity, Function<EntitySchema, Map<String, FieldType>> wanted) {
		if (this.database.transaction() != null) {
			return evolveNow(entity, wanted);
		}
		return this.turns.take(entity, this.settings.schemaLockTimeout(), () -> evolveNow(entity, wanted));
	}

	private EntitySchema evolveNow(String entity, Function<EntitySchema, Map<String, FieldType>> wanted) {
		EntityMode mode = this.settings.mode(entity);
		EntitySchema present = refresh(entity, 0);
		Map<String, FieldType> missing = wanted.apply(present);
		if (present.exists() && missing.isEmpty()) {
			return present;
		}
		if (mode == EntityMode.VALIDATE || mode == EntityMode.NONE || (mode == EntityMode.CREATE && present.exists())) {
			throw refusal(entity, mode, present, missing);
		}
		checkNumber(entity, present, missing);
		EntitySchema schema = changeTables(present, missing);
		Object transaction = this.database.transaction();
		if (transaction != null && this.database.dialect().tables().changesTablesInTransactions()) {
			this.changed.computeIfAbsent(transaction, (key) -> new HashSet<>()).add(entity);
			forget(entity);
		}
		else {
			publish(schema);
		}
		return schema;
	}

	private void checkNumber(String entity, EntitySchema present, Map<String, FieldType> missing) {
		long number = present.fields().size()
				+ missing.keySet().stream().filter((field) -> present.type(field) == null).count();
		if (number > this.settings.maxFields()) {
			throw new InvalidEntityException(
					"The entity '%s' of database '%s' would have %d fields; %d is the most (dbop.entity.max-fields). Are there keys among them that should be values, in a map?"
						.formatted(entity, this.database.alias(), number, this.settings.maxFields()));
		}
	}

	private EntitySchemaException refusal(String entity, EntityMode mode, EntitySchema present,
			Map<String, FieldType> missing) {
		String what = present.exists() ? "its tables lack " + missing.keySet()
				: "it has no tables that could hold entities";
		return new EntitySchemaException(
				"The entity '%s' of database '%s' cannot be saved: %s, and with the mode %s dbop does not change them. Run:\n%s"
					.formatted(entity, this.database.alias(), what, mode,
							String.join(";\n", plan(entity, missing.isEmpty() ? present.fields() : missing))),
				null);
	}

	private EntitySchema changeTables(EntitySchema present, Map<String, FieldType> wanted) {
		String entity = present.entity();
		int revision = present.revision();
		String taken = null;
		int times = 0;
		for (int attempt = 1;; attempt++) {
			int known = revision;
			try {
				return this.evolution.run(entity, wanted, known);
			}
			catch (EntitySchemaException | InvalidEntityException ex) {
				throw ex;
			}
			catch (DataAccessException ex) {
				if (attempt == ATTEMPTS || this.database.transaction() != null) {
					throw new EntitySchemaException(message(entity), ex);
				}
				revision = refresh(entity, 0).revision();
				if (revision <= known && !othersWereFirst(ex)) {
					throw new EntitySchemaException(message(entity), ex);
				}
				String now = taken(ex);
				times = (now != null && now.equals(taken)) ? times + 1 : 1;
				taken = now;
				if (times == SAME_NAME) {
					throw new EntitySchemaException(
							message(entity) + " Something else has a name that they need: " + taken, ex);
				}
			}
		}
	}

	private String message(String entity) {
		boolean apart = this.database.transaction() != null
				&& !this.database.dialect().tables().changesTablesInTransactions();
		return "The tables of the entity '%s' of database '%s' could not be changed. ".formatted(entity,
				this.database.alias())
				+ (apart ? "They are changed on another connection, since this database would commit the transaction of the caller, and that transaction (or another long one) may keep them from being changed. Save such an entity once before, or call prepare() outside of the transaction."
						: "Nothing was saved.");
	}

	private boolean othersWereFirst(DataAccessException ex) {
		TableSql tables = this.database.dialect().tables();
		return ex.getRootCause() instanceof SQLException cause
				&& (tables.objectExists(cause) || tables.unknownObject(cause) || isConflict(cause));
	}

	/** What is there already, in the words of the database. */
	private @Nullable String taken(DataAccessException ex) {
		return (ex.getRootCause() instanceof SQLException cause && this.database.dialect().tables().objectExists(cause))
				? cause.getMessage() : null;
	}

	/** Whether tables could not be changed for now, mostly since others use them. */
	boolean held(Throwable failure) {
		Classification classification = (failure instanceof EntitySchemaException)
				? SqlExceptionChain.classify(failure, this.database.dialect()::classify) : null;
		return classification != null && classification.redo() != Redo.NEVER;
	}

	private boolean isConflict(SQLException cause) {
		Classification classification = this.database.dialect().classify(cause);
		return classification != null && (classification.kind() == FailureKind.DEADLOCK
				|| classification.kind() == FailureKind.SERIALIZATION);
	}

}
