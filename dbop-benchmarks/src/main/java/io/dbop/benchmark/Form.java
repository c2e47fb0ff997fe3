package io.dbop.benchmark;

/**
 * How thoroughly it is measured.
 */
public enum Form {

	/** One run of each study, to see whether something became slower. */
	SHORT(1),

	/** What is published. */
	FULL(5);

	private final int runs;

	Form(int runs) {
		this.runs = runs;
	}

	/**
	 * In how many processes each study is run, one after the other.
	 * @return the number of runs
	 */
	public int runs() {
		return this.runs;
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
