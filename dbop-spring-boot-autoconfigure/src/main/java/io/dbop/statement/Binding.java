package io.dbop.statement;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.dbop.dialect.Dialect;
import io.dbop.sql.ParameterStyle;
import io.dbop.sql.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * Gives the parameters of a statement their values, or says what does not fit, before
 * anything is sent.
 */
final class Binding {

	private final String alias;

	private final Dialect dialect;

	private final SqlStatement statement;

	Binding(String alias, Dialect dialect, SqlStatement statement) {
		this.alias = alias;
		this.dialect = dialect;
		this.statement = statement;
	}

	/** How many values it takes, if no collection stands for several. */
	int bindCount() {
		return this.statement.bindCount();
	}

	BoundStatement bind(StatementArguments arguments) {
		if (this.statement.style() == ParameterStyle.NAMED) {
			return named(arguments);
		}
		List<@Nullable Object> given = placed(arguments);
		List<@Nullable Object> values = new ArrayList<>(this.statement.bindCount());
		for (int bind = 0; bind < this.statement.bindCount(); bind++) {
			int place = this.statement.parameterOf(bind);
			Object value = given.get(place);
			values.add((value != null) ? value(value, "parameter %s", place + 1) : null);
		}
		return new BoundStatement(this.statement.text(), values, List.of());
	}

	private List<@Nullable Object> placed(StatementArguments arguments) {
		int expected = this.statement.parameterCount();
		if (arguments.named() && (expected > 0 || arguments.names().iterator().hasNext())) {
			throw invalid((expected == 0) ? "it has no parameters, and values were given by name."
					: "its parameters have places, and values were given by name. Write ':name' in the statement, or give"
							+ " the values in their order.");
		}
		List<@Nullable Object> given = arguments.places();
		int missing = given.indexOf(StatementArguments.MISSING);
		if (missing >= 0) {
			throw invalid("its parameter %d was given no value.".formatted(missing + 1));
		}
		if (given.size() != expected) {
			throw invalid("it has %d parameter(s), and %d value(s) were given.%s".formatted(expected, given.size(),
					this.statement.text().contains("??") ? " A '??' is a question mark, not two parameters." : ""));
		}
		return given;
	}

	private BoundStatement named(StatementArguments arguments) {
		List<String> names = this.statement.names();
		if (arguments.placed()) {
			throw invalid(
					"its parameters are named %s, and values were given by place. Give them by name.".formatted(names));
		}
		for (String given : arguments.names()) {
			if (!names.contains(given)) {
				throw invalid("it has no parameter ':%s'; it has %s.".formatted(given, names));
			}
		}
		Expansion expansion = new Expansion(this.statement);
		for (int bind = 0; bind < this.statement.bindCount(); bind++) {
			String name = names.get(this.statement.parameterOf(bind));
			Object given = arguments.value(name);
			if (given == StatementArguments.MISSING) {
				throw invalid("its parameter ':%s' was given no value.".formatted(name));
			}
			if (given instanceof Collection<?> several) {
				expansion.add(bind, name, each(name, several));
			}
			else {
				expansion.add(name, (given != null) ? value(given, "parameter ':%s'", name) : null);
			}
		}
		return expansion.bound();
	}

	private List<@Nullable Object> each(String name, Collection<?> several) {
		if (several.isEmpty()) {
			throw invalid("its parameter ':%s' was given an empty collection, for which there is no SQL. Leave the"
				.formatted(name) + " condition out, or do not run the statement.");
		}
		List<@Nullable Object> values = new ArrayList<>(several.size());
		several
			.forEach((each) -> values.add((each != null) ? value(each, "each value of parameter ':%s'", name) : null));
		return values;
	}

	private Object value(Object given, String what, Object which) {
		Object value = ParameterTypes.convert(this.dialect, given);
		if (value == null) {
			throw invalid("%s has the type %s, which %s does not take. %s".formatted(what.formatted(which),
					given.getClass().getName(), this.dialect.name(), ParameterTypes.advice(given)));
		}
		return value;
	}

	private InvalidParametersException invalid(String message) {
		return new InvalidParametersException(this.alias, message);
	}

}
