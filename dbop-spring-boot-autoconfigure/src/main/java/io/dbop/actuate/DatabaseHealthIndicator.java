package io.dbop.actuate;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.dbop.aop.EngineLookup;
import io.dbop.circuit.Breaker;
import io.dbop.circuit.BreakerRegistry;
import io.dbop.execution.DatabaseEngine;
import io.dbop.failure.Classification;
import io.dbop.failure.FailureKind;
import io.dbop.failure.SqlExceptionChain;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.PoolStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * The health of one database: up if a connection can be opened, beside the pool, within
 * its acquisition timeout, but one second at least and five at the most. One that was not
 * used before is opened for it. A pool that is exhausted or a circuit breaker that is
 * open is shown and no more, so that load alone never takes an application out of
 * service; nor does a server that has no connection to spare.
 */
public final class DatabaseHealthIndicator extends AbstractHealthIndicator {

	private static final Duration AT_LEAST = Duration.ofSeconds(1);

	private static final Duration AT_MOST = Duration.ofSeconds(5);

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final HealthCheck check;

	private final String alias;

	private final EngineLookup engines;

	private final BreakerRegistry breakers;

	/**
	 * Creates the indicator.
	 * @param alias the database
	 * @param engines finds it when its health is asked for
	 * @param breakers the circuit breakers
	 */
	public DatabaseHealthIndicator(String alias, EngineLookup engines, BreakerRegistry breakers) {
		super("The database could not be reached");
		this.alias = alias;
		this.check = new HealthCheck(alias, PATIENCE);
		this.engines = engines;
		this.breakers = breakers;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) throws Exception {
		DatabaseEngine engine = this.engines.find(this.alias);
		if (engine == null) {
			builder.unknown();
			return;
		}
		ConnectionPool pool = engine.pool();
		PoolStatus status = pool.status();
		builder.withDetail("database", pool.dialect().name())
			.withDetail("active", status.active())
			.withDetail("waiting", status.waiting());
		List<Breaker> own = this.breakers.all().stream().filter((each) -> each.alias().equals(engine.alias())).toList();
		own.forEach((each) -> builder.withDetail("breaker." + each.name(), each.state()));
		try {
			this.check.of(pool).get(limit(pool).toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException ex) {
			if (!outOfConnections(pool, ex.getCause())) {
				throw ex;
			}
			builder.withDetail("server", "has no connection to spare for this check");
		}
		builder.up();
	}

	private static Duration limit(ConnectionPool pool) {
		Duration own = pool.acquisitionTimeout();
		if (own == null || own.compareTo(AT_MOST) > 0) {
			return AT_MOST;
		}
		return (own.compareTo(AT_LEAST) < 0) ? AT_LEAST : own;
	}

	private static boolean outOfConnections(ConnectionPool pool, @Nullable Throwable refusal) {
		if (refusal == null) {
			return false;
		}
		Classification classification = SqlExceptionChain.classify(refusal, pool.dialect()::classify);
		return classification != null && classification.kind() == FailureKind.OUT_OF_RESOURCES;
	}

}
