package io.dbop.pool;

import java.time.Duration;

/**
 * A statement that took long, as often as it did so.
 *
 * @param text the statement, in one line, without literals and comments
 * @param count how often it took long
 * @param total the time that these executions took together
 * @param max the time that the longest of them took
 * @param lastAgo how long ago the last of them ended
 */
public record SlowStatement(String text, long count, Duration total, Duration max, Duration lastAgo) {
}
