package io.dbop.autoconfigure;

import io.dbop.entity.EntitySchemaException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains that the tables of an entity are not as its repository needs them. */
class EntitySchemaFailureAnalyzer extends AbstractFailureAnalyzer<EntitySchemaException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, EntitySchemaException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()),
				"Change the tables, by a migration if they come from Flyway or Liquibase, or have dbop change them: "
						+ "the mode is set by 'dbop.entity.mode', for one database by 'dbop.databases.<alias>.entity.mode', "
						+ "and for one entity by 'dbop.databases.<alias>.entity.modes.<entity>'.",
				cause);
	}

}
