package io.dbop.entity;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.dbop.dialect.ColumnType;
import io.dbop.dialect.Dialect;
import io.dbop.entity.value.EntitySerializer;
import io.dbop.entity.value.FieldType;
import io.dbop.entity.value.FieldValues;
import io.dbop.entity.value.InvalidValueException;
import io.dbop.execution.ExecutionPlan;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.util.function.SingletonSupplier;

/**
 * What all operations on the entities of a database go through: looking again where the
 * tables were not as they were known, and being done as a whole. Thread-safe.
 */
final class EntityCalls {

	/** So often the tables may turn out to be others than was known. */
	private static final int ATTEMPTS = 10;

	private static final String DIVISION_BY_ZERO = "22012";

	private final EntityDatabase database;

	private final EntitySettings settings;

	private final Schemas schemas;

	private final EntityCaches caches;

	private final EntityUser user;

	private final Clock clock;

	private final Supplier<FieldValues> values;

	private final Supplier<RowEncoder> encoder;

	EntityCalls(EntityDatabase database, EntitySettings settings, EntityUser user,
			Collection<? extends EntitySerializer<?>> serializers, EntityCaching caching, Clock clock) {
		this.database = database;
		this.settings = settings;
		this.schemas = new Schemas(database, settings);
		this.caches = new EntityCaches(database, caching);
		this.user = user;
		this.clock = clock;
		this.values = SingletonSupplier.of(() -> new FieldValues(database.dialect().columns(), serializers));
		this.encoder = SingletonSupplier.of(() -> new RowEncoder(database.alias(), this.values.get(), settings));
	}

	private EntityCalls(EntityCalls calls, EntityUser user) {
		this.database = calls.database;
		this.settings = calls.settings;
		this.schemas = calls.schemas;
		this.caches = calls.caches;
		this.user = user;
		this.clock = calls.clock;
		this.values = calls.values;
		this.encoder = calls.encoder;
	}

	/** The same, and what is known of tables is shared, with another user. */
	EntityCalls withUser(EntityUser other) {
		return new EntityCalls(this, other);
	}

	EntityUser user() {
		return this.user;
	}

	EntitySettings settings() {
		return this.settings;
	}

	EntityDatabase database() {
		return this.database;
	}

	Schemas schemas() {
		return this.schemas;
	}

	EntityCaches caches() {
		return this.caches;
	}

	FieldValues values() {
		return this.values.get();
	}

	RowEncoder encoder() {
		return this.encoder.get();
	}

	Dialect dialect() {
		return this.database.dialect();
	}

	EntityCall call(String entity, String operation, @Nullable Duration timeout) {
		return new EntityCall(this.database, entity + "." + operation, timeout);
	}

	Change.Context context(ChangeOptions options) {
		String by = (options.user() != null) ? options.user() : this.user.current();
		Instant now = (Instant) Objects
			.requireNonNull(dialect().columns().held(ColumnType.INSTANT, this.clock.instant()));
		return new Change.Context(now, by, options.why(), options.expected());
	}

	/** Runs a call within its time, if it has one. */
	<T extends @Nullable Object> T within(EntityCall call, Supplier<T> work) {
		return (call.timeout() != null) ? run(this.database.plans().get(call, CallPlans.Kind.LIMIT), work) : work.get();
	}

	/**
	 * Does work on tables that can take changes, and again where they turn out to be
	 * others than was known.
	 */
	<T extends @Nullable Object> T onSchema(EntityCall call, String entity, Collection<Change> changes,
			Function<EntitySchema, T> work) {
		try {
			return untilDone(call, entity, changes, work);
		}
		catch (RuntimeException | Error ex) {
			if (call.changed() && this.database.transaction() != null) {
				// A part of it must not be committed.
				this.database.markRollbackOnly();
			}
			throw ex;
		}
	}

	private <T extends @Nullable Object> T untilDone(EntityCall call, String entity, Collection<Change> changes,
			Function<EntitySchema, T> work) {
		EntitySchema schema = this.schemas.get(entity);
		for (int attempt = 1;; attempt++) {
			try {
				schema = able(schema, changes);
				return work.apply(schema);
			}
			catch (StaleSchemaException ex) {
				if (attempt == ATTEMPTS || (call.unrecorded() && this.database.transaction() != null)) {
					throw ex;
				}
				schema = this.schemas.refresh(entity, ex.revisionSeen());
			}
			catch (DataAccessException ex) {
				if (attempt == ATTEMPTS || !heals(call, ex)) {
					throw ex;
				}
				EntitySchema before = schema;
				schema = this.schemas.refresh(entity, 0);
				if (outOfRange(ex) && schema.sameAs(before)) {
					throw ex;
				}
			}
		}
	}

	/** A schema in which there is room for all fields. */
	private EntitySchema able(EntitySchema schema, Collection<Change> changes) {
		try {
			boolean lacksTable = !schema.exists() && !changes.isEmpty();
			if (!lacksTable && encoder().missing(schema, changes).isEmpty()) {
				return schema;
			}
		}
		catch (EntityTypeException ex) {
			if (reconsidered(schema, ex).sameAs(schema)) {
				throw ex;
			}
		}
		EntitySchema evolved = this.schemas.evolve(schema.entity(), (present) -> encoder().missing(present, changes));
		// Others may have made a field meanwhile that cannot hold these values.
		encoder().missing(evolved, changes);
		return evolved;
	}

	private EntitySchema reconsidered(EntitySchema schema, EntityTypeException refusal) {
		try {
			return this.schemas.reconsider(schema);
		}
		catch (DataAccessException ex) {
			refusal.addSuppressed(ex);
			return schema;
		}
	}

	/**
	 * Which saves, right in themselves, the tables have no room for as they are known.
	 */
	Predicate<Change> needingChange(String entity) {
		EntitySchema schema = this.schemas.get(entity);
		return (change) -> needsChange(schema, change);
	}

	private boolean needsChange(EntitySchema schema, Change change) {
		try {
			return !schema.exists() || !encoder().missing(schema, List.of(change)).isEmpty();
		}
		catch (EntityTypeException | InvalidEntityException ex) {
			return false;
		}
	}

	/** Whether a failure has left nothing that can go on. */
	boolean undone() {
		return this.database.transaction() != null && dialect().errorAbortsTransaction();
	}

	/** Whether it may be gone when the tables have been looked at again. */
	private boolean heals(EntityCall call, DataAccessException ex) {
		boolean undone = this.database.transaction() != null
				&& (dialect().errorAbortsTransaction() || call.unrecorded());
		if (undone || !(ex.getRootCause() instanceof SQLException cause)) {
			return false;
		}
		if (DIVISION_BY_ZERO.equals(cause.getSQLState())) {
			call.doubt();
			return true;
		}
		return dialect().tables().unknownObject(cause) || dialect().tables().keyTaken(cause) || outOfRange(ex);
	}

	/** What is written for a column fits into it, unless that is another one by now. */
	private boolean outOfRange(DataAccessException ex) {
		return ex.getRootCause() instanceof SQLException cause && dialect().tables().outOfRange(cause);
	}

	/**
	 * Does work as a whole or not at all.
	 * @param oneStatement whether it is one statement, which is whole by itself
	 */
	<T extends @Nullable Object> T atomically(EntityCall call, boolean oneStatement, Supplier<T> work) {
		if (this.database.transaction() != null) {
			return work.get();
		}
		if (oneStatement) {
			return committed(work);
		}
		return run(this.database.plans().get(call, CallPlans.Kind.WHOLE), work);
	}

	/** What the database has done is there, even if it cannot be read. */
	private static <T extends @Nullable Object> T committed(Supplier<T> work) {
		try {
			return work.get();
		}
		catch (InvalidValueException ex) {
			throw ex.afterSave();
		}
	}

	@SuppressWarnings({ "unchecked", "NullAway" })
	static <T extends @Nullable Object> T run(ExecutionPlan plan, Supplier<T> work) {
		return (T) EntityDatabase.run(plan, (attempt) -> work.get());
	}

}
