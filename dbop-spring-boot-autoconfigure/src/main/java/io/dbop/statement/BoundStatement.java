package io.dbop.statement;

import java.util.ArrayList;
import java.util.List;

import io.dbop.pool.StatementParameter;
import org.jspecify.annotations.Nullable;

/**
 * A statement with the values of its parameters, as the driver takes both.
 *
 * @param text the text
 * @param values a value for each parameter of the text
 * @param names their names, empty if they have only places
 */
record BoundStatement(String text, List<@Nullable Object> values, List<String> names) {

	List<StatementParameter> parameters() {
		List<StatementParameter> parameters = new ArrayList<>(this.values.size());
		for (int i = 0; i < this.values.size(); i++) {
			parameters.add(new StatementParameter(this.names.isEmpty() ? null : this.names.get(i), this.values.get(i)));
		}
		return parameters;
	}

}
