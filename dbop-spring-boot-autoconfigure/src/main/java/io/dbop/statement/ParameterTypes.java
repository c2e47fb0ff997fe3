package io.dbop.statement;

import java.io.InputStream;
import java.io.Reader;
import java.time.temporal.TemporalAmount;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

import io.dbop.dialect.Dialect;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.SqlTypeValue;
import org.springframework.jdbc.support.SqlValue;

/** Which values a parameter may have. */
final class ParameterTypes {

	private ParameterTypes() {
	}

	/** The value as the driver takes it, {@code null} if it does not. */
	static @Nullable Object convert(Dialect dialect, Object value) {
		Object converted = dialect.parameter(value);
		return (converted == null && (ofSpring(value) || ofDriver(dialect, value))) ? value : converted;
	}

	/**
	 * Whether it knows itself how it is set. To be asked last: that a class does not
	 * implement an interface takes the machine longer to find out than its class.
	 */
	static boolean ofSpring(Object value) {
		return value instanceof SqlParameterValue || value instanceof SqlTypeValue || value instanceof SqlValue;
	}

	/** Such as PGobject. */
	private static boolean ofDriver(Dialect dialect, Object value) {
		String driver = dialect.driverClassName();
		int vendor = driver.indexOf('.', driver.indexOf('.') + 1);
		return vendor > 0 && value.getClass().getName().startsWith(driver.substring(0, vendor + 1));
	}

	static String advice(Object value) {
		if (value instanceof InputStream || value instanceof Reader) {
			return "It could be read only once, and the statement may be repeated: give a byte[] or a String.";
		}
		if (value instanceof Collection<?>) {
			return "A collection stands for several values only as a named parameter, as in 'IN (:ids)'.";
		}
		if (value instanceof Optional<?>) {
			return "Give the value itself, or null.";
		}
		if (value instanceof TemporalAmount) {
			return "Give a number of milliseconds or days, or its text.";
		}
		if (value instanceof Map<?, ?>) {
			return "Named parameters are given by params(Map); a JSON document is given as its text.";
		}
		return "Give a value that JDBC knows, or wrap it into an SqlParameterValue that names its SQL type.";
	}

}
