package io.dbop.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Decides which of the configured databases is the primary one: the one that says so,
 * else the only one, else the one called primary, main or default. The order in which
 * they are written does not count, since environment variables have none.
 */
final class PrimaryAlias {

	private static final List<String> CONVENTIONAL = List.of("primary", "main", AliasNames.DEFAULT);

	private PrimaryAlias() {
	}

	/**
	 * Finds the alias that is marked as primary.
	 * @return the alias, or {@code null} if none is
	 * @throws InvalidPropertyException if several are
	 */
	static @Nullable String marked(Map<String, DatabaseProperties> databases) {
		List<String> marked = databases.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().primary())
			.map(Map.Entry::getKey)
			.toList();
		if (marked.size() > 1) {
			throw new InvalidPropertyException(property(marked.get(1)), true,
					"there can be one primary database, and '%s' is that already.".formatted(marked.get(0)));
		}
		return marked.isEmpty() ? null : marked.get(0);
	}

	/**
	 * Chooses one of the aliases where none is marked.
	 * @throws InvalidPropertyException if it cannot be told which
	 */
	static String unmarked(Set<String> aliases) {
		if (aliases.size() == 1) {
			return aliases.iterator().next();
		}
		for (String conventional : CONVENTIONAL) {
			if (aliases.contains(conventional)) {
				return conventional;
			}
		}
		throw new InvalidPropertyException(DbopProperties.DATABASES, String.join(", ", aliases),
				"it must be clear which of these is the primary database, which is used wherever none is named. "
						+ "Set 'primary: true' for one of them, or call it 'main'.");
	}

	static String property(String alias) {
		return DbopProperties.DATABASES + "." + alias + ".primary";
	}

}
