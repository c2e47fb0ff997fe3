package io.dbop.benchmark.start;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.TestDatabase;

/** Four databases of one PostgreSQL server. */
final class FourDatabases implements AutoCloseable {

	static final int NUMBER = 4;

	private final List<DatabaseInstance> databases = new ArrayList<>();

	FourDatabases() {
		for (int i = 0; i < NUMBER; i++) {
			this.databases.add(TestDatabase.POSTGRESQL.freshDatabase());
		}
	}

	/**
	 * Tells an application of them.
	 * @param prefixes the prefixes of the properties of each
	 * @return the arguments of the application
	 */
	List<String> arguments(List<String> prefixes) {
		List<String> arguments = new ArrayList<>();
		for (int i = 0; i < NUMBER; i++) {
			arguments.addAll(arguments(prefixes.get(i), this.databases.get(i)));
		}
		return arguments;
	}

	/** Tells an application of one of them. */
	static List<String> arguments(String prefix, DatabaseInstance database) {
		return List.of("--" + prefix + ".url=" + database.url(), "--" + prefix + ".username=" + database.username(),
				"--" + prefix + ".password=" + database.password());
	}

	@Override
	public void close() throws SQLException {
		for (DatabaseInstance each : this.databases) {
			each.close();
		}
	}

}
