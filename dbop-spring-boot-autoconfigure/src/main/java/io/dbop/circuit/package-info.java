/**
 * Circuit breakers, one per alias or by name.
 */
@NullMarked
package io.dbop.circuit;

import org.jspecify.annotations.NullMarked;
