package io.dbop.dialect;

import java.util.List;

/**
 * A statement whose limits stand in the same text, so that they cost no round trip.
 *
 * @param text what is sent
 * @param leading the values of the parameters that stand before those of the statement
 * @param resultsBefore how many results come before that of the statement
 */
public record LimitedSql(String text, List<String> leading, int resultsBefore) {

	/**
	 * Copies what it is given.
	 */
	public LimitedSql {
		leading = List.copyOf(leading);
	}

	static LimitedSql of(String text) {
		return new LimitedSql(text, List.of(), 0);
	}

}
