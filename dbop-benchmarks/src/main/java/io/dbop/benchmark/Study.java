package io.dbop.benchmark;

/**
 * One line or a few of the table: dbop and its peers at the same work. Each run has a
 * process of its own.
 */
@FunctionalInterface
public interface Study {

	/**
	 * Measures.
	 * @param form how thoroughly
	 * @param report takes what was found
	 * @throws Exception if something cannot be measured, which ends the benchmark
	 */
	void run(Form form, Report report) throws Exception;

}
