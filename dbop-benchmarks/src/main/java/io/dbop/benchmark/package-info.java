/**
 * What dbop costs, measured with JMH.
 */
@NullMarked
package io.dbop.benchmark;

import org.jspecify.annotations.NullMarked;
