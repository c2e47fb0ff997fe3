package io.dbop.autoconfigure;

import java.util.Collection;

import io.dbop.pool.PoolRegistry;

import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Refuses settings for a database that there is not: most likely its alias is misspelt.
 * An application without any database, such as a test of its web layer, may keep them.
 */
class UnusedSettings implements SmartInitializingSingleton {

	private final DbopProperties properties;

	private final DatabaseEngines engines;

	private final PoolRegistry pools;

	UnusedSettings(DbopProperties properties, DatabaseEngines engines, PoolRegistry pools) {
		this.properties = properties;
		this.engines = engines;
		this.pools = pools;
	}

	@Override
	public void afterSingletonsInstantiated() {
		Collection<String> known = this.engines.aliases();
		this.properties.databases().forEach((alias, database) -> {
			if (!known.isEmpty() && !known.contains(alias) && !database.atRunTime() && this.pools.find(alias) == null) {
				throw new InvalidPropertyException(DbopProperties.DATABASES + "." + alias, null,
						("there is no such database. Give it a 'url' or a 'type', use the alias of an existing one (%s),"
								+ " or set 'at-run-time' if the application creates it later.")
							.formatted(String.join(", ", known)));
			}
		});
	}

}
