package io.dbop.autoconfigure;

import io.dbop.database.UnknownDatabaseException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains that the start asked for a database that there is not. */
class UnknownDatabaseFailureAnalyzer extends AbstractFailureAnalyzer<UnknownDatabaseException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnknownDatabaseException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()),
				"Name one of the known aliases, or configure the database under '%s.%s'."
					.formatted(DbopProperties.DATABASES, cause.alias()),
				cause);
	}

}
