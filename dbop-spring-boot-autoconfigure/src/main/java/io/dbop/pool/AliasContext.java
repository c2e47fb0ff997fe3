package io.dbop.pool;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The diagnostic context of log lines: they bear the alias they are about.
 */
public final class AliasContext {

	private static final String KEY = "dbop.alias";

	private AliasContext() {
	}

	/**
	 * Logs with the alias in the diagnostic context, under {@code dbop.alias}.
	 * @param alias the alias
	 * @param logging what logs
	 */
	public static void log(String alias, Runnable logging) {
		@Nullable String before = MDC.get(KEY);
		MDC.put(KEY, alias);
		try {
			logging.run();
		}
		finally {
			if (before != null) {
				MDC.put(KEY, before);
			}
			else {
				MDC.remove(KEY);
			}
		}
	}

}
