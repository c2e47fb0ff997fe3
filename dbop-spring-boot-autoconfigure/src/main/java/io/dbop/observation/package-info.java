/**
 * The meters and the observations, by Micrometer's conventions.
 */
@NullMarked
package io.dbop.observation;

import org.jspecify.annotations.NullMarked;
