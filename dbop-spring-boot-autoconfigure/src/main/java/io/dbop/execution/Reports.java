package io.dbop.execution;

import java.time.Duration;

import io.dbop.failure.FailureKind;
import io.dbop.pool.AliasContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the pipeline says of failures: one warning for a call that failed for good, debug
 * for each retry, both with the alias in the diagnostic context.
 */
final class Reports {

	private static final Logger logger = LoggerFactory.getLogger("io.dbop.execution");

	private Reports() {
	}

	static void retrying(Call call, Throwable thrown, Duration delay) {
		call.plan.engine().listeners().retrying(call, thrown, delay);
		if (logger.isDebugEnabled()) {
			AliasContext.log(call.alias(),
					() -> logger.debug("Database '{}': attempt {} of '{}' failed ({}); trying again in {} ms",
							call.alias(), call.attempt(), call.plan.name(), call.judge(thrown).describe(),
							delay.toMillis()));
		}
	}

	static void failed(Call call, Throwable thrown) {
		Call caller = call.around();
		if (caller != null) {
			caller.aftermath().failedInside = thrown;
			caller.aftermath().toldInside = untold(call) ? caller.aftermath().toldInside : thrown;
			boolean open = call.aftermath().openToOthers() && !call.aftermath().givenUpInside(thrown);
			caller.aftermath().givenUpInside = open ? caller.aftermath().givenUpInside : thrown;
		}
		call.plan.engine().listeners().failed(call, thrown);
		if (!untold(call) && !call.aftermath().toldInside(thrown) && worthWarning(call, thrown)) {
			warn(call, call.judge(thrown));
		}
	}

	/** Nothing is said of what somebody around repeats. */
	private static boolean untold(Call call) {
		return call.aftermath().leftToCaller && call.repeatedAround();
	}

	private static void warn(Call call, Failure failure) {
		DatabaseEngine engine = call.plan.engine();
		int untold = TurnedAway.is(failure) ? engine.turnedAway().note(engine.now()) : 0;
		if (untold != TurnedAway.UNTOLD) {
			AliasContext.log(call.alias(), () -> logger.warn(
					"Database '{}': '{}' failed for good after {} attempt(s): {}. {}{}", call.alias(), call.plan.name(),
					call.attempt(), failure.describe(), call.aftermath().verdict,
					(untold > 0) ? " So did %d calls before that got no connection either.".formatted(untold) : ""));
		}
	}

	/**
	 * Whether the failure tells of the database, and not of the data or of a refusal that
	 * its own log line announced already.
	 */
	private static boolean worthWarning(Call call, Throwable thrown) {
		FailureKind kind = call.judge(thrown).kind();
		return kind != FailureKind.APPLICATION && kind != FailureKind.CONSTRAINT && !call.cancelled();
	}

}
