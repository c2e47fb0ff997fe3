package io.dbop.autoconfigure;

import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

import javax.sql.DataSource;

import io.dbop.actuate.DbopEndpoint;
import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.DbRetry;
import io.dbop.aop.InvalidAnnotationException;
import io.dbop.database.Databases;
import io.dbop.execution.PreAttemptHook;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.PoolRegistry;
import io.dbop.test.Applications;
import io.dbop.test.wire.FreePort;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static io.dbop.autoconfigure.Contexts.qualified;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Nothing is opened before its time. */
@DisplayName("B3 lazy initialization")
class LazyStartTests {

	private final ApplicationContextRunner plain = Applications.jdbc()
		.withConfiguration(AutoConfigurations.of(DbopHealthAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class)
		.withPropertyValues("management.endpoints.web.exposure.include=*");

	/** Without Boot's beans that need a DataSource. */
	private final ApplicationContextRunner bare = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DbopAutoConfiguration.class, DbopExecutionAutoConfiguration.class,
				DbopHealthAutoConfiguration.class, DbopMetricsAutoConfiguration.class, AopAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class);

	private final ApplicationContextRunner lazy = this.plain.withInitializer(Contexts::beLazy);

	@ParameterizedTest
	@ValueSource(strings = { "spring.datasource.url", "dbop.databases.default.url" })
	void whenBeansAreLazyThenAnApplicationOpensNothingUntilItWorks(String property) {
		this.lazy.withBean(Work.class)
			.withPropertyValues(property + "=jdbc:h2:mem:" + UUID.randomUUID(), Applications.inMemory("reporting"))
			.run((context) -> {
				assertThat(opened(context)).isEmpty();
				assertThat(context.getBeanFactory().containsSingleton("reportingDataSource")).isFalse();
				assertThat(context.getBean(Work.class).one()).isOne();
				assertThat(opened(context)).containsExactly("default");
				assertThat(
						qualified(context, JdbcClient.class, "reporting").sql("SELECT 2").query(Integer.class).single())
					.isEqualTo(2);
				assertThat(opened(context)).containsExactlyInAnyOrder("default", "reporting");
			});
	}

	@Test
	void whenBeansAreLazyThenADatabaseThatIsNotUsedMayBeDown() {
		this.lazy.withBean(Work.class)
			.withPropertyValues(Applications.inMemory("main"),
					"dbop.databases.reporting.url=jdbc:postgresql://localhost:1/none")
			.run((context) -> {
				assertThat(context.getBean(Work.class).one()).isOne();
				assertThat(context.getBean(Databases.class).primary().transactionManager()).isNotNull();
				assertThat(opened(context)).containsExactly("main");
			});
	}

	@Test
	void whenAnAliasIsUsedThenItsMetersAppearAndOnlyThen() {
		this.lazy.withBean(Work.class)
			.withPropertyValues(Applications.inMemory("main"), Applications.inMemory("reporting"))
			.run((context) -> {
				MeterRegistry meters = context.getBean(MeterRegistry.class);
				assertThat(meters.find("dbop.connections.acquired").meters()).isEmpty();
				context.getBean(Work.class).one();
				assertThat(meters.get("dbop.connections.acquired").tag("alias", "main").functionCounter().count())
					.isOne();
				assertThat(meters.get("dbop.operations").tag("operation", "Work.one").functionTimer().count()).isOne();
				assertThat(meters.get("dbop.circuit.state").tag("alias", "main").gauges()).isNotEmpty();
				assertThat(meters.find("dbop.connections.acquired").tag("alias", "reporting").meters()).isEmpty();
				qualified(context, DataSource.class, "reporting").getConnection().close();
				assertThat(meters.get("dbop.connections.acquired").tag("alias", "reporting").functionCounter().count())
					.isOne();
			});
	}

	@Test
	void whenTheEndpointIsReadThenItOpensNothing() {
		this.lazy.withPropertyValues(Applications.inMemory("main"), Applications.inMemory("reporting"))
			.run((context) -> {
				DbopEndpoint endpoint = context.getBean(DbopEndpoint.class);
				assertThat(endpoint.databases().databases()).containsOnlyKeys("main", "reporting")
					.allSatisfy((alias, database) -> {
						assertThat(database.pool()).isNull();
						assertThat(database.configuration()).containsEntry("opened", false);
					});
				assertThat(endpoint.database("nowhere")).isNull();
				assertThat(opened(context)).isEmpty();
				qualified(context, DataSource.class, "reporting").getConnection().close();
				assertThat(endpoint.databases().databases().get("reporting").pool()).isNotNull();
				assertThat(endpoint.databases().databases().get("main").pool()).isNull();
			});
	}

	@Test
	void whenHealthIsAskedThenTheDatabaseIsOpenedForItAndNotBefore() {
		this.bare.withUserConfiguration(LazyDataSource.class).run((context) -> {
			CompositeHealthContributor health = (CompositeHealthContributor) context.getBean("dbopHealthContributor");
			assertThat(context.getBeanFactory().containsSingleton("dataSource")).isFalse();
			assertThat(((HealthIndicator) health.getContributor("default")).health().getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void whenOnlyTheDataSourceIsLazyThenAnnotatedBeansDoNotOpenIt() {
		this.bare.withUserConfiguration(LazyDataSource.class).withBean("annotated", Annotated.class).run((context) -> {
			assertThat(context.getBeanFactory().containsSingleton("annotated")).isTrue();
			assertThat(context.getBeanFactory().containsSingleton("dataSource")).isFalse();
			assertThat(context.getBean(Annotated.class).work(context)).isOne();
		});
	}

	@Test
	void whenAHookUsesTheDatabaseThenItOpensNothingEither() {
		this.lazy.withBean(Hook.class)
			.withBean(Work.class)
			.withPropertyValues(Applications.inMemory("main"))
			.run((context) -> {
				assertThat(opened(context)).isEmpty();
				assertThat(context.getBean(Work.class).one()).isOne();
				assertThat(context.getBean(Hook.class).calls).isOne();
			});
	}

	@Test
	void whenJakartasAnnotationManagesTheTransactionThenHooksRunToo() {
		this.plain.withBean(Hook.class)
			.withBean(ManagedByJakarta.class)
			.withPropertyValues(Applications.inMemory("main"))
			.run((context) -> {
				context.getBean(ManagedByJakarta.class).work();
				assertThat(context.getBean(Hook.class).calls).isOne();
			});
	}

	@ParameterizedTest
	@ValueSource(classes = { UnknownAlias.class, WrongDuration.class, NoVerifier.class, Private.class })
	void whenBeansAreLazyThenAWrongAnnotationStopsTheStartAllTheSame(Class<?> wrong) {
		this.lazy.withBean(wrong).withPropertyValues(Applications.inMemory("main")).run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure()).isInstanceOf(InvalidAnnotationException.class)
				.hasMessageContaining(wrong.getName());
		});
	}

	@Test
	void whenBeansAreLazyThenSettingsForAnUnknownAliasStopTheStartAllTheSame() {
		this.lazy.withPropertyValues(Applications.inMemory("main"), "dbop.databases.mian.retry.max-retries=1")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.isInstanceOf(InvalidPropertyException.class));
	}

	@Test
	void whenTheDatabaseIsDownAndTheStartDoesNotNeedItThenItIsFast() {
		long start = System.nanoTime();
		this.plain.withBean(Work.class)
			.withPropertyValues("dbop.databases.main.url=jdbc:postgresql://localhost:" + FreePort.find() + "/shop",
					"dbop.databases.main.startup=lazy", "dbop.databases.main.connection-acquisition-timeout=500ms",
					"dbop.databases.main.retry.max-retries=0")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
				assertThatExceptionOfType(CannotCreateTransactionException.class)
					.isThrownBy(context.getBean(Work.class)::one);
			});
	}

	private static Iterable<String> opened(ApplicationContext context) {
		return context.getBean(PoolRegistry.class).all().stream().map(ConnectionPool::alias).toList();
	}

	static class Work {

		private final JdbcClient client;

		Work(JdbcClient client) {
			this.client = client;
		}

		@DbRetry
		@AutoTransaction
		int one() {
			return this.client.sql("SELECT 1").query(Integer.class).single();
		}

	}

	/** Made at the start, and in no need of the database until it is called. */
	static class Annotated {

		@AutoTransaction
		int work(ApplicationContext context) {
			return JdbcClient.create(context.getBean(DataSource.class)).sql("SELECT 1").query(Integer.class).single();
		}

	}

	static class ManagedByJakarta {

		@DbRetry
		@jakarta.transaction.Transactional
		void work() {
			assertThat(TransactionSynchronizationManager.isActualTransactionActive()).isTrue();
		}

	}

	static class Hook implements PreAttemptHook {

		private final DataSource dataSource;

		private int calls;

		Hook(DataSource dataSource) {
			this.dataSource = dataSource;
		}

		@Override
		public void beforeAttempt(io.dbop.execution.AttemptContext context) throws SQLException {
			assertThat(this.dataSource).isNotNull();
			this.calls++;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyDataSource {

		@Bean
		@Lazy
		DataSource dataSource() {
			return new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID());
		}

	}

	static class UnknownAlias {

		@DbRetry(database = "archive")
		void work() {
		}

	}

	static class WrongDuration {

		@DbRetry(totalTimeout = "soon")
		void work() {
		}

	}

	static class NoVerifier {

		@DbRetry(verifier = "nobody")
		void work() {
		}

	}

	static class Private {

		@DbRetry
		@SuppressWarnings("UnusedMethod")
		private void work() {
		}

	}

}
