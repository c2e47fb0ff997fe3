package io.dbop.autoconfigure;

import io.dbop.entity.EntityTypeException;
import io.dbop.entity.InvalidEntityException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.dao.NonTransientDataAccessException;

/** Explains that objects of a class cannot be entities, or not those that there are. */
class InvalidEntityFailureAnalyzer extends AbstractFailureAnalyzer<NonTransientDataAccessException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NonTransientDataAccessException cause) {
		boolean ours = cause instanceof InvalidEntityException || cause instanceof EntityTypeException;
		return ours ? new FailureAnalysis(String.valueOf(cause.getMessage()),
				"Change the class with @DbEntity, or the tables, such that they agree.", cause) : null;
	}

}
