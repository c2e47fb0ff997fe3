package io.dbop.autoconfigure;

import io.dbop.dialect.Dialects;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.ConnectionPoolFactory;
import io.dbop.pool.CredentialsSource;
import io.dbop.pool.DatabaseConfig;

/** Opens pools whose connections are recorded, unless all is switched off. */
@FunctionalInterface
interface PoolOpener {

	ConnectionPool open(DatabaseConfig config, Dialects dialects, CredentialsSource credentials);

	static PoolOpener of(DbopProperties properties) {
		return properties.enabled() ? ConnectionPoolFactory::open : ConnectionPoolFactory::openPlain;
	}

}
