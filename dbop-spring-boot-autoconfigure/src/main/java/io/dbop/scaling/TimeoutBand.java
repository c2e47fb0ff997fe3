package io.dbop.scaling;

/**
 * The four bands of the timeout rate: of all who asked for a connection, how many got
 * none in time.
 */
public enum TimeoutBand {

	/** Below 0.1 %. */
	NORMAL(0, "normal load", "No action needed."),

	/** From 0.1 % to 1 %. */
	MILD(0.001, "mild contention", "Review slow queries."),

	/** From 1 % to 5 %. */
	HIGH(0.01, "high load", "Scale vertically: a bigger database or bigger application servers."),

	/** Above 5 %. */
	CRITICAL(0.05, "critical pressure", "Scale horizontally: add application servers.");

	private final double from;

	private final String interpretation;

	private final String action;

	TimeoutBand(double from, String interpretation, String action) {
		this.from = from;
		this.interpretation = interpretation;
		this.action = action;
	}

	/**
	 * The band of a timeout rate.
	 * @param rate a share between 0 and 1
	 * @return the band; 5 % itself is still high
	 */
	public static TimeoutBand of(double rate) {
		if (rate > CRITICAL.from) {
			return CRITICAL;
		}
		if (rate >= HIGH.from) {
			return HIGH;
		}
		return (rate >= MILD.from) ? MILD : NORMAL;
	}

	/**
	 * What the band means.
	 * @return a few words
	 */
	public String interpretation() {
		return this.interpretation;
	}

	/**
	 * What to do about it.
	 * @return a sentence
	 */
	public String action() {
		return this.action;
	}

}
