/**
 * What a failure of a database means: its kind, the phase it struck in, and what has to
 * be done again. Knows no particular database; dialects bring the tables.
 */
@NullMarked
package io.dbop.failure;

import org.jspecify.annotations.NullMarked;
