/**
 * The handle of a database.
 */
@NullMarked
package io.dbop.database;

import org.jspecify.annotations.NullMarked;
