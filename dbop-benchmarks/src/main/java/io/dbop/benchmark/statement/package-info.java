/**
 * Single statements, through the annotations and the handle.
 */
@NullMarked
package io.dbop.benchmark.statement;

import org.jspecify.annotations.NullMarked;
