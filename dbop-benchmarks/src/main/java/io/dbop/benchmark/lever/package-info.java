/**
 * What is gained by each of the means by which round trips are spared.
 */
@NullMarked
package io.dbop.benchmark.lever;

import org.jspecify.annotations.NullMarked;
