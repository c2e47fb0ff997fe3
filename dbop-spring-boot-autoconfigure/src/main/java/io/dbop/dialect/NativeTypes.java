package io.dbop.dialect;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Names of the types of columns: how a database is told them, and the names under which
 * its catalogue and its driver tell them.
 */
final class NativeTypes {

	private static final Pattern TEXT_ATTRIBUTES = Pattern.compile("\\s+(character set|collate)\\s.*", Pattern.DOTALL);

	private static final Pattern ARGUMENTS = Pattern.compile("\\s*\\(.*\\)", Pattern.DOTALL);

	private final Map<ColumnType, String> written = new EnumMap<>(ColumnType.class);

	private final Map<String, ColumnType> kinds = new HashMap<>();

	/** The type of a kind of column, and more names of types that are read as it. */
	NativeTypes with(ColumnType type, String name, String... others) {
		this.written.put(type, name);
		for (String other : others) {
			this.kinds.put(other, type);
		}
		return this;
	}

	String of(ColumnType type) {
		String name = this.written.get(type);
		if (name == null) {
			throw new IllegalStateException("No column for " + type);
		}
		return name;
	}

	/** The kind of a type, first with its arguments, then without. */
	@Nullable ColumnType kindOf(String nativeType) {
		String name = TEXT_ATTRIBUTES.matcher(nativeType.strip().toLowerCase(Locale.ROOT))
			.replaceFirst("")
			.replaceAll("\\s+", " ");
		ColumnType whole = this.kinds.get(name);
		return (whole != null) ? whole : this.kinds.get(ARGUMENTS.matcher(name).replaceFirst(""));
	}

}
