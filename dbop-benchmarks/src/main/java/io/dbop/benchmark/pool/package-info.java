/**
 * Callers who wait for connections.
 */
@NullMarked
package io.dbop.benchmark.pool;

import org.jspecify.annotations.NullMarked;
