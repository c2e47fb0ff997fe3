package io.dbop.observation;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.dbop.circuit.Breaker;
import io.dbop.circuit.BreakerRegistry;
import io.dbop.execution.DatabaseEngine;
import io.dbop.execution.OperationStatistics;
import io.dbop.execution.RetryBudget;
import io.dbop.pool.ConnectionPool;
import io.dbop.replica.ReplicaSet;
import io.dbop.scaling.DatabaseAdvisor;
import io.dbop.sql.CacheStatistics;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Registers the meters of databases. They read what is counted anyway, so that a call
 * pays nothing for them; those of an operation are registered when it is resolved.
 */
public final class DatabaseMeters {

	static final String ALIAS = "alias";

	/** Of what there is one per pool; the others are those of an engine. */
	private static final List<String> OF_POOLS = List.of("dbop.connections.", "dbop.pool.", "dbop.statements",
			"dbop.errors");

	private final MeterRegistry registry;

	/**
	 * Creates the binder.
	 * @param registry where the meters go
	 */
	public DatabaseMeters(MeterRegistry registry) {
		this.registry = registry;
	}

	/**
	 * Registers the meters of a pool, in place of those of an earlier one of its alias.
	 * @param pool the pool
	 */
	public void bind(ConnectionPool pool) {
		remove((id) -> pool.alias().equals(id.getTag(ALIAS)) && OF_POOLS.stream().anyMatch(id.getName()::startsWith));
		MeterGroup group = MeterGroup.of(this.registry, pool.alias());
		ConnectionMeters.bind(group, pool.statistics());
		PoolMeters.bind(group, pool);
		StatementMeters.bind(group, pool.statistics());
		ErrorMeters.bind(group, pool.failures());
	}

	/**
	 * Registers the meters of what the figures of a database mean.
	 * @param advisor who says what they mean
	 * @param alias the alias of the database
	 */
	public void bind(DatabaseAdvisor advisor, String alias) {
		AdviceMeters.bind(MeterGroup.of(this.registry, alias), advisor, alias);
	}

	/**
	 * Registers the meters of the replicas of a database.
	 * @param set the replicas
	 */
	public void bind(ReplicaSet set) {
		ReplicaMeters.bind(MeterGroup.of(this.registry, set.alias()), set);
	}

	/**
	 * Registers the meters of the operations of a database.
	 * @param engine the engine of the database
	 */
	public void bind(DatabaseEngine engine) {
		bindShared(engine);
		engine.caches().onCache((cache, statistics) -> bind(engine, cache, statistics));
		engine.onOperation((operation) -> bind(engine, operation));
	}

	private synchronized void bindShared(DatabaseEngine engine) {
		if (engine.pool().closed()) {
			return;
		}
		MeterGroup group = MeterGroup.of(this.registry, engine.alias());
		WriteMeters.bind(group, engine.writes());
		RetryBudget budget = engine.retryBudget();
		if (budget != null) {
			RetryBudgetMeters.bind(group, budget);
		}
	}

	private synchronized void bind(DatabaseEngine engine, String cache, Supplier<CacheStatistics> statistics) {
		if (!engine.pool().closed()) {
			CacheMeters.bind(MeterGroup.of(this.registry, engine.alias()), cache, statistics);
		}
	}

	/** Not those of one that has gone: its alias may be another's by now. */
	private synchronized void bind(DatabaseEngine engine, OperationStatistics operation) {
		if (!engine.pool().closed()) {
			OperationMeters.bind(MeterGroup.of(this.registry, engine.alias()), operation);
		}
	}

	/**
	 * Registers the meters of the circuit breakers there are, and of those to come.
	 * @param breakers the circuit breakers
	 */
	public void bind(BreakerRegistry breakers) {
		breakers.onBreaker(this::bind);
	}

	private void bind(Breaker breaker) {
		BreakerMeters.bind(MeterGroup.of(this.registry, breaker.alias()).with("breaker", breaker.name()), breaker);
	}

	/**
	 * Removes all meters of an alias, whose database has gone.
	 * @param alias the alias
	 */
	public synchronized void unbind(String alias) {
		remove((id) -> id.getName().startsWith("dbop.") && alias.equals(id.getTag(ALIAS)));
	}

	private void remove(Predicate<Meter.Id> which) {
		this.registry.getMeters().stream().filter((meter) -> which.test(meter.getId())).forEach(this.registry::remove);
	}

}
