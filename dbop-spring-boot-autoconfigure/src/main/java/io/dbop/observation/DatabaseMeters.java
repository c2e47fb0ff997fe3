package io.dbop.observation;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

import io.dbop.circuit.Breaker;
import io.dbop.circuit.BreakerRegistry;
import io.dbop.circuit.BreakerState;
import io.dbop.execution.DatabaseEngine;
import io.dbop.execution.OperationStatistics;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.PoolStatistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import org.jspecify.annotations.Nullable;

/**
 * Registers the meters of databases. They read what is counted anyway, so that a call
 * pays nothing for them; those of an operation are registered when it is resolved.
 */
public final class DatabaseMeters {

	private static final String ALIAS = "alias";

	private final MeterRegistry registry;

	/**
	 * Creates the binder.
	 * @param registry where the meters go
	 */
	public DatabaseMeters(MeterRegistry registry) {
		this.registry = registry;
	}

	/**
	 * Registers the meters of the operations of a database.
	 * @param engine the engine of the database
	 */
	public void bind(DatabaseEngine engine) {
		bindTranslations(engine);
		engine.onOperation((operation) -> bind(engine, operation));
	}

	private synchronized void bindTranslations(DatabaseEngine engine) {
		if (engine.pool().closed()) {
			return;
		}
		String name = "dbop.sql.translations";
		String description = "Statements that were found translated, or were not";
		Tags tags = Tags.of(ALIAS, engine.alias());
		count(name, description, tags.and("result", "hit"), engine, (each) -> each.translations().hits());
		count(name, description, tags.and("result", "miss"), engine, (each) -> each.translations().misses());
		count(name + ".evicted", "Translated statements that made room for others", tags, engine,
				(each) -> each.translations().evictions());
	}

	/** Not those of one that has gone: its alias may be another's by now. */
	private synchronized void bind(DatabaseEngine engine, OperationStatistics operation) {
		if (!engine.pool().closed()) {
			bind(engine.alias(), operation);
		}
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

	/**
	 * Registers the meters of a pool, in place of those of an earlier one of its alias.
	 * @param pool the pool
	 */
	public void bind(ConnectionPool pool) {
		remove((id) -> ofPool(id, pool));
		Tags tags = Tags.of(ALIAS, pool.alias());
		PoolStatistics statistics = pool.statistics();
		count("dbop.connections.acquired", "Connections handed out", tags, statistics, PoolStatistics::acquired);
		count("dbop.connections.released", "Connections given back", tags, statistics, PoolStatistics::released);
		count("dbop.connections.timeouts", "Callers that got no connection in time", tags, statistics,
				PoolStatistics::timeouts);
		count("dbop.connections.errors", "Connections that could not be had for another reason", tags, statistics,
				PoolStatistics::errors);
		count("dbop.connections.leaks", "Connections that were held for so long that they were reported", tags,
				statistics, PoolStatistics::leaks);
		count("dbop.statements.slow", "Statements that took at least as long as dbop.slow-query.threshold", tags,
				statistics, PoolStatistics::slowStatements);
		FunctionTimer
			.builder("dbop.connections.acquire", statistics, PoolStatistics::acquired, PoolStatistics::totalWaitNanos,
					TimeUnit.NANOSECONDS)
			.description("Time that callers waited for their connection")
			.tags(tags)
			.register(this.registry);
		TimeGauge
			.builder("dbop.connections.acquire.max", statistics, TimeUnit.NANOSECONDS, PoolStatistics::maxWaitNanos)
			.description("Longest time that a caller waited for its connection")
			.tags(tags)
			.register(this.registry);
		gauge("dbop.pool.active", "Connections in use", tags, pool, (each) -> each.status().active());
		gauge("dbop.pool.waiting", "Callers waiting for a connection", tags, pool, (each) -> each.status().waiting());
		gauge("dbop.pool.idle", "Connections waiting for use", tags, pool, (each) -> orNaN(each.status().idle()));
		gauge("dbop.pool.max", "The most connections the pool may have", tags, pool,
				(each) -> orNaN(each.status().max()));
	}

	private static boolean ofPool(Meter.Id id, ConnectionPool pool) {
		return (id.getName().startsWith("dbop.connections.") || id.getName().startsWith("dbop.pool.")
				|| id.getName().startsWith("dbop.statements.")) && pool.alias().equals(id.getTag(ALIAS));
	}

	private void bind(String alias, OperationStatistics operation) {
		Tags tags = Tags.of(ALIAS, alias, "operation", operation.operation());
		FunctionTimer
			.builder("dbop.operations", operation, OperationStatistics::calls,
					(each) -> each.totalTime(TimeUnit.NANOSECONDS), TimeUnit.NANOSECONDS)
			.description("Operations, waits and retries included")
			.tags(tags)
			.register(this.registry);
		count("dbop.operations.failures", "Operations that failed for good", tags, operation,
				OperationStatistics::failures);
		count("dbop.operations.rejections", "Operations that an open circuit breaker refused", tags, operation,
				OperationStatistics::rejections);
		count("dbop.operations.timeouts", "Attempts that ran out of time", tags, operation,
				OperationStatistics::timeouts);
		count("dbop.retries", "Attempts that followed a first one", tags, operation, OperationStatistics::retries);
		count("dbop.retries.recovered", "Operations that succeeded after more than one attempt", tags, operation,
				OperationStatistics::recoveries);
		count("dbop.retries.exhausted", "Operations that failed although they were repeated", tags, operation,
				OperationStatistics::exhaustions);
		count("dbop.commits.doubtful", "Commits whose outcome was unknown", tags, operation,
				OperationStatistics::doubtfulCommits);
		count("dbop.commits.verified", "Doubtful commits found to have landed", tags, operation,
				OperationStatistics::verifiedCommits);
	}

	/**
	 * Registers the meters of the circuit breakers there are.
	 * @param breakers the circuit breakers
	 */
	public void bind(BreakerRegistry breakers) {
		breakers.onBreaker(this::bind);
	}

	private void bind(Breaker breaker) {
		Tags tags = Tags.of(ALIAS, breaker.alias(), "breaker", breaker.name());
		for (BreakerState state : BreakerState.values()) {
			gauge("dbop.circuit.state", "1 for the state the circuit breaker is in",
					tags.and("state", state.name().toLowerCase(Locale.ROOT)), breaker,
					(each) -> (each.state() == state) ? 1 : 0);
		}
		gauge("dbop.circuit.failures", "Failures within the window", tags, breaker, (each) -> each.status().failures());
		count("dbop.circuit.refused", "Calls that the circuit breaker refused", tags, breaker,
				(each) -> each.status().refusedCalls());
		count("dbop.circuit.opened", "How often the circuit breaker opened", tags, breaker,
				(each) -> each.status().openedCount());
	}

	private <T> void count(String name, String description, Tags tags, T source, ToDoubleFunction<T> value) {
		FunctionCounter.builder(name, source, value).description(description).tags(tags).register(this.registry);
	}

	private <T> void gauge(String name, String description, Tags tags, T source, ToDoubleFunction<T> value) {
		Gauge.builder(name, source, value)
			.description(description)
			.tags(tags)
			.strongReference(true)
			.register(this.registry);
	}

	private static double orNaN(@Nullable Integer value) {
		return (value != null) ? value : Double.NaN;
	}

}
