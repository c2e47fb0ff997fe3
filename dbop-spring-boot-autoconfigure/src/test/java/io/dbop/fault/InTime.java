package io.dbop.fault;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * Promises of time, on machines that others use too. What comes late once may have been
 * kept waiting by them; what comes late three times in a row was not. Whatever else is
 * wrong fails at once.
 */
final class InTime {

	private static final Log logger = LogFactory.getLog(InTime.class);

	private static final int TRIES = 3;

	private InTime() {
	}

	/** Does something, and again if it was late. */
	static void keep(ThrowingCallable work) throws Throwable {
		for (int left = TRIES - 1;; left--) {
			try {
				work.call();
				return;
			}
			catch (Late ex) {
				if (left == 0) {
					throw ex;
				}
				logger.warn("Late, and tried again: " + ex.getMessage());
			}
		}
	}

	/** An assertion of a time. */
	static void promised(Runnable assertion) {
		try {
			assertion.run();
		}
		catch (AssertionError ex) {
			throw new Late(ex);
		}
	}

	private static final class Late extends AssertionError {

		Late(AssertionError cause) {
			super(cause.getMessage(), cause);
		}

	}

}
