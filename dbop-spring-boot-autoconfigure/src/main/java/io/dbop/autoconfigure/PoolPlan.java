package io.dbop.autoconfigure;

import io.dbop.dialect.Dialect;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.CredentialsSource;
import io.dbop.pool.DatabaseConfig;

/**
 * Everything it takes to open a pool.
 *
 * @param config the configuration
 * @param dialect the dialect of the database
 * @param credentials where user and password come from
 */
record PoolPlan(DatabaseConfig config, Dialect dialect, CredentialsSource credentials) {

	ConnectionPool open() {
		return ConnectionPool.open(this.config, this.dialect, this.credentials);
	}

}
