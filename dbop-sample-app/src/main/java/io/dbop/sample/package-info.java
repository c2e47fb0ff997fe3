/**
 * An account and order service that reads and writes two databases through dbop.
 */
@NullMarked
package io.dbop.sample;

import org.jspecify.annotations.NullMarked;
