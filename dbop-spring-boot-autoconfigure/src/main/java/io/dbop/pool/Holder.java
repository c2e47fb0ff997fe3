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
 * @param callSite the line of the application that took it; while that is not noted,
 * where its thread is now, for those who have held theirs for two minutes or more; else
 * {@code null}
 */
public record Holder(String thread, @Nullable String operation, Duration held, Thread current,
		@Nullable String callSite) {

	/**
	 * What the thread is doing now. Costs a safepoint: ask on demand only.
	 * @return its stack, innermost frame first
	 */
	public StackTraceElement[] stack() {
		return this.current.getStackTrace();
	}

	@Override
	public String toString() {
		return "%s of thread '%s' for %d ms%s".formatted((this.operation != null) ? "'" + this.operation + "'" : "code",
				this.thread, this.held.toMillis(), (this.callSite != null) ? " (" + this.callSite + ")" : "");
	}

}
