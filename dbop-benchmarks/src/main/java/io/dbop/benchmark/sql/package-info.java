/**
 * What the translation of statements costs.
 */
@NullMarked
package io.dbop.benchmark.sql;

import org.jspecify.annotations.NullMarked;
