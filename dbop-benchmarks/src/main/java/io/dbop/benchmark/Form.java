package io.dbop.benchmark;

import java.time.Duration;

/**
 * How thoroughly it is measured.
 */
public enum Form {

	/** One run of each study, to see whether something became slower. */
	SHORT(1, 40, 15, Duration.ofMillis(100)),

	/** What is published. */
	FULL(5, 30, 31, Duration.ofMillis(200));

	private final int runs;

	private final int warmUpRounds;

	private final int rounds;

	private final Duration slice;

	Form(int runs, int warmUpRounds, int rounds, Duration slice) {
		this.runs = runs;
		this.warmUpRounds = warmUpRounds;
		this.rounds = rounds;
		this.slice = slice;
	}

	/**
	 * In how many processes each study is run, one after the other.
	 * @return the number of runs
	 */
	public int runs() {
		return this.runs;
	}

	int warmUpRounds() {
		return this.warmUpRounds;
	}

	int rounds() {
		return this.rounds;
	}

	Duration slice() {
		return this.slice;
	}

	/**
	 * The value for this form.
	 * @param shortForm that of the short form
	 * @param fullForm that of the full form
	 * @param <T> the type of the value
	 * @return the one that counts
	 */
	public <T> T choose(T shortForm, T fullForm) {
		return (this == SHORT) ? shortForm : fullForm;
	}

}
