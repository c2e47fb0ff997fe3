/**
 * Pools of connections, one per alias, and what happens on their connections: who holds
 * one, what it was doing when it failed, what was committed.
 */
@NullMarked
package io.dbop.pool;

import org.jspecify.annotations.NullMarked;
