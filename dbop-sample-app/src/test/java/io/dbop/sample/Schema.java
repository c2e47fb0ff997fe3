package io.dbop.sample;

import javax.sql.DataSource;

import io.dbop.test.DatabaseInstance;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * The tables of the sample, for tests of what it says to its databases.
 */
public enum Schema {

	/** The tables of the main database. */
	MAIN("schema-main.sql"),

	/** The tables of the reporting database. */
	REPORTING("schema-reporting.sql");

	private final ResourceDatabasePopulator populator;

	Schema(String script) {
		this.populator = new ResourceDatabasePopulator(new ClassPathResource(script));
	}

	/**
	 * Creates the tables twice, since each start of the application does it again.
	 * @param database where
	 * @return a client of that database
	 */
	public JdbcClient createIn(DatabaseInstance database) {
		DataSource dataSource = database.dataSource();
		this.populator.execute(dataSource);
		this.populator.execute(dataSource);
		return JdbcClient.create(dataSource);
	}

}
