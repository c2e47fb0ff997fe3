package io.dbop.test;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * A kind of database that contracts are run on.
 * <p>
 * A server is taken from where it is found first: the URL in the environment variable
 * {@code DBOP_TEST_<NAME>_URL}, a container if Docker answers, or programs that the build
 * has downloaded (of MySQL: that {@code DBOP_TEST_MYSQL_HOME} names). It is started when
 * it is first asked for, once per JVM, and dies with the JVM. A database that
 * {@code DBOP_TEST_REQUIRE} names must be there.
 * <p>
 * Thread-safe.
 */
public enum TestDatabase {

	/**
	 * SQLite in a file.
	 */
	SQLITE(DatabaseSource.inProcess(SqliteDatabase::create)),

	/**
	 * H2 in memory.
	 */
	H2(DatabaseSource.inProcess(H2Database::create)),

	/**
	 * A PostgreSQL server.
	 */
	POSTGRESQL(new ServerSource("POSTGRESQL", new PostgresDialect(), ServerContainers::postgres,
			RestartablePostgres::create)),

	/**
	 * A MariaDB server behind MariaDB Connector/J.
	 */
	MARIADB(new ServerSource("MARIADB", MySqlDialect.MARIADB_CONNECTOR, ServerContainers::mariaDb,
			RestartableMariaDb::create)),

	/**
	 * A MySQL server behind MySQL Connector/J.
	 */
	MYSQL(new ServerSource("MYSQL", MySqlDialect.CONNECTOR_J, ServerContainers::mySql, RestartableMySql::create)),

	/**
	 * HSQLDB in memory, for which dbop has no dialect of its own. Only on what depends on
	 * the dialect.
	 */
	HSQLDB(DatabaseSource.inProcess(HsqldbDatabase::create));

	private final DatabaseSource source;

	TestDatabase(DatabaseSource source) {
		this.source = source;
	}

	/**
	 * Whether the database can be used. Starts it if need be.
	 * @return whether {@link #freshDatabase()} will work
	 */
	public boolean isAvailable() {
		return skipReason() == null;
	}

	/**
	 * Why the database cannot be used. Starts it if need be.
	 * @return the reason, or {@code null} if it can
	 */
	public @Nullable String skipReason() {
		return this.source.skipReason();
	}

	/**
	 * Whether a test run must not do without this database.
	 * @return whether {@code DBOP_TEST_REQUIRE} names it
	 * @throws IllegalArgumentException if it names something that there is not
	 */
	public boolean isRequired() {
		return isNamedBy(TestSetting.REQUIRE);
	}

	/**
	 * Whether a test run is about this database.
	 * @return whether {@code DBOP_TEST_ONLY} names it, or is not set
	 * @throws IllegalArgumentException if it names something that there is not
	 */
	boolean isWanted() {
		return TestSetting.ONLY.value() == null || isNamedBy(TestSetting.ONLY);
	}

	private boolean isNamedBy(TestSetting setting) {
		return StringUtils.commaDelimitedListToSet(setting.value())
			.stream()
			.map((name) -> valueOf(name.strip().toUpperCase(Locale.ROOT)))
			.anyMatch(this::equals);
	}

	/**
	 * Whether its databases are on several nodes at once.
	 * @return whether it is a cluster that takes writes everywhere
	 */
	boolean isCluster() {
		return this.source.isCluster();
	}

	/**
	 * Create a database of its own for one test.
	 * @return an empty database
	 * @throws IllegalStateException if the database is not available
	 */
	public DatabaseInstance freshDatabase() {
		return this.source.freshDatabase(this);
	}

}
