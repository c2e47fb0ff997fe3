package io.dbop.actuate;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.dbop.aop.EngineLookup;
import io.dbop.circuit.Breaker;
import io.dbop.circuit.BreakerRegistry;
import io.dbop.execution.DatabaseEngine;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.PoolStatus;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * The health of one database: up if a connection can be opened within a second, beside
 * the pool. One that was not used before is opened for it. A pool that is exhausted or a
 * circuit breaker that is open is shown and no more, so that load alone never takes an
 * application out of service.
 */
public final class DatabaseHealthIndicator extends AbstractHealthIndicator {

	private static final long LIMIT_MILLIS = 1000;

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
		CompletableFuture<Void> check = new CompletableFuture<>();
		Thread thread = new Thread(() -> check(pool, check), "dbop-health-" + this.alias);
		thread.setDaemon(true);
		thread.start();
		check.get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
		builder.up();
	}

	private static void check(ConnectionPool pool, CompletableFuture<Void> check) {
		try {
			pool.check();
			check.complete(null);
		}
		catch (Exception ex) {
			check.completeExceptionally(ex);
		}
	}

}
