/**
 * A load generator, for seeing retries and timeouts.
 */
@NullMarked
package io.dbop.sample.load;

import org.jspecify.annotations.NullMarked;
