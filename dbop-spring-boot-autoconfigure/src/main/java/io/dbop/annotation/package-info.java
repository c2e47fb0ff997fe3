/**
 * The annotations: {@link io.dbop.annotation.DbRetry},
 * {@link io.dbop.annotation.AutoTransaction}, {@link io.dbop.annotation.CircuitBreaker}.
 */
@NullMarked
package io.dbop.annotation;

import org.jspecify.annotations.NullMarked;
