package io.dbop.pool;

import org.jspecify.annotations.Nullable;

/**
 * The state of a pool at one moment. What a pool does not tell is {@code null}.
 *
 * @param active connections in use
 * @param idle connections that wait to be used
 * @param waiting callers that wait for a connection, in the gate or in the pool
 * @param total physical connections
 * @param max the most connections it may have
 * @param min the idle connections it tries to keep
 * @param closed whether it takes no more work
 */
public record PoolStatus(int active, @Nullable Integer idle, int waiting, @Nullable Integer total,
		@Nullable Integer max, @Nullable Integer min, boolean closed) {
}
