package io.dbop.statement;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** One row of a batch, known by its number when something is wrong with it. */
record BatchRow(String alias, int number) {

	List<@Nullable Object> bind(Binding binding, @Nullable Object row) {
		try {
			if (row == null) {
				throw new InvalidParametersException(this.alias, "it is null.");
			}
			BoundStatement bound = binding.bind(StatementArguments.ofRow(row));
			if (bound.values().size() != binding.bindCount()) {
				throw new InvalidParametersException(this.alias,
						"a collection cannot stand for several values in a batch.");
			}
			return bound.values();
		}
		catch (InvalidParametersException ex) {
			throw ex.ofRow(this.number);
		}
	}

}
