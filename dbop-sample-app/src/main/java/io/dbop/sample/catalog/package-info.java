/**
 * Products and their stock.
 */
@NullMarked
package io.dbop.sample.catalog;

import org.jspecify.annotations.NullMarked;
