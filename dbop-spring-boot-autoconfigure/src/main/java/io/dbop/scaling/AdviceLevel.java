package io.dbop.scaling;

/**
 * How pressing an advice is, from nothing to do to act now.
 */
public enum AdviceLevel {

	/** Nothing to do. */
	OK,

	/** Worth a look when there is time. */
	NOTICE,

	/** Users notice, or will soon. */
	WARNING,

	/** Users are being turned away. */
	CRITICAL;

	/**
	 * The level that a band of the timeout rate has by itself.
	 * @param band the band
	 * @return the level
	 */
	public static AdviceLevel of(TimeoutBand band) {
		return switch (band) {
			case NORMAL -> OK;
			case MILD -> NOTICE;
			case HIGH -> WARNING;
			case CRITICAL -> CRITICAL;
		};
	}

	/**
	 * The more pressing of two.
	 * @param other another level
	 * @return this one or the other
	 */
	public AdviceLevel or(AdviceLevel other) {
		return (compareTo(other) >= 0) ? this : other;
	}

}
