package io.dbop.scaling;

import java.time.Instant;
import java.util.List;

/**
 * What there is to say of a database now. Immutable.
 *
 * @param alias the alias of the database
 * @param level the most pressing level among the advice
 * @param since since when the level that was announced last holds
 * @param advice the advice, the most pressing first; if there is nothing to do, it says
 * that
 * @param situation the figures behind it
 */
public record Report(String alias, AdviceLevel level, Instant since, List<Advice> advice, Situation situation) {

	/**
	 * What to read first.
	 * @return the sentence of the most pressing advice
	 */
	public String headline() {
		return this.advice.get(0).sentence();
	}

}
