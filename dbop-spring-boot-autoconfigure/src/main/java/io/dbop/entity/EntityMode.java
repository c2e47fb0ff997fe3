package io.dbop.entity;

/** What may be done to the tables of an entity. */
public enum EntityMode {

	/** They are made when they are first needed, and get new columns and wider types. */
	EVOLVE,

	/** They are made when they are first needed, and stay as they are then. */
	CREATE,

	/**
	 * They are made by somebody else, such as Flyway or Liquibase. What is missing is
	 * reported before anything is saved, together with the statements that would mend it.
	 */
	VALIDATE,

	/**
	 * They are made by somebody else, and nobody looks whether they are as they should
	 * be.
	 */
	NONE

}
