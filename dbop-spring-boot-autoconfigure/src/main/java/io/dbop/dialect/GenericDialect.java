package io.dbop.dialect;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;

import io.dbop.failure.Classification;
import org.jspecify.annotations.Nullable;

/**
 * A database that no other dialect serves: what the SQL standard says of its SQLSTATEs,
 * and no settings. Only for data sources that the application brings itself.
 */
final class GenericDialect implements Dialect {

	@Override
	public String name() {
		return "generic";
	}

	@Override
	public List<String> urlPrefixes() {
		return List.of();
	}

	@Override
	public boolean serves(DatabaseMetaData metaData) {
		return true;
	}

	@Override
	public String url(DatabaseLocation location) {
		throw new UnsupportedOperationException("A database of an unknown type needs a JDBC URL");
	}

	@Override
	public String driverClassName() {
		throw new UnsupportedOperationException("A database of an unknown type needs a driver class");
	}

	@Override
	public String driverCoordinates() {
		throw new UnsupportedOperationException("The driver of a database of an unknown type is unknown");
	}

	static @Nullable Classification classifyByState(SQLException exception, ErrorTable table) {
		Classification known = table.findState(exception.getSQLState());
		return (known != null) ? DriverFailures.refine(known, exception) : DriverFailures.classify(exception);
	}

}
