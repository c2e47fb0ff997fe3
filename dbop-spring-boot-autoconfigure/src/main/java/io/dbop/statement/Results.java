package io.dbop.statement;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.support.DataAccessUtils;

/** The one result among those that a query gave. */
final class Results {

	private Results() {
	}

	static <T> Optional<T> optional(List<@Nullable T> results) {
		return DataAccessUtils.optionalResult(results);
	}

	static <T> T single(List<@Nullable T> results) {
		return DataAccessUtils.requiredSingleResult(results);
	}

}
