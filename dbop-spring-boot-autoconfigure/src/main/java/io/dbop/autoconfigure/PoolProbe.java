package io.dbop.autoconfigure;

import java.sql.SQLException;

import io.dbop.circuit.HealthProbe;
import io.dbop.pool.ConnectionPool;

/**
 * Asks the database of a pool, and renews the pool before callers are let through to it.
 *
 * @param pool the pool
 */
record PoolProbe(ConnectionPool pool) implements HealthProbe {

	@Override
	public void check() throws SQLException {
		this.pool.check();
	}

	@Override
	public void revive() throws SQLException {
		this.pool.revive();
	}

}
