/**
 * Orders: a product bought from an account.
 */
@NullMarked
package io.dbop.sample.order;

import org.jspecify.annotations.NullMarked;
