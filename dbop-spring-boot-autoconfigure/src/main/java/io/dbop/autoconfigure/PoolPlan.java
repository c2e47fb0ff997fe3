package io.dbop.autoconfigure;

import io.dbop.dialect.Dialects;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.CredentialsSource;
import io.dbop.pool.DatabaseConfig;

/**
 * Everything it takes to open a pool.
 *
 * @param config the configuration
 * @param dialects the dialects there are
 * @param credentials where user and password come from
 */
record PoolPlan(DatabaseConfig config, Dialects dialects, CredentialsSource credentials) {

	ConnectionPool open() {
		return ConnectionPool.open(this.config, this.dialects, this.credentials);
	}

}
