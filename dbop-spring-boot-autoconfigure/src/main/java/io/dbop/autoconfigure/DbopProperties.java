package io.dbop.autoconfigure;

import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The configuration of dbop. Immutable.
 *
 * @param enabled whether operations are retried, guarded and metered. If not, annotated
 * methods are called as if they bore no annotation, and no existing DataSource is
 * touched; the databases below exist all the same.
 * @param databases the databases by alias. An entry without type, url, host, hosts, port
 * and database holds settings for an existing DataSource of that alias.
 */
@ConfigurationProperties(prefix = DbopProperties.PREFIX, ignoreUnknownFields = false)
record DbopProperties(@DefaultValue("true") boolean enabled, @DefaultValue Map<String, DatabaseProperties> databases) {

	/** The prefix of all properties. */
	static final String PREFIX = "dbop";

	/** The prefix of the properties of databases. */
	static final String DATABASES = PREFIX + ".databases";

	/** The settings of a database of which nothing is configured. */
	static final DatabaseProperties DEFAULTS = new Binder().bindOrCreate(DATABASES + ".default",
			DatabaseProperties.class);

	/**
	 * Copies the databases, each once however often its alias is spelt differently.
	 */
	DbopProperties {
		databases = AliasSpelling.distinct(databases);
	}

	/**
	 * The settings of an alias, the defaults if nothing is configured.
	 */
	DatabaseProperties database(String alias) {
		DatabaseProperties configured = this.databases.get(alias);
		return (configured != null) ? configured : DEFAULTS;
	}

}
