/**
 * Rows kept in a cache of Spring's, so that none is found there after a later one was
 * committed. Depends on nothing but what such a cache promises.
 */
@NullMarked
package io.dbop.entity.cache;

import org.jspecify.annotations.NullMarked;
