package io.dbop.pool;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Who holds a connection of a pool.
 *
 * @param thread the name of the thread that took it
 * @param operation the operation that took it, or {@code null} outside any
 * @param held how long it has been held
 * @param current the thread, to be asked for its stack
 * @param callSite the line of the application that took it; where that was not noted, the
 * one where its thread is now, for those who have held theirs for so long that they are
 * reported; else {@code null}
 * @param waitingForSecond for how long the thread has been waiting for another connection
 * of the same database while it holds this one, or {@code null} if it does not
 * @param executing for how long the statement has been executed that is executed on it
 * now, or {@code null} if none is, or statements are not timed
 * @param idle for how long nothing has been executed on it, as far as statements are
 * timed
 * @param acquisition has the stack of the thread when it took the connection, or is
 * {@code null} where that was not noted
 */
public record Holder(String thread, @Nullable String operation, Duration held, Thread current,
		@Nullable String callSite, @Nullable Duration waitingForSecond, @Nullable Duration executing, Duration idle,
		@Nullable Throwable acquisition) {

	/**
	 * What the thread is doing now. Costs a safepoint: ask on demand only.
	 * @return its stack, innermost frame first
	 */
	public StackTraceElement[] stack() {
		return this.current.getStackTrace();
	}

	@Override
	public String toString() {
		return "%s of thread '%s' for %d ms%s%s".formatted(
				(this.operation != null) ? "'" + this.operation + "'" : "code", this.thread, this.held.toMillis(),
				(this.callSite != null) ? " (" + this.callSite + ")" : "",
				(this.waitingForSecond != null) ? ", which itself waits for a second connection" : "");
	}

}
