package io.dbop.actuate;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.dbop.circuit.Breaker;
import io.dbop.circuit.BreakerRegistry;
import io.dbop.execution.DatabaseEngine;
import io.dbop.pool.PoolStatus;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * The health of one database: up if a connection can be opened within a second, beside
 * the pool. A pool that is exhausted or a circuit breaker that is open is shown and no
 * more, so that load alone never takes an application out of service.
 */
public final class DatabaseHealthIndicator extends AbstractHealthIndicator {

	private static final long LIMIT_MILLIS = 1000;

	private final DatabaseEngine engine;

	private final BreakerRegistry breakers;

	/**
	 * Creates the indicator.
	 * @param engine the database
	 * @param breakers the circuit breakers
	 */
	public DatabaseHealthIndicator(DatabaseEngine engine, BreakerRegistry breakers) {
		super("The database could not be reached");
		this.engine = engine;
		this.breakers = breakers;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) throws Exception {
		PoolStatus status = this.engine.pool().status();
		builder.withDetail("database", this.engine.pool().dialect().name())
			.withDetail("active", status.active())
			.withDetail("waiting", status.waiting());
		List<Breaker> own = this.breakers.all()
			.stream()
			.filter((each) -> each.alias().equals(this.engine.alias()))
			.toList();
		own.forEach((each) -> builder.withDetail("breaker." + each.name(), each.state()));
		CompletableFuture<Void> check = new CompletableFuture<>();
		Thread thread = new Thread(() -> check(check), "dbop-health-" + this.engine.alias());
		thread.setDaemon(true);
		thread.start();
		check.get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
		builder.up();
	}

	private void check(CompletableFuture<Void> check) {
		try {
			this.engine.pool().check();
			check.complete(null);
		}
		catch (Exception ex) {
			check.completeExceptionally(ex);
		}
	}

}
