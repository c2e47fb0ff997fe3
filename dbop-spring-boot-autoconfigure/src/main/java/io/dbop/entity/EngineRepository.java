package io.dbop.entity;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** The operations on entities, on objects of a class. */
final class EngineRepository<T> implements EntityRepository<T> {

	private final EntityOperations entities;

	private final ObjectMapping<T> mapping;

	private final String entity;

	private final EntityMode mode;

	EngineRepository(EntityOperations entities, ObjectMapping<T> mapping, EntityMode mode) {
		this.entities = entities;
		this.mapping = mapping;
		this.entity = mapping.entity();
		this.mode = mode;
	}

	@Override
	public T save(T object, ChangeOptions options) {
		return saving(object, options).get();
	}

	@Override
	public List<T> saveAll(Collection<? extends T> objects, ChangeOptions options) {
		return savingAll(objects, options).get();
	}

	/** To save an object as it is now. */
	Supplier<T> saving(T object, ChangeOptions options) {
		Map<String, @Nullable Object> fields = this.mapping.fields(object);
		return () -> this.mapping.object(this.entities.save(this.entity, fields, options));
	}

	/** To save objects as they are now. */
	Supplier<List<T>> savingAll(Collection<? extends T> objects, ChangeOptions options) {
		List<Map<String, @Nullable Object>> rows = objects.stream().map(this.mapping::fields).toList();
		return () -> objects(this.entities.saveAll(this.entity, rows, options));
	}

	private List<T> objects(List<EntityRecord> records) {
		return records.stream().map(this.mapping::object).toList();
	}

	@Override
	public long saveAll(Iterator<? extends T> objects, ChangeOptions options) {
		return this.entities.saveAll(this.entity, new Iterator<Map<String, @Nullable Object>>() {

			@Override
			public boolean hasNext() {
				return objects.hasNext();
			}

			@Override
			public Map<String, @Nullable Object> next() {
				return EngineRepository.this.mapping.fields(objects.next());
			}

		}, options);
	}

	@Override
	public Optional<T> get(String id, ReadOptions options) {
		return this.entities.get(this.entity, id, options).map(this.mapping::object);
	}

	@Override
	public boolean exists(String id, ReadOptions options) {
		return this.entities.exists(this.entity, id, options);
	}

	@Override
	public List<T> find(EntityQuery query) {
		return objects(this.entities.find(this.entity, query));
	}

	@Override
	public List<T> findAfter(EntityQuery query, T last) {
		EntityRecord told = this.mapping.record(Objects.requireNonNull(last, "The last entity must not be null"));
		boolean exact = this.mapping.tellsExactly(last, query.parts().order());
		return find(query.after(
				exact ? told : this.entities.get(this.entity, told.id(), ReadOptions.includingDeleted()).orElse(told)));
	}

	@Override
	public Stream<T> stream(EntityQuery query) {
		return this.entities.stream(this.entity, query).map(this.mapping::object);
	}

	@Override
	public long count(EntityQuery query) {
		return this.entities.count(this.entity, query);
	}

	@Override
	public boolean delete(String id, ChangeOptions options) {
		return this.entities.delete(this.entity, id, options);
	}

	@Override
	public boolean restore(String id, ChangeOptions options) {
		return this.entities.restore(this.entity, id, options);
	}

	@Override
	public boolean purge(String id, ChangeOptions options) {
		return this.entities.purge(this.entity, id, options);
	}

	@Override
	public List<TypedVersion<T>> history(String id, HistoryQuery query) {
		return this.entities.history(this.entity, id, query).stream().map(this::typed).toList();
	}

	@Override
	public Optional<TypedVersion<T>> version(String id, long version, ReadOptions options) {
		return this.entities.version(this.entity, id, version, options).map(this::typed);
	}

	private TypedVersion<T> typed(EntityVersion version) {
		return new TypedVersion<>(this.mapping.object(version.record()), version.version(), version.change(),
				version.at(), version.by(), version.comment());
	}

	@Override
	public List<String> plan() {
		return this.entities.plan(this.entity, this.mapping.sample());
	}

	@Override
	public void prepare() {
		if (this.mode != EntityMode.NONE) {
			this.entities.prepare(this.entity, this.mapping.sample());
		}
	}

}
