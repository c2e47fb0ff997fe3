package io.dbop.scaling;

import io.dbop.pool.PoolStatus;

/**
 * What happened between two looks at a database.
 *
 * @param window the figures between them
 * @param status the pool at the second one
 */
public record Step(Window window, PoolStatus status) {
}
