/**
 * Real databases for tests. A contract is written once and marked with
 * {@link io.dbop.test.EachDatabase @EachDatabase}; it runs on every database that this
 * machine can offer, and says so where it cannot.
 */
@NullMarked
package io.dbop.test;

import org.jspecify.annotations.NullMarked;
