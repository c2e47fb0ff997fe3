/**
 * The values of entities: which types they may have, how columns hold them, and how what
 * comes back equals what went in.
 */
@NullMarked
package io.dbop.entity.value;

import org.jspecify.annotations.NullMarked;
