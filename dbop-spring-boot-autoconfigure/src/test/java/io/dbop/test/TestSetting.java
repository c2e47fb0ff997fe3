package io.dbop.test;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What a developer or a build sets, as an environment variable such as
 * {@code DBOP_TEST_REQUIRE} or as the system property {@code dbop.test.require}.
 *
 * @param property the name of the system property
 */
record TestSetting(String property) {

	static final TestSetting REQUIRE = new TestSetting("dbop.test.require");

	/** The databases to run on, if not on all. */
	static final TestSetting ONLY = new TestSetting("dbop.test.only");

	/** The script that starts and kills the nodes of the cluster that tests run on. */
	static final TestSetting CLUSTER = new TestSetting("dbop.test.cluster");

	static final TestSetting FAULTS = new TestSetting("dbop.test.faults");

	/**
	 * A directory that MySQL has been unpacked in.
	 */
	static final TestSetting MYSQL_HOME = new TestSetting("dbop.test.mysql.home");

	/**
	 * A directory of scripts that run clusters.
	 */
	static final TestSetting SERVICES = new TestSetting("dbop.test.services");

	/**
	 * A directory that Redis has been unpacked in, where none is installed.
	 */
	static final TestSetting REDIS_HOME = new TestSetting("dbop.test.redis.home");

	static TestSetting url(String database) {
		return new TestSetting("dbop.test." + database.toLowerCase(Locale.ROOT) + ".url");
	}

	String environmentVariable() {
		return this.property.replace('.', '_').toUpperCase(Locale.ROOT);
	}

	@Nullable String value() {
		return System.getProperty(this.property, System.getenv(environmentVariable()));
	}

}
