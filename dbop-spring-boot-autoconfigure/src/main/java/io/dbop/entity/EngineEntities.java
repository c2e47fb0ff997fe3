package io.dbop.entity;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.dbop.entity.value.FieldType;
import io.dbop.statement.AsyncTasks;
import org.jspecify.annotations.Nullable;

import org.springframework.util.function.SingletonSupplier;

/** Operations on the entities of an engine's database. */
final class EngineEntities implements EntityOperations {

	private final EntityCalls calls;

	private final EntitySaves saves;

	private final EntityMarks marks;

	private final EntityReads reads;

	private final SingletonSupplier<EntityWriters> writers;

	private final Map<Class<?>, EngineRepository<?>> repositories = new ConcurrentHashMap<>();

	EngineEntities(EntityCalls calls) {
		this.calls = calls;
		this.saves = new EntitySaves(calls);
		this.marks = new EntityMarks(calls);
		this.reads = new EntityReads(calls);
		this.writers = SingletonSupplier.of(() -> new EntityWriters(calls));
	}

	@Override
	public EntityRecord save(String entity, Map<String, ? extends @Nullable Object> fields, ChangeOptions options) {
		EntityNames.checkEntity(entity);
		return this.saves.save(entity, EntitySaves.change(entity, fields), options);
	}

	@Override
	public EntityRecord save(String entity, String id, Map<String, ? extends @Nullable Object> fields,
			ChangeOptions options) {
		EntityNames.checkEntity(entity);
		return this.saves.save(entity, Changes.of(entity, id, fields), options);
	}

	@Override
	public List<EntityRecord> saveAll(String entity, Collection<? extends Map<String, ? extends @Nullable Object>> rows,
			ChangeOptions options) {
		EntityNames.checkEntity(entity);
		List<Change> changes = EntitySaves.changes(entity, rows);
		return changes.isEmpty() ? List.of() : this.saves.saveAll(entity, changes, options);
	}

	@Override
	public long saveAll(String entity, Iterator<? extends Map<String, ? extends @Nullable Object>> rows,
			ChangeOptions options) {
		EntityNames.checkEntity(entity);
		return this.saves.saveAll(entity, rows, options);
	}

	@Override
	public Optional<EntityRecord> get(String entity, String id, ReadOptions options) {
		check(entity, id);
		return this.reads.get(entity, id, options);
	}

	@Override
	public boolean exists(String entity, String id, ReadOptions options) {
		check(entity, id);
		return this.reads.exists(entity, id, options);
	}

	@Override
	public List<EntityRecord> find(String entity, EntityQuery query) {
		EntityNames.checkEntity(entity);
		return this.reads.find(entity, query);
	}

	@Override
	public Stream<EntityRecord> stream(String entity, EntityQuery query) {
		EntityNames.checkEntity(entity);
		return this.reads.stream(entity, query);
	}

	@Override
	public long count(String entity, EntityQuery query) {
		EntityNames.checkEntity(entity);
		return this.reads.count(entity, query);
	}

	@Override
	public boolean delete(String entity, String id, ChangeOptions options) {
		check(entity, id);
		return this.marks.mark(entity, id, EntityChange.DELETE, options);
	}

	@Override
	public boolean restore(String entity, String id, ChangeOptions options) {
		check(entity, id);
		return this.marks.mark(entity, id, EntityChange.RESTORE, options);
	}

	@Override
	public boolean purge(String entity, String id, ChangeOptions options) {
		check(entity, id);
		return this.marks.mark(entity, id, EntityChange.PURGE, options);
	}

	@Override
	public List<EntityVersion> history(String entity, String id, HistoryQuery query) {
		check(entity, id);
		return this.reads.history(entity, id, query);
	}

	@Override
	public Optional<EntityVersion> version(String entity, String id, long version, ReadOptions options) {
		check(entity, id);
		return this.reads.version(entity, id, version, options);
	}

	@Override
	@SuppressWarnings("unchecked") // It was put there for this class.
	public <T> EngineRepository<T> typed(Class<T> type) {
		return (EngineRepository<T>) this.repositories.computeIfAbsent(type, this::repository);
	}

	private <T> EngineRepository<T> repository(Class<T> type) {
		DbEntity declared = type.getAnnotation(DbEntity.class);
		if (declared == null) {
			throw new InvalidEntityException("%s is no entity: it has no @DbEntity.".formatted(type.getName()));
		}
		String entity = declared.value();
		return new EngineRepository<>(this, new ObjectMapping<>(type, entity, this.calls.values()),
				this.calls.schemas().mode(entity));
	}

	@Override
	public BatchWriter writer(String entity) {
		EntityNames.checkEntity(entity);
		return this.writers.obtain().get(entity);
	}

	@Override
	public AsyncEntityOperations async(AsyncTasks tasks) {
		return new TaskEntities(new EngineEntities(this.calls.withUser(() -> null)), this.calls.user(), tasks);
	}

	private static void check(String entity, String id) {
		EntityNames.checkEntity(entity);
		EntityNames.checkId(entity, id);
	}

	@Override
	public Map<String, Map<String, FieldType>> known() {
		return this.calls.schemas().known();
	}

	@Override
	public List<String> plan(String entity, Map<String, ? extends @Nullable Object> sample) {
		Change change = sample(entity, sample);
		return this.calls.schemas()
			.plan(entity, this.calls.encoder().missing(this.calls.schemas().refresh(entity, 0), List.of(change)));
	}

	@Override
	public void prepare(String entity, Map<String, ? extends @Nullable Object> sample) {
		Change change = sample(entity, sample);
		this.calls.schemas().evolve(entity, (schema) -> this.calls.encoder().missing(schema, List.of(change)));
	}

	private static Change sample(String entity, Map<String, ? extends @Nullable Object> sample) {
		EntityNames.checkEntity(entity);
		return EntitySaves.change(entity, sample);
	}

}
