package io.dbop.entity;

/**
 * What others may have done to the tables of an entity that some statements mind, as far
 * as their database does.
 *
 * @param keyed whether the id alone is the primary key of the table: one that others have
 * made may have another
 * @param own whether the history has triggers, or constraints that say what to do where
 * they do not hold
 */
record TableTraits(boolean keyed, boolean own) {

	/** Of tables that are not there. */
	static final TableTraits NONE = new TableTraits(false, false);

}
