package io.dbop.pool;

import io.dbop.dialect.Dialect;
import io.dbop.dialect.Dialects;

/** The dialect that a configuration means. */
final class ConfiguredDialect {

	private ConfiguredDialect() {
	}

	/**
	 * @throws InvalidDatabaseConfigException if there is no dialect of that name, or it
	 * wants the name of a database
	 */
	static Dialect of(DatabaseConfig config, Dialects dialects) {
		if (config.url() == null && config.database() == null) {
			throw new InvalidDatabaseConfigException(config.alias(), "database", null,
					"set it to the name of the database, or to the file of an embedded one");
		}
		if (config.type() != null) {
			Dialect named = dialects.findByName(config.type());
			if (named == null) {
				throw new InvalidDatabaseConfigException(config.alias(), "type", config.type(),
						"must be one of %s".formatted(String.join(", ", dialects.names())));
			}
			return named;
		}
		Dialect found = (config.url() != null) ? dialects.findByUrl(config.url()) : null;
		return (found != null) ? found : Dialects.generic();
	}

}
