package io.dbop.pool;

import io.dbop.dialect.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * How many connections a pool keeps and may have.
 *
 * @param min the idle connections to keep
 * @param max the most connections
 */
record PoolSize(int min, int max) {

	private static final int LEAST_MIN = 3;

	private static final int LEAST_MAX = 20;

	private static final int CONNECTIONS_PER_CPU = 4;

	private static final double GIGABYTES_PER_CONNECTION = 0.03;

	private static final double SHARE_OF_MEMORY = 0.5;

	private static final double GIGABYTE = 1L << 30;

	/** One writer and some readers. */
	private static final PoolSize SINGLE_WRITER = new PoolSize(1, 5);

	/** The database ends with its only connection, which is therefore kept. */
	private static final PoolSize PRIVATE = new PoolSize(1, 1);

	/**
	 * Computes what is not configured, for this machine.
	 */
	static PoolSize of(DatabaseConfig config, Dialect dialect, String url) {
		Runtime runtime = Runtime.getRuntime();
		return of(config, dialect, url, runtime.availableProcessors(), runtime.maxMemory());
	}

	static PoolSize of(DatabaseConfig config, Dialect dialect, String url, int cpus, long memory) {
		if (dialect.privateToConnection(url)) {
			requireOne(config, "pool.max", config.poolMax());
			return PRIVATE;
		}
		PoolSize computed = dialect.singleWriter() ? SINGLE_WRITER : compute(cpus, memory);
		Integer max = config.poolMax();
		Integer min = config.poolMin();
		if (max == null) {
			max = (min != null) ? Math.max(min, computed.max()) : computed.max();
		}
		return new PoolSize((min != null) ? min : Math.min(computed.min(), max), max);
	}

	private static PoolSize compute(int cpus, long memory) {
		int byMemory = (int) (memory / GIGABYTE / GIGABYTES_PER_CONNECTION * SHARE_OF_MEMORY);
		int max = Math.min(Math.max(CONNECTIONS_PER_CPU * cpus, LEAST_MAX), byMemory);
		int min = Math.max(LEAST_MIN, cpus / 2);
		return new PoolSize(Math.min(min, Math.max(1, max)), Math.max(1, max));
	}

	private static void requireOne(DatabaseConfig config, String property, @Nullable Integer value) {
		if (value != null && value != 1) {
			throw new InvalidDatabaseConfigException(config.alias(), property, value,
					"must be 1, since each connection to this URL has a database of its own");
		}
	}

}
