/**
 * A TCP proxy between a driver and its database that counts round trips and injects
 * network faults.
 */
@NullMarked
package io.dbop.test.wire;

import org.jspecify.annotations.NullMarked;
