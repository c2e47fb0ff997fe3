package io.dbop.autoconfigure;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.dbop.actuate.DbopEndpoint;
import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.CircuitBreaker;
import io.dbop.annotation.DbRetry;
import io.dbop.database.Databases;
import io.dbop.pool.ConnectionPool;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.aot.AotDetector;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.SpringProperties;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * An application that was processed ahead of time. There is no database where it is
 * processed: to open one would fail.
 */
@DisplayName("B3: ahead-of-time processing")
class AotTests {

	private static final String NOWHERE = "jdbc:h2:tcp://127.0.0.1:1/none";

	private static final String EXPOSED = "management.endpoints.web.exposure.include=dbop";

	@Test
	@CompileWithForkedClassLoader
	void whenTwoDatabasesAreConfiguredThenGeneratedDefinitionsServeBoth() {
		process(new String[] { "dbop.databases.main.url=" + NOWHERE, "dbop.databases.reporting.url=" + NOWHERE },
				new String[] { "dbop.databases.main.url=jdbc:h2:mem:main",
						"dbop.databases.main.retry.initial-delay=1ms",
						"dbop.databases.reporting.url=jdbc:h2:mem:reporting",
						"dbop.databases.reporting.retry.initial-delay=1ms" },
				(context) -> {
					works(context, "main");
					assertThat(context.getBean("dataSource")).isSameAs(context.getBean("mainDataSource"));
					assertThat(urls(context)).containsExactlyInAnyOrderEntriesOf(Map.of("mainDataSource",
							"jdbc:h2:mem:main", "reportingDataSource", "jdbc:h2:mem:reporting"));
				});
	}

	@Test
	@CompileWithForkedClassLoader
	void whenOneDatabaseIsAdoptedThenItWorksBesideAConfiguredOne() {
		process(new String[] { "spring.datasource.url=" + NOWHERE, "dbop.databases.reporting.url=" + NOWHERE },
				new String[] { "spring.datasource.url=jdbc:h2:mem:adopted",
						"dbop.databases.default.retry.initial-delay=1ms",
						"dbop.databases.reporting.url=jdbc:h2:mem:other" },
				(context) -> {
					works(context, "default");
					assertThat(urls(context)).containsExactlyInAnyOrderEntriesOf(
							Map.of("dataSource", "jdbc:h2:mem:adopted", "reportingDataSource", "jdbc:h2:mem:other"));
				});
	}

	@Test
	@CompileWithForkedClassLoader
	void whenAValueIsWrongAtTheStartThenThePropertyIsNamed() {
		failsAtStart("dbop.databases.main.retry.jitter", "dbop.databases.main.retry.jitter=7");
	}

	@Test
	@CompileWithForkedClassLoader
	void whenADatabaseIsAddedAfterwardsThenTheStartFails() {
		failsAtStart("processed ahead of time", "dbop.databases.late.url=jdbc:h2:mem:late");
	}

	@Test
	@CompileWithForkedClassLoader
	void whenAnotherDatabaseBecomesPrimaryAfterwardsThenTheStartFails() {
		failsAtStart("processed ahead of time", "dbop.databases.reporting.primary=true");
	}

	private static void failsAtStart(String message, String property) {
		String[] databases = { "dbop.databases.main.url=" + NOWHERE, "dbop.databases.reporting.url=" + NOWHERE };
		assertThatException()
			.isThrownBy(() -> process(databases, StringUtils.addStringToArray(databases, property), (context) -> {
			}))
			.havingRootCause()
			.isInstanceOf(InvalidPropertyException.class)
			.withMessageContaining(message);
	}

	private static void works(GenericApplicationContext context, String primary) {
		Orders orders = context.getBean(Orders.class);
		assertThat(orders.place()).isEqualTo(1);
		assertThat(orders.attempts()).isEqualTo(2);
		assertThat(orders.report()).isEqualTo(1);
		assertThat(orders.reports()).isEqualTo(2);
		Databases databases = context.getBean(Databases.class);
		assertThat(databases.primary().alias()).isEqualTo(primary);
		assertThat(databases.all()).hasSize(2);
		assertThat(context.getBean(DbopEndpoint.class).databases().databases()).containsOnlyKeys(primary, "reporting");
		assertThat(context.getBean("dbopHealthContributor", CompositeHealthContributor.class).stream()).hasSize(2);
		assertThat(context.getBean(MeterRegistry.class).getMeters()).map((meter) -> meter.getId().getTag("alias"))
			.contains(primary, "reporting");
	}

	private static Map<String, String> urls(GenericApplicationContext context) {
		Map<String, String> urls = new HashMap<>();
		context.getBeansOfType(DataSource.class)
			.forEach((name, bean) -> urls.put(name, ConnectionPool.of(bean).target() instanceof HikariDataSource hikari
					? hikari.getJdbcUrl() : "none"));
		return urls;
	}

	private static void process(String[] atBuild, String[] atStart, Consumer<GenericApplicationContext> test) {
		TestGenerationContext generation = new TestGenerationContext(Shop.class);
		try (AnnotationConfigApplicationContext source = new AnnotationConfigApplicationContext()) {
			source.register(Shop.class);
			TestPropertyValues.of(atBuild).and(EXPOSED).applyTo(source);
			new ApplicationContextAotGenerator().processAheadOfTime(source, generation);
			generation.writeGeneratedContent();
		}
		// Of the forked class loader alone.
		SpringProperties.setFlag(AotDetector.AOT_ENABLED);
		assertThat(RuntimeHintsPredicates.reflection().onType(Orders.class)).accepts(generation.getRuntimeHints());
		TestCompiler.forSystem().with(generation).compile((compiled) -> {
			try (GenericApplicationContext context = new GenericApplicationContext()) {
				TestPropertyValues.of(atStart).applyTo(context);
				initializer(compiled.getInstance(ApplicationContextInitializer.class)).initialize(context);
				context.refresh();
				test.accept(context);
			}
		});
	}

	@SuppressWarnings("unchecked")
	private static ApplicationContextInitializer<GenericApplicationContext> initializer(Object instance) {
		return (ApplicationContextInitializer<GenericApplicationContext>) instance;
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ DbopAutoConfiguration.class, DbopExecutionAutoConfiguration.class,
			DbopActuatorAutoConfiguration.class, DbopHealthAutoConfiguration.class, DbopMetricsAutoConfiguration.class,
			AopAutoConfiguration.class, DataSourceAutoConfiguration.class,
			DataSourceTransactionManagerAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
			JdbcClientAutoConfiguration.class, TransactionAutoConfiguration.class,
			TransactionManagerCustomizationAutoConfiguration.class })
	static class Shop {

		@Bean
		SimpleMeterRegistry meterRegistry() {
			return new SimpleMeterRegistry();
		}

		@Bean
		Orders orders(JdbcClient main, @Qualifier("reporting") JdbcClient reporting) {
			return new Orders(main, reporting);
		}

	}

	static class Orders {

		private final JdbcClient main;

		private final JdbcClient reporting;

		private int attempts;

		private int reports;

		Orders(JdbcClient main, JdbcClient reporting) {
			this.main = main;
			this.reporting = reporting;
		}

		@DbRetry
		@AutoTransaction
		@CircuitBreaker
		int place() {
			assertThat(TransactionSynchronizationManager.isActualTransactionActive()).isTrue();
			failOnce(++this.attempts);
			return this.main.sql("SELECT 1").query(Integer.class).single();
		}

		@DbRetry(database = "reporting")
		@AutoTransaction(database = "reporting", readOnly = true)
		@CircuitBreaker(database = "reporting")
		int report() {
			failOnce(++this.reports);
			return this.reporting.sql("SELECT 1").query(Integer.class).single();
		}

		int attempts() {
			return this.attempts;
		}

		int reports() {
			return this.reports;
		}

		private static void failOnce(int attempt) {
			if (attempt == 1) {
				throw new CannotAcquireLockException("deadlock", new SQLException("deadlock", "40001", 40001));
			}
		}

	}

}
