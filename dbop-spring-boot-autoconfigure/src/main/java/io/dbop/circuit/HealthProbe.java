package io.dbop.circuit;

/**
 * Finds out whether a database answers, without its pool: typically opens a connection of
 * its own and closes it. Called on a thread of its own and never twice at once for one
 * alias. It must limit its own time: while it hangs no other probe of the alias is made.
 */
@FunctionalInterface
public interface HealthProbe {

	/**
	 * Returns if the database answers.
	 * @throws Exception if it does not
	 */
	void check() throws Exception;

	/**
	 * Makes sure that callers are served again, now that the database answers and they
	 * are about to be let through.
	 * @throws Exception if they would not be
	 */
	default void revive() throws Exception {
		// Nothing has been lost.
	}

}
