package io.dbop.statement;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** One row of a batch, known by its number when something is wrong with it. */
record BatchRow(String alias, int number) {

	List<@Nullable Object> bind(StatementRequest request, @Nullable Object row) {
		if (row == null) {
			throw invalid("it is null.", null);
		}
		try {
			BoundStatement bound = request.bind(StatementArguments.ofRow(row));
			if (bound.values().size() != request.statement().bindCount()) {
				throw invalid("a collection cannot stand for several values in a batch.", null);
			}
			return bound.values();
		}
		catch (InvalidParametersException ex) {
			throw invalid(ex.getMessage(), ex);
		}
	}

	private InvalidParametersException invalid(@Nullable String message, @Nullable InvalidParametersException cause) {
		InvalidParametersException exception = new InvalidParametersException(this.alias,
				"row %d of the batch does not fit: %s".formatted(this.number, message));
		if (cause != null) {
			exception.initCause(cause);
		}
		return exception;
	}

}
