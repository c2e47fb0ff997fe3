package io.dbop.test;

import java.util.Locale;

/**
 * How much of the fault suite runs: the short form, which belongs to every build, or with
 * {@code dbop.test.faults=full} the full one. Both do the same; the full one does it as
 * often and for as long as the guarantees say.
 */
public enum FaultForm {

	/**
	 * A sample of each fault.
	 */
	SHORT,

	/**
	 * All of it.
	 */
	FULL;

	/**
	 * The form that was asked for.
	 * @return the form of this run
	 */
	public static FaultForm current() {
		String value = TestSetting.FAULTS.value();
		return (value != null) ? valueOf(value.toUpperCase(Locale.ROOT)) : SHORT;
	}

	/**
	 * How often or how long something is done.
	 * @param shortForm the value in the short form
	 * @param fullForm the value in the full form
	 * @param <T> the type of the value
	 * @return the value in this run
	 */
	public static <T> T choose(T shortForm, T fullForm) {
		return (current() == FULL) ? fullForm : shortForm;
	}

}
