package io.dbop.actuate;

import java.util.stream.Stream;

import io.dbop.aop.EngineLookup;
import io.dbop.circuit.BreakerRegistry;
import io.dbop.replica.Replicas;
import io.dbop.scaling.DatabaseAdvisor;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;

/**
 * The health of all databases there are when it is asked for: a part per alias.
 * Thread-safe.
 */
public final class DatabasesHealth implements CompositeHealthContributor {

	private final EngineLookup engines;

	private final BreakerRegistry breakers;

	private final Replicas replicas;

	private final @Nullable DatabaseAdvisor advisor;

	/**
	 * Creates the contributor.
	 * @param engines the databases
	 * @param breakers the circuit breakers
	 * @param replicas the replicas of the databases
	 * @param advisor who watches the databases, {@code null} if nobody does
	 */
	public DatabasesHealth(EngineLookup engines, BreakerRegistry breakers, Replicas replicas,
			@Nullable DatabaseAdvisor advisor) {
		this.engines = engines;
		this.breakers = breakers;
		this.replicas = replicas;
		this.advisor = advisor;
	}

	@Override
	public @Nullable HealthContributor getContributor(String alias) {
		return this.engines.aliases().contains(alias) ? indicator(alias) : null;
	}

	@Override
	public Stream<HealthContributors.Entry> stream() {
		return this.engines.aliases().stream().map((alias) -> new HealthContributors.Entry(alias, indicator(alias)));
	}

	private HealthContributor indicator(String alias) {
		return new DatabaseHealthIndicator(alias, this.engines, this.breakers, this.replicas, this.advisor);
	}

}
