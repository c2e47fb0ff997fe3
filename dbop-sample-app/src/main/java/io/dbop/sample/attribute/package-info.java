/**
 * What there is to be said of a product beyond its price: any JSON, as entities that are
 * maps.
 */
@NullMarked
package io.dbop.sample.attribute;

import org.jspecify.annotations.NullMarked;
