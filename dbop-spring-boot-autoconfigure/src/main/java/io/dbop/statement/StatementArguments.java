package io.dbop.statement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.SimplePropertySqlParameterSource;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.util.ObjectUtils;

/** The values that were given for the parameters of a statement, by place or by name. */
final class StatementArguments {

	/** Stands where no value was given. */
	static final Object MISSING = new Object();

	private final List<@Nullable Object> places;

	private final Map<String, @Nullable Object> names = new LinkedHashMap<>();

	private @Nullable SqlParameterSource source;

	StatementArguments() {
		this(new ArrayList<>());
	}

	private StatementArguments(List<@Nullable Object> places) {
		this.places = places;
	}

	/**
	 * The parameters of one row of a batch, which may be the only one itself.
	 */
	static StatementArguments ofRow(Object row) {
		if (row instanceof List<?> values) {
			return new StatementArguments(Collections.unmodifiableList(values));
		}
		StatementArguments arguments = new StatementArguments();
		if (row instanceof Iterable<?> values) {
			values.forEach(arguments::add);
		}
		else if (row.getClass().isArray() && !(row instanceof byte[])) {
			arguments.places.addAll(Arrays.asList(ObjectUtils.toObjectArray(row)));
		}
		else if (row instanceof byte[] || BeanUtils.isSimpleValueType(row.getClass())) {
			arguments.add(row);
		}
		else {
			arguments.from(row);
		}
		return arguments;
	}

	StatementArguments copy() {
		StatementArguments copy = new StatementArguments();
		copy.places.addAll(this.places);
		copy.names.putAll(this.names);
		copy.source = this.source;
		return copy;
	}

	void add(@Nullable Object value) {
		this.places.add(value);
	}

	void set(int place, @Nullable Object value) {
		while (this.places.size() <= place) {
			this.places.add(MISSING);
		}
		this.places.set(place, value);
	}

	void put(String name, @Nullable Object value) {
		this.names.put(name, value);
	}

	/** A map says what it has; of an object, each property is there to be used. */
	void from(Object source) {
		if (source instanceof Map<?, ?> map) {
			MapSqlParameterSource values = new MapSqlParameterSource();
			if (this.source instanceof MapSqlParameterSource before) {
				values.addValues(before.getValues());
			}
			map.forEach((name, value) -> {
				values.addValue(String.valueOf(name), value);
				this.names.remove(String.valueOf(name));
			});
			this.source = values;
		}
		else {
			this.source = new SimplePropertySqlParameterSource(source);
		}
	}

	boolean isEmpty() {
		return this.places.isEmpty() && !named();
	}

	boolean named() {
		return this.source != null || !this.names.isEmpty();
	}

	boolean placed() {
		return !this.places.isEmpty();
	}

	List<@Nullable Object> places() {
		return this.places;
	}

	/** The names that were given one by one, and so are meant for this statement. */
	Iterable<String> names() {
		return this.names.keySet();
	}

	/** The value of a name, {@link #MISSING} if there is none. */
	@Nullable Object value(String name) {
		if (this.names.containsKey(name)) {
			return this.names.get(name);
		}
		SqlParameterSource source = this.source;
		return (source != null && source.hasValue(name)) ? source.getValue(name) : MISSING;
	}

}
