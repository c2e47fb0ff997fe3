package io.dbop.statement;

/**
 * A statement to be run with many rows of parameters. Not thread-safe.
 */
@FunctionalInterface
public interface BatchSpec {

	/**
	 * Runs it in one transaction, that of the caller if there is one: either all rows are
	 * in the database afterwards or none. All rows are checked before the first is sent.
	 * @return for each row how many rows it changed, or
	 * {@link java.sql.Statement#SUCCESS_NO_INFO} where the driver sends several rows as
	 * one statement and cannot tell
	 */
	int[] execute();

}
