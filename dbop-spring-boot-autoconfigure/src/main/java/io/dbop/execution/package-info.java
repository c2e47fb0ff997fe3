/**
 * The pipeline that every operation runs through, in the order that the {@code Pipeline}
 * lists, and the API to call it by hand.
 */
@NullMarked
package io.dbop.execution;

import org.jspecify.annotations.NullMarked;
