package io.dbop.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import io.dbop.autoconfigure.DbopActuatorAutoConfiguration;
import io.dbop.autoconfigure.DbopAutoConfiguration;
import io.dbop.autoconfigure.DbopEntityAutoConfiguration;
import io.dbop.autoconfigure.DbopExecutionAutoConfiguration;
import io.dbop.autoconfigure.DbopMetricsAutoConfiguration;
import io.dbop.autoconfigure.DbopObservationAutoConfiguration;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** Applications with the starter, to try it on databases. */
public final class Applications {

	private Applications() {
	}

	/**
	 * One that a test closes by returning.
	 * @return a runner with the starter and JDBC
	 */
	public static ApplicationContextRunner jdbc() {
		ImportAutoConfiguration starter = Objects
			.requireNonNull(Starter.class.getAnnotation(ImportAutoConfiguration.class));
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(starter.value()));
	}

	/**
	 * One that several tests share.
	 * @param configuration its beans
	 * @param properties its properties
	 * @return the running application, to be closed
	 */
	public static ConfigurableApplicationContext start(Class<?> configuration, String... properties) {
		return new SpringApplicationBuilder(configuration, Starter.class).web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off")
			.properties(properties)
			.run();
	}

	/**
	 * A database as an alias.
	 * @param alias the alias
	 * @param database the database
	 * @return the properties
	 */
	public static String[] alias(String alias, DatabaseInstance database) {
		return located("dbop.databases." + alias, database);
	}

	/**
	 * A database under any prefix.
	 * @param prefix the prefix of the properties
	 * @param database the database
	 * @return the properties
	 */
	public static String[] located(String prefix, DatabaseInstance database) {
		List<String> properties = new ArrayList<>();
		properties.add(prefix + ".url=" + database.url());
		if (!database.username().isEmpty()) {
			properties.add(prefix + ".username=" + database.username());
			properties.add(prefix + ".password=" + database.password());
		}
		return properties.toArray(String[]::new);
	}

	/**
	 * A database in memory, of nobody else's, as an alias.
	 * @param alias the alias
	 * @return the property
	 */
	public static String inMemory(String alias) {
		return "dbop.databases." + alias + ".url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
	}

	@ImportAutoConfiguration({ DbopAutoConfiguration.class, DbopExecutionAutoConfiguration.class,
			DbopEntityAutoConfiguration.class, DbopActuatorAutoConfiguration.class, DbopMetricsAutoConfiguration.class,
			DbopObservationAutoConfiguration.class, AopAutoConfiguration.class, DataSourceAutoConfiguration.class,
			DataSourceTransactionManagerAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
			JdbcClientAutoConfiguration.class, TransactionAutoConfiguration.class,
			TransactionManagerCustomizationAutoConfiguration.class })
	private static final class Starter {

	}

}
