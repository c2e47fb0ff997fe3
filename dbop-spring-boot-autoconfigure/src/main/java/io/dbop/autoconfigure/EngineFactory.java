package io.dbop.autoconfigure;

import java.util.function.Supplier;

import javax.sql.DataSource;

import io.dbop.circuit.BreakerRegistry;
import io.dbop.circuit.BreakerSettings;
import io.dbop.execution.DatabaseEngine;
import io.dbop.execution.DatabaseEngine.Extensions;
import io.dbop.execution.RetrySettings;
import io.dbop.pool.ConnectionPool;

import org.springframework.util.function.SingletonSupplier;

/**
 * Makes the engine of a database, with the settings of its alias. Thread-safe.
 */
class EngineFactory {

	private final DbopProperties properties;

	private final AliasTransactionManagers transactionManagers;

	private final BreakerRegistry breakers;

	private final Supplier<Extensions> extensions;

	EngineFactory(DbopProperties properties, AliasTransactionManagers transactionManagers, BreakerRegistry breakers,
			Supplier<Extensions> extensions) {
		this.properties = properties;
		this.transactionManagers = transactionManagers;
		this.breakers = breakers;
		this.extensions = SingletonSupplier.of(extensions);
	}

	/** The engine of a pool of ours, of which there is no bean. */
	DatabaseEngine engine(ConnectionPool pool) {
		// Whatever a straggler of an earlier one of the alias has left.
		forget(pool.alias());
		return engine(pool.alias(), pool, this.properties.enabled() ? pool.dataSource() : pool.target());
	}

	/**
	 * The engine of a DataSource.
	 * @param alias whose settings it has
	 * @param pool the pool behind the DataSource
	 * @param dataSource the DataSource as the application uses it
	 */
	DatabaseEngine engine(String alias, ConnectionPool pool, DataSource dataSource) {
		DatabaseProperties database = this.properties.database(alias);
		RetrySettings retry = ConfigMapping.retry(database);
		BreakerSettings breaker = this.properties.enabled() ? ConfigMapping.breaker(alias, database) : null;
		if (breaker != null) {
			this.breakers.define(alias, breaker, new PoolProbe(pool));
		}
		return new DatabaseEngine(pool, () -> this.transactionManagers.managed(alias, dataSource),
				() -> this.transactionManagers.find(alias, dataSource),
				this.properties.enabled() ? retry : retry.withoutRetry(), (breaker != null) ? this.breakers : null,
				this.extensions.get());
	}

	/** Undoes what making one has done beside the engine. */
	void forget(String alias) {
		this.breakers.remove(alias);
	}

}
