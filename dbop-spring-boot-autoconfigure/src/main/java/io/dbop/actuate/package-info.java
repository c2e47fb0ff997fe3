/**
 * The endpoint {@code dbop} and the health of each database.
 */
@NullMarked
package io.dbop.actuate;

import org.jspecify.annotations.NullMarked;
