package io.dbop.actuate;

import java.util.LinkedHashMap;
import java.util.Map;

import io.dbop.aop.EngineLookup;
import io.dbop.circuit.BreakerRegistry;
import io.dbop.execution.DatabaseEngine;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * The endpoint {@code dbop}: what each database is configured as and how it fares. It
 * only reads, asks no database anything and opens none.
 */
@Endpoint(id = "dbop", defaultAccess = Access.READ_ONLY)
public final class DbopEndpoint {

	private final EngineLookup engines;

	private final BreakerRegistry breakers;

	/**
	 * Creates the endpoint.
	 * @param engines the databases
	 * @param breakers their circuit breakers
	 */
	public DbopEndpoint(EngineLookup engines, BreakerRegistry breakers) {
		this.engines = engines;
		this.breakers = breakers;
	}

	/**
	 * All databases.
	 * @return their descriptors by alias
	 */
	@ReadOperation
	public DatabasesDescriptor databases() {
		Map<String, DatabaseDescriptor> databases = new LinkedHashMap<>();
		for (String alias : this.engines.aliases()) {
			DatabaseDescriptor descriptor = database(alias);
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
		DatabaseEngine engine = this.engines.findOpened(alias);
		if (engine != null) {
			return DatabaseDescriptor.of(engine, this.breakers.all(), this.engines.created(alias));
		}
		return this.engines.aliases().contains(alias) ? DatabaseDescriptor.unopened() : null;
	}

	/**
	 * What the endpoint says.
	 *
	 * @param databases the databases by alias
	 */
	public record DatabasesDescriptor(Map<String, DatabaseDescriptor> databases) {
	}

}
