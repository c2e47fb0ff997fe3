package io.dbop.actuate;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.dbop.aop.EngineLookup;
import io.dbop.circuit.Breaker;
import io.dbop.circuit.BreakerRegistry;
import io.dbop.circuit.BreakerStatus;
import io.dbop.database.Databases;
import io.dbop.entity.InvalidEntityException;
import io.dbop.execution.DatabaseEngine;
import io.dbop.replica.Replicas;
import io.dbop.scaling.DatabaseAdvisor;
import io.dbop.scaling.Report;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * The endpoint {@code dbop}: what each database is configured as, how it fares, and what
 * to do about it. To read it asks no database anything and opens none. Its write
 * operation is there only where the endpoint's access is unrestricted. Thread-safe.
 */
@Endpoint(id = "dbop", defaultAccess = Access.READ_ONLY)
public final class DbopEndpoint {

	private final EngineLookup engines;

	private final BreakerRegistry breakers;

	private final Databases handles;

	private final Replicas replicas;

	private final @Nullable DatabaseAdvisor advisor;

	/**
	 * Creates the endpoint.
	 * @param engines the databases
	 * @param breakers their circuit breakers
	 * @param handles their handles, for what is known of entities
	 * @param replicas their replicas
	 * @param advisor who watches them, {@code null} if nobody does
	 */
	public DbopEndpoint(EngineLookup engines, BreakerRegistry breakers, Databases handles, Replicas replicas,
			@Nullable DatabaseAdvisor advisor) {
		this.engines = engines;
		this.breakers = breakers;
		this.handles = handles;
		this.replicas = replicas;
		this.advisor = advisor;
	}

	/**
	 * All databases.
	 * @return their descriptors by alias
	 */
	@ReadOperation
	public DatabasesDescriptor databases() {
		Map<String, DatabaseDescriptor> databases = new LinkedHashMap<>();
		for (String alias : this.engines.aliases()) {
			DatabaseDescriptor descriptor = describe(alias, null);
			if (descriptor != null) {
				databases.put(alias, descriptor);
			}
		}
		return new DatabasesDescriptor(databases);
	}

	/**
	 * One database.
	 * @param alias its alias
	 * @return its descriptor, or {@code null} if there is no such alias
	 */
	@ReadOperation
	public @Nullable DatabaseDescriptor database(@Selector String alias) {
		DatabaseAdvisor watching = this.advisor;
		return describe(alias,
				(watching != null) ? HistoryDescriptor.of(watching.interval(), watching.steps(alias)) : null);
	}

	/**
	 * Does something about a database.
	 * @param alias its alias
	 * @param action what to do
	 * @param name to reset one circuit breaker: its name
	 * @param size to change the size of the pool: the most connections it may have
	 * @return how the database is afterwards
	 */
	@WriteOperation
	public @Nullable DatabaseDescriptor act(@Selector String alias, @Selector Action action, @Nullable String name,
			@Nullable Integer size) {
		DatabaseEngine engine = this.engines.findOpened(alias);
		if (engine == null) {
			throw new InvalidEndpointRequestException("There is no database '%s' that is open".formatted(alias),
					"No such database");
		}
		switch (action) {
			case RESET_BREAKER -> reset(engine, name);
			case EVICT -> engine.pool().evict();
			case RESIZE -> resize(engine, size);
		}
		return database(alias);
	}

	private void reset(DatabaseEngine engine, @Nullable String name) {
		List<Breaker> found = breakers(engine).stream()
			.filter((each) -> name == null || each.name().equals(name))
			.toList();
		if (found.isEmpty()) {
			throw new InvalidEndpointRequestException(
					"Database '%s' has no such circuit breaker".formatted(engine.alias()), "No such circuit breaker");
		}
		found.forEach(Breaker::reset);
	}

	private static void resize(DatabaseEngine engine, @Nullable Integer size) {
		if (size == null) {
			throw new InvalidEndpointRequestException("A size is needed", "Missing parameter: size");
		}
		try {
			engine.pool().resize(size);
		}
		catch (IllegalArgumentException | UnsupportedOperationException ex) {
			String reason = String.valueOf(ex.getMessage());
			throw new InvalidEndpointRequestException(reason, reason);
		}
	}

	private @Nullable DatabaseDescriptor describe(String alias, @Nullable HistoryDescriptor history) {
		DatabaseEngine engine = this.engines.findOpened(alias);
		if (engine == null) {
			return this.engines.aliases().contains(alias) ? DatabaseDescriptor.unopened() : null;
		}
		List<BreakerStatus> statuses = breakers(engine).stream()
			.map(Breaker::status)
			.sorted(Comparator.comparing(BreakerStatus::name))
			.toList();
		return DatabaseDescriptor.of(engine, this.engines.created(alias), report(engine.alias()),
				replicas(engine.alias()), statuses, entities(alias), history);
	}

	private @Nullable Report report(String pool) {
		return (this.advisor != null) ? this.advisor.report(pool) : null;
	}

	private List<ReplicaDescriptor> replicas(String alias) {
		return this.replicas.of(alias).stream().map((each) -> ReplicaDescriptor.of(each, report(each.name()))).toList();
	}

	private List<Breaker> breakers(DatabaseEngine engine) {
		return this.breakers.all().stream().filter((each) -> each.alias().equals(engine.alias())).toList();
	}

	private Map<String, EntityDescriptor> entities(String alias) {
		try {
			return EntityDescriptor.of(this.handles.get(alias).entities());
		}
		catch (InvalidEntityException ex) {
			// The application has no Jackson, and so no entities.
			return Map.of();
		}
	}

	/** What can be done about a database. */
	public enum Action {

		/** Closes its circuit breakers, or one of them, and forgets their failures. */
		RESET_BREAKER,

		/** Replaces its connections: idle ones now, others when they are given back. */
		EVICT,

		/** Changes the most connections that its pool may have. */
		RESIZE

	}

	/**
	 * What the endpoint says.
	 *
	 * @param databases the databases by alias
	 */
	public record DatabasesDescriptor(Map<String, DatabaseDescriptor> databases) {
	}

}
