package io.dbop.entity;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * The fields of one row as they were when it was given, without its id. Immutable, but
 * for what is within the values.
 */
final class Fields extends AbstractMap<String, @Nullable Object> {

	private static final String ID = SystemColumn.ID.columnName();

	private final FieldNames names;

	private final @Nullable Object[] values;

	private Fields(FieldNames names, @Nullable Object[] values) {
		this.names = names;
		this.values = values;
	}

	/**
	 * Takes the fields of a row.
	 * @param before those of a row that may be alike, or {@code null}
	 * @throws InvalidEntityException if one of them has a name that no field can have
	 */
	static Fields of(Map<String, ? extends @Nullable Object> given, @Nullable Fields before) {
		Fields alike = (before != null) ? alike(given, before.names) : null;
		if (alike != null) {
			return alike;
		}
		List<@Nullable String> names = new ArrayList<>(given.size());
		List<@Nullable Object> values = new ArrayList<>(given.size());
		given.forEach((name, value) -> {
			if (!ID.equals(name)) {
				names.add(name);
				values.add(value);
			}
		});
		return new Fields(FieldNames.of(names), values.toArray());
	}

	private static @Nullable Fields alike(Map<String, ? extends @Nullable Object> given, FieldNames names) {
		@Nullable Object[] values = new Object[names.size()];
		int place = 0;
		for (Map.Entry<String, ? extends @Nullable Object> each : given.entrySet()) {
			String name = each.getKey();
			if (place < values.length && names.get(place).equals(name)) {
				values[place++] = each.getValue();
			}
			else if (!ID.equals(name)) {
				return null;
			}
		}
		return (place == values.length) ? new Fields(names, values) : null;
	}

	FieldNames names() {
		return this.names;
	}

	/** The value at a place among the names. */
	@Nullable Object value(int place) {
		return this.values[place];
	}

	@Override
	public @Nullable Object get(@Nullable Object name) {
		int place = this.names.place(name);
		return (place >= 0) ? this.values[place] : null;
	}

	@Override
	public boolean containsKey(@Nullable Object name) {
		return this.names.place(name) >= 0;
	}

	@Override
	public Set<Entry<String, @Nullable Object>> entrySet() {
		return new AbstractSet<>() {

			@Override
			public Iterator<Entry<String, @Nullable Object>> iterator() {
				return IntStream.range(0, size())
					.<Entry<String, @Nullable Object>>mapToObj(
							(place) -> new SimpleImmutableEntry<>(Fields.this.names.get(place), value(place)))
					.iterator();
			}

			@Override
			public int size() {
				return Fields.this.values.length;
			}

		};
	}

}
