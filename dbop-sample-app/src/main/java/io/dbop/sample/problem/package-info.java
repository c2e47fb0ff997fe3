/**
 * What is answered when a request cannot be fulfilled.
 */
@NullMarked
package io.dbop.sample.problem;

import org.jspecify.annotations.NullMarked;
