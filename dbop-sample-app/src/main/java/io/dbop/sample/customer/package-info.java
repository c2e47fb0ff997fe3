/**
 * Customers, as entities that are records.
 */
@NullMarked
package io.dbop.sample.customer;

import org.jspecify.annotations.NullMarked;
