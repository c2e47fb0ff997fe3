package io.dbop.circuit;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What can be told of a circuit breaker at one moment.
 *
 * @param name the name of the breaker
 * @param alias the alias of its database
 * @param state what it does with calls
 * @param failures the failures counted within the window, at most as many as open it
 * @param openSince since when it is open, {@code null} if it is not
 * @param remainingMillis how long it still refuses calls unless the database answers
 * before, 0 if it is not open
 * @param refusedCalls how many calls it has refused so far
 * @param openedCount how often it has opened so far, reopening after a failed probe
 * included
 * @param lastFailure the failure that it counted last, {@code null} if there was none
 */
public record BreakerStatus(String name, String alias, BreakerState state, int failures, @Nullable Instant openSince,
		long remainingMillis, long refusedCalls, long openedCount, @Nullable BreakerFailure lastFailure) {
}
