package io.dbop.scaling;

import org.jspecify.annotations.Nullable;

/**
 * Retries make up much of the load, and nothing else explains it.
 */
final class RetryStormRule implements AdviceRule {

	private static final double MUCH = 0.2;

	private static final int FEW = 20;

	@Override
	public @Nullable Advice advise(Situation situation) {
		CallCounts calls = situation.lastMinute().calls();
		long wanted = calls.retries() + calls.denied();
		boolean storm = wanted >= FEW && wanted > MUCH * calls.calls();
		if (!storm || !situation.findings().isEmpty() || situation.breakerOpen()) {
			return null;
		}
		double share = (double) calls.retries() / Math.max(1, calls.calls());
		return Wording.of(situation, AdviceLevel.WARNING, Advice.RETRY_STORM)
			.figure("calls", calls.calls())
			.figure("retries", calls.retries())
			.figure("denied", calls.denied())
			.figure("retriesPerCall", share)
			.tell("Operations on database '%s' were repeated %d times in the last minute, at %d calls (%.0f %%), and %d"
					+ " more were denied by the retry budget.", situation.alias(), calls.retries(), calls.calls(),
					share * 100, calls.denied())
			.act("See what they fail of before they are repeated (the log at level debug, the errors by kind). Among"
					+ " deadlocks and serialization failures: make transactions shorter, and take locks in the same"
					+ " order everywhere.");
	}

}
