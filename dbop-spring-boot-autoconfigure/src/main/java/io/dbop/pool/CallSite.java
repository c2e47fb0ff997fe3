package io.dbop.pool;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The line of the application that a stack leads to.
 */
final class CallSite {

	private static final List<String> LIBRARIES = List.of("java.", "javax.", "jakarta.", "jdk.", "sun.", "com.sun.",
			"com.zaxxer.", "org.springframework.", "org.hibernate.", "org.aopalliance.", "io.dbop.pool.",
			"io.dbop.execution.", "io.dbop.aop.", "io.dbop.database.", "io.dbop.statement.", "io.dbop.entity.");

	private static final Set<String> DRIVER_CALLS = Set.of(ExecutingStatement.class.getName(),
			ExecutingPreparedStatement.class.getName(), RecordedStatement.class.getName(),
			TransactionalConnection.class.getName());

	private CallSite() {
	}

	/**
	 * Finds the innermost frame that is the application's.
	 * @param stack a stack, innermost frame first
	 * @return the frame, or {@code null} if there is none
	 */
	static @Nullable String of(StackTraceElement[] stack) {
		for (int i = caller(stack); i < stack.length; i++) {
			if (LIBRARIES.stream().noneMatch(stack[i].getClassName()::startsWith)
					&& !stack[i].getClassName().contains("$$")) {
				return stack[i].toString();
			}
		}
		return null;
	}

	/** What stands above a call of the driver is the driver. */
	private static int caller(StackTraceElement[] stack) {
		for (int i = 0; i < stack.length; i++) {
			if (DRIVER_CALLS.contains(stack[i].getClassName())) {
				return i;
			}
		}
		return 0;
	}

}
