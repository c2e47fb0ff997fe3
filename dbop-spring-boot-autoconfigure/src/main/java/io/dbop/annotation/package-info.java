/**
 * The annotations: {@link io.dbop.annotation.DbRetry},
 * {@link io.dbop.annotation.AutoTransaction}, {@link io.dbop.annotation.CircuitBreaker},
 * {@link io.dbop.annotation.DbTimeout}, {@link io.dbop.annotation.TrackSlow},
 * {@link io.dbop.annotation.Profiled}.
 */
@NullMarked
package io.dbop.annotation;

import org.jspecify.annotations.NullMarked;
