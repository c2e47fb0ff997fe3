package io.dbop.entity;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The names of the fields of a row, checked, in their order. Rows that are alike share
 * them, so that what is the same for all is worked out for the first. Immutable.
 */
final class FieldNames {

	private final List<String> names;

	private FieldNames(List<String> names) {
		this.names = names;
	}

	/**
	 * Checks names.
	 * @throws InvalidEntityException if one of them cannot be that of a field, or two are
	 * the same for some databases
	 */
	static FieldNames of(Collection<@Nullable String> given) {
		boolean folded = false;
		for (String name : given) {
			if (name == null) {
				throw new InvalidEntityException("A field has no name. Nothing was sent.");
			}
			folded |= !EntityNames.checkField(name).equals(name);
		}
		List<String> names = List.copyOf(given);
		if (folded) {
			requireDifferent(names);
		}
		return new FieldNames(names);
	}

	/** Some databases do not tell upper case from lower, nor accents. */
	private static void requireDifferent(List<String> names) {
		Set<String> folded = new HashSet<>();
		for (String name : names) {
			if (!folded.add(EntityNames.folded(name))) {
				throw new InvalidEntityException(
						"There are two fields '%s', which differ in case or accents alone. Nothing was sent."
							.formatted(name));
			}
		}
	}

	List<String> list() {
		return this.names;
	}

	int size() {
		return this.names.size();
	}

	String get(int place) {
		return this.names.get(place);
	}

	/** The place of a name, -1 if there is no such name. */
	int place(@Nullable Object name) {
		return (name != null) ? this.names.indexOf(name) : -1;
	}

}
