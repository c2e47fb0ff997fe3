package io.dbop.entity;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

import io.dbop.dialect.ColumnType;
import io.dbop.entity.value.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the tables of an entity. Immutable but for the statements that were
 * written for it, which live as long as it does.
 */
final class EntitySchema {

	private static final int MAX_KEPT = 200;

	private final String entity;

	private final boolean exists;

	private final int revision;

	private final Map<String, FieldType> fields;

	/** Columns that hold what no field does, by name, with their types. */
	private final Map<String, String> foreign;

	private final Set<String> recorded;

	private final TableTraits traits;

	/** The types of the recorded fields. */
	private final Map<String, FieldType> settled;

	private final Map<String, String> byFolded;

	private final MadeOnce texts = new MadeOnce(MAX_KEPT);

	/** Apart from the texts: maps with the same fields may have them in many orders. */
	private final MadeOnce layouts = new MadeOnce(MAX_KEPT);

	EntitySchema(String entity, boolean exists, int revision, Map<String, FieldType> fields,
			Map<String, String> foreign, Set<String> recorded, TableTraits traits) {
		this.entity = entity;
		this.exists = exists;
		this.revision = revision;
		this.fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
		this.foreign = Map.copyOf(foreign);
		this.recorded = Set.copyOf(recorded);
		this.traits = traits;
		this.settled = new HashMap<>(fields);
		this.settled.keySet().retainAll(recorded);
		this.byFolded = new TreeMap<>();
		fields.keySet().forEach((name) -> this.byFolded.put(EntityNames.folded(name), name));
		foreign.keySet().forEach((name) -> this.byFolded.put(EntityNames.folded(name), name));
	}

	static EntitySchema absent(String entity) {
		return new EntitySchema(entity, false, 0, Map.of(), Map.of(), Set.of(), TableTraits.NONE);
	}

	String entity() {
		return this.entity;
	}

	/** Whether there are tables. */
	boolean exists() {
		return this.exists;
	}

	TableTraits traits() {
		return this.traits;
	}

	int revision() {
		return this.revision;
	}

	/** The types of the fields, in the order of the columns. */
	Map<String, FieldType> fields() {
		return this.fields;
	}

	@Nullable FieldType type(String field) {
		return this.fields.get(field);
	}

	/**
	 * Whether it is recorded that there is such a field, so that all can know it who see
	 * the revision.
	 */
	boolean records(String field) {
		return this.recorded.contains(field);
	}

	/** The recorded type of a field, of which there is nothing to be found out. */
	@Nullable FieldType settled(String field) {
		return this.settled.get(field);
	}

	/** The type of a column of this name that cannot be a field. */
	@Nullable String foreignType(String field) {
		return this.foreign.get(field);
	}

	/**
	 * A field of this name but for case and accents, which on some databases would be the
	 * same.
	 */
	@Nullable String twin(String field) {
		String known = this.byFolded.get(EntityNames.folded(field));
		return (known == null || known.equals(field)) ? null : known;
	}

	/** Whether nothing is known that the other does not tell. */
	boolean sameAs(EntitySchema other) {
		return this.exists == other.exists && this.revision == other.revision && this.fields.equals(other.fields);
	}

	/** The same, where a writer was seen who knew a later one. */
	EntitySchema atLeast(int seen) {
		return (seen <= this.revision) ? this : new EntitySchema(this.entity, this.exists, seen, this.fields,
				this.foreign, this.recorded, this.traits);
	}

	/** Whatever is made of the schema, made once. */
	<K, T> T text(K key, Function<K, T> make) {
		return this.texts.get(key, make);
	}

	/** The kinds of all columns, in their order. */
	List<ColumnType> columnTypes() {
		return text("types",
				(key) -> Stream
					.concat(Arrays.stream(SystemColumn.values()).map(SystemColumn::type),
							this.fields.values().stream().map(FieldType::column))
					.toList());
	}

	/** How a save, and those that are alike, lie in the tables. */
	Layout layout(Change change) {
		FieldNames names = change.fields().names();
		Shape given = new Shape(names.list(), change.fresh(), change.author() != null);
		return this.layouts.<Shape, Layout>get(given, (shape) -> new Layout(this, shape, names)).of(names);
	}

}
