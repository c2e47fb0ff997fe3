/**
 * What of statements, parameters and results may stand in a log.
 */
@NullMarked
package io.dbop.disclosure;

import org.jspecify.annotations.NullMarked;
