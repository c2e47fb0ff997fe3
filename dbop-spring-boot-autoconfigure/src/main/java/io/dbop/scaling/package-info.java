/**
 * What the timeouts of a pool say about the load, and what to do about it.
 */
@NullMarked
package io.dbop.scaling;

import org.jspecify.annotations.NullMarked;
