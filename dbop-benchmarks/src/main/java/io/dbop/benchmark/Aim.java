package io.dbop.benchmark;

import java.util.Locale;

/**
 * What a ratio or a figure must be.
 *
 * @param direction whether more is better
 * @param bound what must be reached, or not be exceeded
 */
public record Aim(Direction direction, double bound) {

	/** How much of a ratio may be lost. */
	private static final double TOLERANCE = 0.15;

	/**
	 * What is good.
	 */
	enum Direction {

		AT_LEAST, AT_MOST

	}

	/**
	 * More is better.
	 * @param bound what must be reached
	 * @return the aim
	 */
	public static Aim atLeast(double bound) {
		return new Aim(Direction.AT_LEAST, bound);
	}

	/**
	 * Less is better.
	 * @param bound what must not be exceeded
	 * @return the aim
	 */
	public static Aim atMost(double bound) {
		return new Aim(Direction.AT_MOST, bound);
	}

	/**
	 * More is better, and nothing in particular must be reached: told for comparison.
	 * @return the aim
	 */
	public static Aim more() {
		return atLeast(0);
	}

	/**
	 * Less is better, and nothing in particular must be reached: told for comparison.
	 * @return the aim
	 */
	public static Aim less() {
		return atMost(Double.POSITIVE_INFINITY);
	}

	boolean isReachedBy(double value) {
		return (this.direction == Direction.AT_LEAST) ? value >= this.bound : value <= this.bound;
	}

	/** Whether a value is worse than it was by more than chance. */
	boolean isWorse(double value, double before) {
		return (this.direction == Direction.AT_LEAST) ? value < before * (1 - TOLERANCE)
				: value > before * (1 + TOLERANCE);
	}

	static Aim parse(String text) {
		String[] parts = text.split(" ");
		return new Aim(Direction.valueOf(parts[0]), Double.parseDouble(parts[1]));
	}

	/** What {@link #parse} understands. */
	@Override
	public String toString() {
		return this.direction + " " + this.bound;
	}

	/** As it stands in a table. */
	String words() {
		if (this.equals(more()) || this.equals(less())) {
			return "";
		}
		return ((this.direction == Direction.AT_LEAST) ? "≥ " : "≤ ") + String.format(Locale.ROOT, "%.4g", this.bound);
	}

}
