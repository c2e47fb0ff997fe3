/**
 * The meters, held against what callers saw.
 */
@NullMarked
package io.dbop.observation;

import org.jspecify.annotations.NullMarked;
