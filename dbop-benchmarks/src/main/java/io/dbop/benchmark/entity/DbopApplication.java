package io.dbop.benchmark.entity;

import java.util.List;
import java.util.Set;

import io.dbop.benchmark.Applications;
import io.dbop.database.Database;
import io.dbop.database.Databases;
import io.dbop.test.DatabaseInstance;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An application with dbop and meters in which nothing is set but where the database is.
 */
final class DbopApplication implements AutoCloseable {

	private static final String PREFIX = "dbop.databases.main.";

	private final ConfigurableApplicationContext context;

	DbopApplication(DatabaseInstance database) {
		this.context = Applications.start(Configuration.class, Set.of(), properties(database));
	}

	private static List<String> properties(DatabaseInstance database) {
		String url = PREFIX + "url=" + database.url();
		return database.username().isEmpty() ? List.of(url)
				: List.of(url, PREFIX + "username=" + database.username(), PREFIX + "password=" + database.password());
	}

	Items items() {
		return this.context.getBean(Items.class);
	}

	Database database() {
		return this.context.getBean(Databases.class).get("main");
	}

	@Override
	public void close() {
		this.context.close();
	}

	/** Repositories are found in its package. */
	@EnableAutoConfiguration
	static class Configuration {

	}

}
