/**
 * The facade: a {@link io.dbop.database.Database} handle per alias.
 */
@NullMarked
package io.dbop.database;

import org.jspecify.annotations.NullMarked;
