/**
 * How many users application servers bear, measured: real processes before one
 * PostgreSQL, and what each of them advises.
 */
@NullMarked
package io.dbop.benchmark.capacity;

import org.jspecify.annotations.NullMarked;
