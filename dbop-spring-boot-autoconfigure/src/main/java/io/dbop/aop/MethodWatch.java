package io.dbop.aop;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.dbop.disclosure.Disclosure;
import io.dbop.pool.AliasContext;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the calls of a method that took long, and each call where it is profiled.
 * Thread-safe.
 *
 * @param subject the method, as logs name it
 * @param alias the database, {@code null} if it has none
 * @param parameters the names of its parameters, empty if nobody knows them
 * @param disclosure what is told of values
 * @param slowNanos from which time on a call is slow, {@link #NEVER} for none
 * @param profile where calls are profiled, {@code null} for nowhere
 * @param maxLength where each value in a profile is cut
 */
record MethodWatch(Subject subject, @Nullable String alias, List<@Nullable String> parameters, Disclosure disclosure,
		long slowNanos, @Nullable Logger profile, int maxLength) {

	/** No call is slow. */
	static final long NEVER = Long.MAX_VALUE;

	private static final Logger logger = LoggerFactory.getLogger("io.dbop.slow");

	private static final int MAX_SLOW_LENGTH = 200;

	/** Whether it is worth while to look at the clock. */
	boolean on() {
		return this.slowNanos != NEVER || profiles();
	}

	private boolean profiles() {
		return this.profile != null && this.profile.isDebugEnabled();
	}

	void returned(MethodInvocation invocation, @Nullable Object result, long nanos) {
		if (nanos >= this.slowNanos) {
			slow(invocation, nanos, "returned");
		}
		if (profiles()) {
			boolean nothing = invocation.getMethod().getReturnType() == void.class;
			String told = nothing ? "" : this.disclosure.value(this.subject.method(), result, this.maxLength);
			profiled(invocation, nanos, told.isEmpty() ? "returned" : "returned " + told);
		}
	}

	void failed(MethodInvocation invocation, Throwable failure, long nanos) {
		if (nanos >= this.slowNanos) {
			slow(invocation, nanos, failedWith(failure));
		}
		if (profiles()) {
			profiled(invocation, nanos, failedWith(failure));
		}
	}

	/** Without its message, which may quote values. */
	private static String failedWith(Throwable failure) {
		return "failed with " + failure.getClass().getName();
	}

	private void slow(MethodInvocation invocation, long nanos, String outcome) {
		if (!logger.isWarnEnabled()) {
			return;
		}
		String call = call(invocation, MAX_SLOW_LENGTH);
		long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
		if (this.alias == null) {
			logger.warn("The method {} took {} ms and {}", call, millis, outcome);
			return;
		}
		AliasContext.log(this.alias,
				() -> logger.warn("Database '{}': the method {} took {} ms and {}", this.alias, call, millis, outcome));
	}

	private void profiled(MethodInvocation invocation, long nanos, String outcome) {
		if (this.profile != null) {
			this.profile.debug("{} took {} ms and {}", call(invocation, this.maxLength),
					TimeUnit.NANOSECONDS.toMicros(nanos) / 1e3, outcome);
		}
	}

	private String call(MethodInvocation invocation, int length) {
		return this.subject.type() + "." + this.subject.method() + "(" + this.disclosure.all(this.subject.method(),
				this.parameters, Arrays.asList(invocation.getArguments()), length) + ")";
	}

	/**
	 * A method, by its names.
	 *
	 * @param type the simple name of its class
	 * @param method its own name
	 */
	record Subject(String type, String method) {
	}

}
