package io.dbop.scaling;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One thing to know about a database, with its reasons. Immutable.
 *
 * @param level how pressing it is
 * @param cause what it is about: one of the constants, or a word of an
 * {@link AdviceRule}'s own
 * @param sentence what is the case, with the figures that say so
 * @param action what to do about it
 * @param figures the figures by name: numbers, and texts without values
 */
public record Advice(AdviceLevel level, String cause, String sentence, String action, Map<String, Object> figures) {

	/** There is nothing to do. */
	public static final String HEALTHY = "HEALTHY";

	/** Statements that take long hold the connections. */
	public static final String SLOW_STATEMENTS = "SLOW_STATEMENTS";

	/** Connections were not given back. */
	public static final String LEAK = "LEAK";

	/** Threads take a second connection while they hold a first. */
	public static final String NESTED_ACQUISITION = "NESTED_ACQUISITION";

	/** The load needs more connections than the pool has. */
	public static final String POOL_TOO_SMALL = "POOL_TOO_SMALL";

	/** The database has no connection to spare. */
	public static final String DATABASE_CONNECTION_LIMIT = "DATABASE_CONNECTION_LIMIT";

	/** A circuit breaker keeps calls away from the database. */
	public static final String BREAKER_OPEN = "BREAKER_OPEN";

	/** Retries make up much of the load. */
	public static final String RETRY_STORM = "RETRY_STORM";

	/**
	 * Copies the figures, in their order.
	 */
	public Advice {
		figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
	}

}
