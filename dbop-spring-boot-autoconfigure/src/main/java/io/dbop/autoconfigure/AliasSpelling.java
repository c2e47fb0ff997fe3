package io.dbop.autoconfigure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Aliases in the spelling of their users. Environment variables know neither upper case
 * nor dashes: {@code DBOP_DATABASES_ORDERDB_PASSWORD} speaks of {@code order-db} and
 * {@code orderDb} too, and must not make a database of its own.
 */
final class AliasSpelling {

	private AliasSpelling() {
	}

	static Map<String, DatabaseProperties> distinct(Map<String, DatabaseProperties> databases) {
		Map<String, String> spelling = new LinkedHashMap<>();
		databases.keySet().forEach((alias) -> spelling.merge(plain(alias), alias, AliasSpelling::chosen));
		Map<String, DatabaseProperties> distinct = new LinkedHashMap<>();
		spelling.values().forEach((alias) -> distinct.put(alias, databases.get(alias)));
		return Collections.unmodifiableMap(distinct);
	}

	private static String chosen(String one, String other) {
		if (!one.equals(plain(one)) && !other.equals(plain(other))) {
			throw new InvalidPropertyException(DbopProperties.DATABASES + "." + other, null,
					"An alias must differ from others ('%s') in more than punctuation and case: Spring Boot takes them for the same."
						.formatted(one));
		}
		return one.equals(plain(one)) ? other : one;
	}

	private static String plain(String alias) {
		return alias.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
	}

}
