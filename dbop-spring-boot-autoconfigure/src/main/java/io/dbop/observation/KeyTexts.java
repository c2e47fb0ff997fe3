package io.dbop.observation;

import java.util.Locale;
import java.util.regex.Pattern;

import io.dbop.execution.Ending;
import io.dbop.observation.DatabaseObservation.EndingKeys;
import io.dbop.observation.DatabaseObservation.Keys;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/** What keys say: few different things, and never a value. */
final class KeyTexts {

	private static final Pattern SQL_STATE = Pattern.compile("[0-9A-Z]{5}");

	private static final int MANY = 10;

	private KeyTexts() {
	}

	static KeyValues of(DatabaseObservationContext context) {
		Ending ending = context.getEnding();
		return KeyValues.of(Keys.ALIAS.withValue(context.getAlias()), Keys.OPERATION.withValue(context.getOperation()),
				EndingKeys.OUTCOME.withValue(outcome(ending)),
				EndingKeys.CLASSIFICATION.withValue(classification(ending)),
				EndingKeys.SQLSTATE.withValue(sqlState(ending)), EndingKeys.EXCEPTION.withValue(exception(ending)));
	}

	/** As many as an operation may be repeated, which nothing bounds. */
	static String attempt(int number) {
		return (number < MANY) ? String.valueOf(number) : MANY + "+";
	}

	static String outcome(@Nullable Ending ending) {
		return (ending != null) ? word(ending.outcome()) : KeyValue.NONE_VALUE;
	}

	static String classification(@Nullable Ending ending) {
		return (ending != null && ending.kind() != null) ? word(ending.kind()) : KeyValue.NONE_VALUE;
	}

	/** Drivers and stored procedures may say what they like. */
	static String sqlState(@Nullable Ending ending) {
		if (ending == null || ending.sqlState() == null) {
			return KeyValue.NONE_VALUE;
		}
		return SQL_STATE.matcher(ending.sqlState()).matches() ? ending.sqlState() : "other";
	}

	static String exception(@Nullable Ending ending) {
		if (ending == null || ending.thrown() == null) {
			return KeyValue.NONE_VALUE;
		}
		Class<?> type = ending.thrown().getClass();
		return type.getSimpleName().isEmpty() ? type.getName() : type.getSimpleName();
	}

	private static String word(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

}
