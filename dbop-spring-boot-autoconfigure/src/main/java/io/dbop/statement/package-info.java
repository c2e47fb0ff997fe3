/**
 * Runs single statements through the pipeline: their parameters, limits, tags and
 * results, one by one, in batches, at once or later.
 */
@NullMarked
package io.dbop.statement;

import org.jspecify.annotations.NullMarked;
