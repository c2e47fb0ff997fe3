package io.dbop.autoconfigure;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Map;
import java.util.Objects;

import javax.sql.DataSource;

import io.dbop.circuit.CircuitOpenException;
import io.dbop.database.Database;
import io.dbop.database.Databases;
import io.dbop.pool.ConnectionPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.UserCredentialsDataSourceAdapter;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** DataSource beans in front of others, and those that must stay what they are. */
@ExtendWith(OutputCaptureExtension.class)
class RoutingTests {

	private static final String LEFT_AS_IT_IS = "is left as it is";

	private final ApplicationContextRunner runner = Contexts.jdbc();

	@Test
	void whenALazyOneStandsBeforeARoutingOneThenBothStay(CapturedOutput output) {
		this.runner.withUserConfiguration(Routes.class, LazyRouting.class).run((context) -> {
			assertThat(context.getBean(DataSource.class)).isExactlyInstanceOf(LazyConnectionDataSourceProxy.class);
			TransactionTemplate readOnly = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
			readOnly.setReadOnly(true);
			String database = readOnly.execute(
					(status) -> context.getBean(JdbcTemplate.class).queryForObject("SELECT DATABASE()", String.class));
			assertThat(database).isEqualTo("RIGHT");
			assertThat(output).doesNotContain(LEFT_AS_IT_IS);
		});
	}

	@Test
	void whenAWrapperStandsBeforeARoutingOneThenItStays() {
		this.runner.withUserConfiguration(Routes.class, WrappedRouting.class)
			.run((context) -> assertThat(context.getBean("dataSource"))
				.isExactlyInstanceOf(UserCredentialsDataSourceAdapter.class));
	}

	@Test
	void whenATargetIsNoBeanThenConnectionsAreRecordedBeforeIt() {
		this.runner.withUserConfiguration(Mixed.class).run((context) -> {
			Database database = context.getBean(Databases.class).primary();
			ConnectionPool pool = ConnectionPool.of(context.getBean(DataSource.class));
			assertThat(pool).isNotNull();
			for (boolean readOnly : new boolean[] { false, true }) {
				database.execute((spec) -> {
					spec.named("mixed");
					if (readOnly) {
						spec.readOnly();
					}
				}, () -> {
					assertThat(pool.activity().holders()).hasSize(1);
					return database.jdbcClient().sql("SELECT 1").query(Integer.class).single();
				});
			}
			assertThat(pool.activity().holders()).isEmpty();
		});
	}

	@Test
	void whenNobodySaysWhichTargetThenAllHaveToBeWell() {
		this.runner.withConfiguration(AutoConfigurations.of(DbopHealthAutoConfiguration.class))
			.withUserConfiguration(Tenants.class)
			.run((context) -> {
				CompositeHealthContributor all = (CompositeHealthContributor) context.getBean("dbopHealthContributor");
				HealthIndicator tenants = (HealthIndicator) all.getContributor("tenants");
				assertThat(Objects.requireNonNull(tenants.health()).getStatus()).isEqualTo(Status.UP);
			});
	}

	@Test
	void whenATargetIsDownThenTheBreakerOfTheRoutingOneOpens() {
		this.runner.withUserConfiguration(Down.class)
			.withPropertyValues("dbop.databases.default.circuit-breaker.failure-threshold=3",
					"dbop.databases.default.retry.max-retries=0")
			.run((context) -> {
				Database database = context.getBean(Databases.class).primary();
				for (int i = 0; i < 3; i++) {
					assertThatExceptionOfType(Exception.class).isThrownBy(() -> query(database))
						.isNotInstanceOf(CircuitOpenException.class);
				}
				assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(() -> query(database));
			});
	}

	@Test
	void whenItsClassCannotBeKeptThenItStaysAndIsSaidOnce(CapturedOutput output) {
		this.runner.withUserConfiguration(Final.class).run((context) -> {
			assertThat(context.getBean(FinalDataSource.class)).isSameAs(context.getBean("orders"));
			assertThat(context.getBean(DataSource.class)).isExactlyInstanceOf(FinalDataSource.class);
			assertThat(context.getBean(Database.class).jdbcClient().sql("SELECT 1").query(Integer.class).single())
				.isOne();
			assertThat(output).containsOnlyOnce(LEFT_AS_IT_IS).contains("'orders'", FinalDataSource.class.getName());
		});
	}

	private static void query(Database database) throws DataAccessException {
		database.execute((spec) -> spec.named("query"),
				() -> database.jdbcClient().sql("SELECT 1").query(Integer.class).single());
	}

	private static DataSource h2(String name) {
		return new DriverManagerDataSource("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
	}

	private static DataSource routing(DataSource left, DataSource right) {
		AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {

			@Override
			protected Object determineCurrentLookupKey() {
				return TransactionSynchronizationManager.isCurrentTransactionReadOnly() ? "right" : "left";
			}

		};
		routing.setTargetDataSources(Map.of("left", left, "right", right));
		return routing;
	}

	@Configuration(proxyBeanMethods = false)
	static class Routes {

		@Bean
		DataSource left() {
			return h2("left");
		}

		@Bean
		DataSource right() {
			return h2("right");
		}

		@Bean
		DataSource routing(@Qualifier("left") DataSource left, @Qualifier("right") DataSource right) {
			return RoutingTests.routing(left, right);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Tenants {

		@Bean
		DataSource tenants() {
			AbstractRoutingDataSource tenants = new AbstractRoutingDataSource() {

				@Override
				protected @Nullable Object determineCurrentLookupKey() {
					return null;
				}

			};
			tenants.setTargetDataSources(Map.of("a", h2("a"), "b", h2("b")));
			return tenants;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyRouting {

		@Bean
		@Primary
		DataSource dataSource(@Qualifier("routing") DataSource routing) {
			return new LazyConnectionDataSourceProxy(routing);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WrappedRouting {

		@Bean
		@Primary
		DataSource dataSource(@Qualifier("routing") DataSource routing) {
			DelegatingDataSource wrapper = new UserCredentialsDataSourceAdapter();
			wrapper.setTargetDataSource(routing);
			return wrapper;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Mixed {

		@Bean
		DataSource left() {
			return h2("left");
		}

		@Bean
		@Primary
		DataSource dataSource(@Qualifier("left") DataSource left) {
			return RoutingTests.routing(left, h2("inline"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Down {

		@Bean
		DataSource left() {
			return new RefusingDataSource();
		}

		@Bean
		@Primary
		DataSource dataSource(@Qualifier("left") DataSource left) {
			return RoutingTests.routing(left, left);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Final {

		@Bean
		FinalDataSource orders() {
			return new FinalDataSource();
		}

	}

	static class RefusingDataSource extends AbstractDataSource {

		@Override
		public Connection getConnection() throws SQLException {
			throw new SQLNonTransientConnectionException("refused", "08001");
		}

		@Override
		public Connection getConnection(String username, String password) throws SQLException {
			return getConnection();
		}

	}

	static final class FinalDataSource extends AbstractDataSource {

		@Override
		public Connection getConnection() throws SQLException {
			return DriverManager.getConnection("jdbc:h2:mem:final");
		}

		@Override
		public Connection getConnection(String username, String password) throws SQLException {
			return getConnection();
		}

	}

}
