package io.dbop.autoconfigure;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.dbop.database.Database;
import io.dbop.database.Databases;
import io.dbop.database.UnknownDatabaseException;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.PoolRegistry;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static io.dbop.autoconfigure.Contexts.qualified;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** DataSource beans that an application has already become aliases. */
class AdoptionTests {

	private final ApplicationContextRunner runner = Contexts.jdbc();

	@Test
	void whenBootMadeTheDataSourceThenItIsAdoptedAsDefault() {
		this.runner.withPropertyValues("spring.datasource.url=jdbc:h2:mem:boot").run((context) -> {
			assertThat(context.getBean(HikariDataSource.class)).isSameAs(context.getBean("dataSource"));
			assertThat(aliases(context)).containsExactly("default");
			Database database = context.getBean(Database.class);
			assertThat(database.alias()).isEqualTo("default");
			assertThat(database.transactionManager()).isSameAs(context.getBean("transactionManager"));
			assertThat(context.getBeanNamesForType(JdbcTemplate.class)).containsExactly("jdbcTemplate");
			assertThat(database.jdbcClient().sql("SELECT H2VERSION()").query(String.class).single()).isNotEmpty();
		});
	}

	@Test
	void whenDisabledThenTheDataSourceIsLeftAlone() {
		this.runner.withPropertyValues("spring.datasource.url=jdbc:h2:mem:boot", "dbop.enabled=false")
			.run((context) -> {
				assertThat(context.getBean(DataSource.class)).isExactlyInstanceOf(HikariDataSource.class);
				Database database = context.getBean(Database.class);
				assertThat(database.dataSource()).isSameAs(context.getBean(DataSource.class));
			});
	}

	@Test
	void whenBothAreConfiguredThenBootsStaysPrimary() {
		this.runner
			.withPropertyValues("spring.datasource.url=jdbc:h2:mem:boot",
					"dbop.databases.reporting.url=jdbc:h2:mem:reporting")
			.run((context) -> {
				assertThat(context.getBean(DataSource.class)).isSameAs(context.getBean("dataSource"));
				assertThat(context.getBean(Databases.class).all()).extracting(Database::alias)
					.containsExactly("default", "reporting");
				assertThat(url(qualified(context, DataSource.class, "reporting"))).isEqualTo("jdbc:h2:mem:reporting");
				assertThat(url(context.getBean(DataSource.class))).isEqualTo("jdbc:h2:mem:boot");
			});
	}

	@Test
	void whenThePoolIsNotHikarisThenItIsAdoptedByItsClass() {
		this.runner.withUserConfiguration(HandMade.class).run((context) -> {
			assertThat(context.getBean(DriverManagerDataSource.class)).isSameAs(context.getBean("ordersDataSource"));
			assertThat(ConnectionPool.of(context.getBean(DataSource.class))).isNotNull();
			assertThat(aliases(context)).containsExactly("orders");
			assertThat(context.getBean(Database.class).alias()).isEqualTo("orders");
		});
	}

	@Test
	void whenItsClassIsFinalThenItCanStillBeInjectedByThat() {
		this.runner.withUserConfiguration(FinalClass.class).run((context) -> {
			assertThat(context.getBean(JdbcDataSource.class)).isSameAs(context.getBean("ordersDataSource"));
			assertThat(aliases(context)).containsExactly("orders");
			assertThat(context.getBean(Database.class).dataSource()).isSameAs(context.getBean(DataSource.class));
		});
	}

	@Test
	void whenTheDatabaseIsEmbeddedThenItIsAdopted() {
		this.runner.withUserConfiguration(Embedded.class).run((context) -> {
			assertThat(aliases(context)).containsExactly("default");
			assertThat(context.getBean(EmbeddedDatabase.class)).isSameAs(context.getBean("dataSource"));
			assertThat(context.getBean(JdbcTemplate.class).queryForObject("SELECT 1", Integer.class)).isOne();
		});
	}

	@Test
	void whenOneRoutesToOthersThenOnlyThoseRecordConnections() {
		this.runner.withUserConfiguration(Routing.class).run((context) -> {
			assertThat(aliases(context)).containsExactlyInAnyOrder("default", "left", "right");
			assertThat(ConnectionPool.of(context.getBean(DataSource.class))).isNull();
			assertThat(ConnectionPool.of(context.getBean("left", DataSource.class))).isNotNull();
			Database routing = context.getBean(Databases.class).primary();
			assertThat(routing.dataSource()).isSameAs(context.getBean("dataSource"));
			assertThat(routing.jdbcClient().sql("SELECT DATABASE()").query(String.class).single()).isEqualTo("LEFT");
			assertThat(routing.transactionManager()).isSameAs(context.getBean("transactionManager"));
		});
	}

	@Test
	void whenOneIsALazyWrapperThenItIsTheSameDatabase() {
		this.runner.withUserConfiguration(Lazy.class).run((context) -> {
			Databases databases = context.getBean(Databases.class);
			Database primary = databases.primary();
			assertThat(primary).isSameAs(databases.get("target")).isSameAs(databases.get("default"));
			assertThat(databases.all()).containsExactly(primary);
			assertThat(primary.transactionManager()).isSameAs(context.getBean("transactionManager"));
			assertJoinsTransactions(context, primary);
		});
	}

	@Test
	void whenBootMakesItLazyThenHandleAndTemplateShareTransactions() {
		this.runner
			.withPropertyValues("spring.datasource.url=jdbc:h2:mem:boot", "spring.datasource.connection-fetch=lazy")
			.run((context) -> {
				assertThat(context.getBean(DataSource.class)).isInstanceOf(LazyConnectionDataSourceProxy.class);
				assertThat(aliases(context)).containsExactly("default");
				assertJoinsTransactions(context, context.getBean(Database.class));
			});
	}

	@Test
	void whenALazyWrapperHoldsAPoolThatIsNoBeanThenThatIsAdopted() {
		this.runner.withUserConfiguration(LazyAlone.class).run((context) -> {
			assertThat(aliases(context)).containsExactly("default");
			assertThat(context.getBean("dataSource")).isExactlyInstanceOf(LazyConnectionDataSourceProxy.class);
			assertThat(ConnectionPool.of(context.getBean(DataSource.class))).isNotNull();
		});
	}

	@Test
	@DisplayName("B2 two without a primary one start, and each is found by its name")
	void whenThereAreTwoWithoutAPrimaryThenEachIsFoundByName() {
		this.runner.withUserConfiguration(Two.class).run((context) -> {
			assertThat(context).hasNotFailed();
			Databases databases = context.getBean(Databases.class);
			assertThat(databases.all()).extracting(Database::alias).containsExactly("orders", "billing");
			assertThat(databases.get("billing").dataSource()).isSameAs(context.getBean("billing"));
			assertThatExceptionOfType(UnknownDatabaseException.class).isThrownBy(databases::primary)
				.withMessageContaining("orders, billing");
			assertThat(databases.get("orders")
				.<Boolean, RuntimeException>execute((spec) -> spec.named("two"),
						() -> org.springframework.transaction.support.TransactionSynchronizationManager
							.hasResource(context.getBean("ordersDataSource"))))
				.isTrue();
		});
	}

	@Test
	void whenOneOfTwoIsMarkedThenItIsOursByDefault() {
		this.runner.withUserConfiguration(Two.class)
			.withPropertyValues("dbop.databases.billing.primary=true")
			.run((context) -> assertThat(context.getBean(Databases.class).primary().alias()).isEqualTo("billing"));
	}

	@Test
	@DisplayName("B2 without a DataSource the starter backs off")
	void whenThereIsNoDataSourceThenThereIsNoDatabase() {
		new ApplicationContextRunner()
			.withConfiguration(org.springframework.boot.autoconfigure.AutoConfigurations.of(DbopAutoConfiguration.class,
					DbopExecutionAutoConfiguration.class))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(Databases.class).all()).isEmpty();
				assertThat(context).doesNotHaveBean(DataSource.class).doesNotHaveBean(Database.class);
			});
	}

	@Test
	void whenAllButOneAreFallbacksThenThatIsOursByDefault() {
		this.runner.withUserConfiguration(WithFallback.class).run((context) -> {
			assertThat(context.getBean(Databases.class).primary().alias()).isEqualTo("orders");
			assertThat(context.getBean(Database.class).alias()).isEqualTo("orders");
		});
	}

	@Test
	void whenAProcessorPutsSomethingAroundItThenItIsTheSameDatabase() {
		this.runner.withUserConfiguration(Wrapping.class)
			.withPropertyValues("spring.datasource.url=jdbc:h2:mem:wrapped;DB_CLOSE_DELAY=-1",
					"dbop.databases.own.url=jdbc:h2:mem:own;DB_CLOSE_DELAY=-1")
			.run((context) -> {
				assertThat(context.getBean("dataSource")).isInstanceOf(Wrapper.class);
				Databases databases = context.getBean(Databases.class);
				assertJoinsTransactions(context, databases.primary());
				assertThat(databases.get("own").sql("SELECT DATABASE()").single(String.class)).isEqualTo("OWN");
				assertThat(aliases(context)).containsExactlyInAnyOrder("default", "own");
			});
	}

	@Test
	void whenTheApplicationHasDatabasesOfItsOwnThenThereAreHandlesAllTheSame() {
		Databases own = (Databases) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { Databases.class }, (proxy, method, arguments) -> switch (method.getName()) {
					case "hashCode" -> 1;
					case "equals" -> proxy == arguments[0];
					case "toString" -> "own";
					default -> throw new UnsupportedOperationException(method.getName());
				});
		this.runner.withPropertyValues("spring.datasource.url=jdbc:h2:mem:boot")
			.withBean("own", Databases.class, () -> own)
			.run((context) -> {
				assertThat(context.getBeanProvider(Databases.class).getObject() == own).isTrue();
				assertThat(context.getBean(Database.class).sql("SELECT 1").single(Integer.class)).isOne();
			});
	}

	@Test
	void whenScriptsMakeTheTablesThenHandlesComeAfterThem() {
		this.runner.withConfiguration(AutoConfigurations.of(DataSourceInitializationAutoConfiguration.class))
			.withUserConfiguration(EarlyUser.class)
			.withPropertyValues("spring.datasource.url=jdbc:h2:mem:scripts",
					"spring.sql.init.schema-locations=classpath:autoconfigure/settings.sql")
			.run((context) -> assertThat(context.getBean("settings")).isEqualTo(0));
	}

	private static Iterable<String> aliases(AssertableApplicationContext context) {
		context.getBeansOfType(DataSource.class);
		return context.getBean(PoolRegistry.class).all().stream().map(ConnectionPool::alias).toList();
	}

	private static String url(DataSource dataSource) throws Exception {
		try (Connection connection = dataSource.getConnection()) {
			return connection.getMetaData().getURL();
		}
	}

	private static void assertJoinsTransactions(AssertableApplicationContext context, Database database) {
		JdbcTemplate template = context.getBean(JdbcTemplate.class);
		template.execute("CREATE TABLE joined (id INT)");
		new TransactionTemplate(database.transactionManager()).executeWithoutResult((status) -> {
			template.update("INSERT INTO joined VALUES (1)");
			assertThat(database.jdbcClient().sql("SELECT count(*) FROM joined").query(Integer.class).single()).isOne();
			status.setRollbackOnly();
		});
		assertThat(template.queryForObject("SELECT count(*) FROM joined", Integer.class)).isZero();
	}

	private static JdbcDataSource h2(String name) {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setUrl("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
		return dataSource;
	}

	@Configuration(proxyBeanMethods = false)
	static class WithFallback {

		@Bean
		DataSource orders() {
			return h2("orders");
		}

		@Bean
		@Fallback
		DataSource spare() {
			return h2("spare");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Wrapping {

		@Bean
		static BeanPostProcessor wrapper() {
			return new BeanPostProcessor() {

				@Override
				public Object postProcessAfterInitialization(Object bean, String name) {
					return (bean instanceof DataSource dataSource) ? new Wrapper(dataSource) : bean;
				}

			};
		}

	}

	/** As libraries have it that know nothing of Spring. */
	static final class Wrapper extends AbstractDataSource {

		private final DataSource target;

		Wrapper(DataSource target) {
			this.target = target;
		}

		@Override
		public Connection getConnection() throws SQLException {
			return this.target.getConnection();
		}

		@Override
		public Connection getConnection(String username, String password) throws SQLException {
			return this.target.getConnection(username, password);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class EarlyUser {

		@Bean
		Integer settings(Database database) {
			return database.sql("SELECT COUNT(*) FROM [settings]").single(Integer.class);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class HandMade {

		@Bean
		DriverManagerDataSource ordersDataSource() {
			return new DriverManagerDataSource("jdbc:h2:mem:orders");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FinalClass {

		@Bean
		JdbcDataSource ordersDataSource() {
			return h2("orders");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Embedded {

		@Bean
		DataSource dataSource() {
			return new EmbeddedDatabaseBuilder().setType(EmbeddedDatabaseType.H2).generateUniqueName(true).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Routing {

		@Bean
		DataSource left() {
			return h2("left");
		}

		@Bean
		DataSource right() {
			return h2("right");
		}

		@Bean
		@Primary
		DataSource dataSource(DataSource left, DataSource right) {
			AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {

				@Override
				protected Object determineCurrentLookupKey() {
					return "left";
				}

			};
			routing.setTargetDataSources(Map.of("left", left, "right", right));
			return routing;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Lazy {

		@Bean
		DataSource targetDataSource() {
			return h2("lazy");
		}

		@Bean
		@Primary
		DataSource dataSource(DataSource targetDataSource) {
			return new LazyConnectionDataSourceProxy(targetDataSource);
		}

		@Bean
		DataSourceTransactionManager transactionManager(DataSource dataSource) {
			return new DataSourceTransactionManager(dataSource);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyAlone {

		@Bean
		DataSource dataSource() {
			return new LazyConnectionDataSourceProxy(h2("alone"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Two {

		@Bean
		DataSource ordersDataSource() {
			return h2("orders");
		}

		@Bean
		DataSource billing() {
			return h2("billing");
		}

	}

}
