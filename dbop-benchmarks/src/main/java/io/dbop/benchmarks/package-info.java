/**
 * What dbop costs, measured with JMH.
 */
@NullMarked
package io.dbop.benchmarks;

import org.jspecify.annotations.NullMarked;
