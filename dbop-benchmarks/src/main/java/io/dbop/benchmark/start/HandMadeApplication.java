package io.dbop.benchmark.start;

import java.sql.SQLException;

import com.zaxxer.hikari.HikariDataSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;

/**
 * What one writes who wants four databases and has Spring Boot alone. The pools are
 * opened when the first connection is taken, which is at once if the property
 * {@code connect} says so, and never otherwise.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
class HandMadeApplication {

	@Bean
	@Primary
	HikariDataSource first(Environment environment) throws SQLException {
		return pool(environment, 0);
	}

	@Bean
	HikariDataSource second(Environment environment) throws SQLException {
		return pool(environment, 1);
	}

	@Bean
	HikariDataSource third(Environment environment) throws SQLException {
		return pool(environment, 2);
	}

	@Bean
	HikariDataSource fourth(Environment environment) throws SQLException {
		return pool(environment, 3);
	}

	private static HikariDataSource pool(Environment environment, int index) throws SQLException {
		String prefix = "pools[%d].".formatted(index);
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(environment.getRequiredProperty(prefix + "url"));
		pool.setUsername(environment.getProperty(prefix + "username"));
		pool.setPassword(environment.getProperty(prefix + "password"));
		if (environment.getProperty("connect", boolean.class, false)) {
			pool.getConnection().close();
		}
		return pool;
	}

	public static void main(String[] arguments) {
		SpringApplication.run(HandMadeApplication.class, arguments);
		Runtime.getRuntime().halt(0);
	}

}
