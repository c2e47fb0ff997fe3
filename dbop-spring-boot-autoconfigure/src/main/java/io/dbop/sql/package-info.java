/**
 * Universal SQL: a lexer that knows how each database writes SQL, the translation into
 * what the driver takes, and its cache.
 */
@NullMarked
package io.dbop.sql;

import org.jspecify.annotations.NullMarked;
