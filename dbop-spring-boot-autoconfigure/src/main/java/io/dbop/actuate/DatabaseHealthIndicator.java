package io.dbop.actuate;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

import io.dbop.aop.EngineLookup;
import io.dbop.circuit.Breaker;
import io.dbop.circuit.BreakerRegistry;
import io.dbop.execution.DatabaseEngine;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.PoolHealth;
import io.dbop.pool.PoolStatus;
import io.dbop.replica.Replica;
import io.dbop.replica.Replicas;
import io.dbop.scaling.DatabaseAdvisor;
import io.dbop.scaling.Report;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * The health of one database: up if a connection can be opened, beside the pool, within
 * its acquisition timeout, but one second at least and five at the most. One that was not
 * used before is opened for it. A pool that is exhausted or a circuit breaker that is
 * open is shown and no more, so that load alone never takes an application out of
 * service; nor does a server that has no connection to spare, nor a replica that is away.
 */
final class DatabaseHealthIndicator extends AbstractHealthIndicator {

	private static final Duration AT_LEAST = Duration.ofSeconds(1);

	private static final Duration AT_MOST = Duration.ofSeconds(5);

	private final String alias;

	private final EngineLookup engines;

	private final BreakerRegistry breakers;

	private final Replicas replicas;

	private final @Nullable DatabaseAdvisor advisor;

	/**
	 * Creates the indicator.
	 * @param alias the database
	 * @param engines finds it when its health is asked for
	 * @param breakers the circuit breakers
	 * @param replicas the replicas of the databases
	 * @param advisor who watches the database, {@code null} if nobody does
	 */
	DatabaseHealthIndicator(String alias, EngineLookup engines, BreakerRegistry breakers, Replicas replicas,
			@Nullable DatabaseAdvisor advisor) {
		super("The database could not be reached");
		this.alias = alias;
		this.engines = engines;
		this.breakers = breakers;
		this.replicas = replicas;
		this.advisor = advisor;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		DatabaseEngine engine = this.engines.find(this.alias);
		if (engine == null) {
			builder.unknown();
			return;
		}
		ConnectionPool pool = engine.pool();
		PoolStatus status = pool.status();
		builder.withDetail("database", pool.knownDialect().name())
			.withDetail("active", status.active())
			.withDetail("waiting", status.waiting());
		if (status.max() != null) {
			builder.withDetail("max", status.max());
		}
		Report report = (this.advisor != null) ? this.advisor.report(engine.alias()) : null;
		if (report != null) {
			builder.withDetail("advice", report.level());
		}
		List<Breaker> own = this.breakers.all().stream().filter((each) -> each.alias().equals(engine.alias())).toList();
		own.forEach((each) -> builder.withDetail("breaker." + each.name(), each.state()));
		this.replicas.of(engine.alias()).forEach((each) -> show(builder, each));
		Duration limit = limit(pool);
		answer(builder, pool.health(limit), limit);
	}

	/** One that is away or lags behind is no reason to take the application out. */
	private static void show(Health.Builder builder, Replica replica) {
		String problem = replica.problem();
		builder.withDetail(replica.name(), (problem != null) ? problem : "gets reads");
	}

	private static void answer(Health.Builder builder, PoolHealth health, Duration limit) {
		switch (health.state()) {
			case UP -> builder.up();
			case FULL -> builder.up().withDetail("server", "has no connection to spare for this check");
			case SILENT -> builder.down(new TimeoutException("No answer within %d ms".formatted(limit.toMillis())));
			case DOWN -> {
				builder.down();
				if (health.cause() != null) {
					builder.withException(health.cause());
				}
			}
		}
	}

	private static Duration limit(ConnectionPool pool) {
		Duration own = pool.acquisitionTimeout();
		if (own == null || own.compareTo(AT_MOST) > 0) {
			return AT_MOST;
		}
		return (own.compareTo(AT_LEAST) < 0) ? AT_LEAST : own;
	}

}
