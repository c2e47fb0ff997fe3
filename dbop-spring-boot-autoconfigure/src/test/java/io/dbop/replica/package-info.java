/** Reads on replicas, with real pairs of servers. */
@NullMarked
package io.dbop.replica;

import org.jspecify.annotations.NullMarked;
