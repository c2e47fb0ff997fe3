package io.dbop.scaling;

/**
 * The level of the advice on a database has changed, and not for a moment only. Published
 * as an application event.
 *
 * @param from the level that held before
 * @param to the level that holds now
 * @param report what there is to say
 */
public record LevelChange(AdviceLevel from, AdviceLevel to, Report report) {

	/**
	 * The alias of the database.
	 * @return the alias
	 */
	public String alias() {
		return this.report.alias();
	}

}
