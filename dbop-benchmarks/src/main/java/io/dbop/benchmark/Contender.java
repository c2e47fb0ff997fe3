package io.dbop.benchmark;

/**
 * One way of doing a piece of work, which is done again and again by one thread.
 *
 * @param name what it is called in the table
 * @param before what is done before each slice of time, and not measured
 * @param work the work
 */
public record Contender(String name, Work before, Work work) {

	/**
	 * One that needs nothing before.
	 * @param name what it is called in the table
	 * @param work the work
	 */
	public Contender(String name, Work work) {
		this(name, () -> {
		}, work);
	}

	/**
	 * The work.
	 */
	@FunctionalInterface
	public interface Work {

		/**
		 * Does it once.
		 * @throws Exception if it cannot be done, which ends the benchmark
		 */
		void run() throws Exception;

	}

}
