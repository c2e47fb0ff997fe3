package io.dbop.scaling;

import org.jspecify.annotations.Nullable;

/**
 * Finds one cause of trouble in the situation of a database. Beans of this type are asked
 * in their order after the rules of dbop; each sees what was found before it. One that
 * throws is logged and passed over. Implementations are thread-safe, and quick: they ask
 * no database anything.
 */
@FunctionalInterface
public interface AdviceRule {

	/**
	 * Looks at a database.
	 * @param situation its figures
	 * @return the advice, or {@code null} if there is none
	 */
	@Nullable Advice advise(Situation situation);

}
