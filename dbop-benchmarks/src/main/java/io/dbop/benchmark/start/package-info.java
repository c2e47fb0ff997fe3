/**
 * What it takes to start, and what stays in memory.
 */
@NullMarked
package io.dbop.benchmark.start;

import org.jspecify.annotations.NullMarked;
