package io.dbop.pool;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A statement that is executed now.
 *
 * @param text the statement, in one line, without literals and comments
 * @param operation the operation that executes it, or {@code null} outside any
 * @param duration for how long
 */
public record RunningStatement(String text, @Nullable String operation, Duration duration) {
}
