package io.dbop.autoconfigure;

import java.util.List;

import org.springframework.core.env.Environment;

/**
 * Whether the application has a database under {@code spring.datasource}.
 */
final class SpringDataSource {

	private static final List<String> LOCATIONS = List.of("spring.datasource.url", "spring.datasource.jndi-name",
			"spring.datasource.driver-class-name", "spring.datasource.embedded-database-connection",
			"spring.datasource.hikari.jdbc-url", "spring.datasource.hikari.data-source-class-name",
			"spring.datasource.xa.data-source-class-name");

	private SpringDataSource() {
	}

	static boolean configured(Environment environment) {
		return LOCATIONS.stream().anyMatch(environment::containsProperty);
	}

}
