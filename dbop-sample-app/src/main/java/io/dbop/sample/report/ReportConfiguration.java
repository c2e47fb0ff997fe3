package io.dbop.sample.report;

import javax.sql.DataSource;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.DataSourceInitializer;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

@Configuration(proxyBeanMethods = false)
class ReportConfiguration {

	/**
	 * Creates the tables of the reporting database. Those of the main one are Boot's
	 * business: {@code spring.sql.init} works on the primary database.
	 * @param reporting the reporting database
	 * @return what creates the tables
	 */
	@Bean
	DataSourceInitializer reportingSchema(@Qualifier("reporting") DataSource reporting) {
		DataSourceInitializer initializer = new DataSourceInitializer();
		initializer.setDataSource(reporting);
		initializer.setDatabasePopulator(new ResourceDatabasePopulator(new ClassPathResource("schema-reporting.sql")));
		return initializer;
	}

	/**
	 * A classifier bean speaks for every operation. This one must not, elsewhere a
	 * duplicate key is an error: as no candidate for injection it is found by its name
	 * only, by the method that asks for it.
	 * @return the classifier
	 */
	@Bean(defaultCandidate = false)
	LostInsertRace lostInsertRace() {
		return new LostInsertRace();
	}

}
