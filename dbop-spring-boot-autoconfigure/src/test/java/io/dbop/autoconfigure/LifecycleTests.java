package io.dbop.autoconfigure;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.DbRetry;
import io.dbop.database.Database;
import io.dbop.database.Databases;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.PoolRegistry;
import jakarta.annotation.PreDestroy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.CustomScopeConfigurer;
import org.springframework.beans.factory.support.ScopeNotActiveException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static io.dbop.autoconfigure.Contexts.qualified;
import static org.assertj.core.api.Assertions.assertThat;

/** When pools open and close, and beans in unusual scopes. */
class LifecycleTests {

	private final ApplicationContextRunner runner = Contexts.jdbc();

	@Test
	void whenTheContextClosesThenBeansMayUseTheirDatabaseToTheLast() {
		AtomicReference<LastWords> words = new AtomicReference<>();
		AtomicReference<HikariDataSource> pool = new AtomicReference<>();
		this.runner.withBean(LastWords.class)
			.withPropertyValues("dbop.databases.main.url=jdbc:h2:mem:main",
					"dbop.databases.reporting.url=jdbc:h2:mem:reporting")
			.run((context) -> {
				words.set(context.getBean(LastWords.class));
				pool.set((HikariDataSource) qualified(context, DataSource.class, "reporting"));
			});
		assertThat(words.get().said).isEqualTo(2);
		assertThat(pool.get().isClosed()).isTrue();
	}

	@Test
	void whenTheStartFailsThenNoPoolIsLeftOpen() {
		AtomicReference<DataSource> opened = new AtomicReference<>();
		this.runner.withPropertyValues("dbop.databases.main.url=jdbc:h2:mem:main")
			.withBean("last", Object.class, LifecycleTests::fail, (definition) -> definition.setDependsOn("catcher"))
			.withBean("catcher", Catcher.class)
			.withInitializer((context) -> context.getBeanFactory().registerSingleton("opened", opened))
			.run((context) -> assertThat(context).hasFailed());
		assertThat(((HikariDataSource) opened.get()).isClosed()).isTrue();
	}

	@Test
	void whenADataSourceIsInAScopeThatIsRefreshedThenTheApplicationGoesOnWithTheNewOne() {
		this.runner.withUserConfiguration(Scoped.class).withBean(Work.class).run((context) -> {
			PoolRegistry pools = context.getBean(PoolRegistry.class);
			assertThat(pools.all()).extracting(ConnectionPool::alias).containsExactly("default");
			assertThat(context.getBean(Databases.class).primary().transactionManager())
				.isSameAs(context.getBean("transactionManager"));
			Work work = context.getBean(Work.class);
			assertThat(work.inTransaction(context.getBean(Database.class))).isTrue();
			HikariDataSource first = (HikariDataSource) context.getBean("scopedTarget.dataSource");
			context.getBean(RefreshScope.class).refresh();
			assertThat(first.isClosed()).isTrue();
			assertThat(work.inTransaction(context.getBean(Database.class))).isTrue();
			assertThat(context.getBean("scopedTarget.dataSource")).isNotSameAs(first);
			assertThat(pools.all()).singleElement().satisfies((pool) -> {
				assertThat(pool.status().closed()).isFalse();
				assertThat(pool.statistics().acquired()).isEqualTo(2);
				assertThat(pool.status().active()).isZero();
			});
		});
	}

	@Test
	void whenTheScopeOfADataSourceIsNotThereThenTheStartDoesNotMind() {
		this.runner.withUserConfiguration(Scoped.class).withBean(Work.class).run((context) -> {
			RefreshScope scope = context.getBean(RefreshScope.class);
			scope.refresh();
			scope.active = false;
			assertThat(context.getBean(PoolRegistry.class).find("default").status().active()).isZero();
			scope.active = true;
			assertThat(context.getBean(Work.class).inTransaction(context.getBean(Database.class))).isTrue();
		});
	}

	@Test
	void whenAPasswordComesFromTheEnvironmentThenItBelongsToTheAliasHoweverThatIsSpelt() {
		this.runner
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
						new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
								Map.of("DBOP_DATABASES_ORDERDB_USERNAME", "me", "DBOP_TEST_MYSQL_URL", "jdbc:mysql:"))))
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addLast(new MapPropertySource("file", Map.of("dbop.databases.order-db.url", "jdbc:h2:mem:order-db"))))
			.run((context) -> {
				assertThat(context.getBean(Databases.class).all()).extracting(Database::alias)
					.containsExactly("order-db");
				assertThat(context.getBean(PoolRegistry.class).find("order-db").config().username()).isEqualTo("me");
			});
	}

	@Test
	void whenAliasesDifferInPunctuationAloneThenNoneIsDroppedWithoutAWord() {
		this.runner
			.withPropertyValues("dbop.databases.shard-1-1.url=jdbc:h2:mem:one",
					"dbop.databases.shard-11.url=jdbc:h2:mem:other")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContainingAll("shard-11", "shard-1-1", "punctuation"));
	}

	static class LastWords {

		private final DataSource main;

		private final DataSource reporting;

		private int said;

		LastWords(DataSource main, @Qualifier("reporting") DataSource reporting) {
			this.main = main;
			this.reporting = reporting;
		}

		@PreDestroy
		void say() throws SQLException {
			for (DataSource each : new DataSource[] { this.main, this.reporting }) {
				try (Connection connection = each.getConnection()) {
					this.said += connection.isValid(1) ? 1 : 0;
				}
			}
		}

	}

	static class Catcher {

		Catcher(AtomicReference<DataSource> opened, DataSource dataSource) {
			opened.set(dataSource);
		}

	}

	static class Work {

		@DbRetry
		@AutoTransaction
		boolean inTransaction(Database database) {
			database.jdbcClient().sql("SELECT 1").query(Integer.class).single();
			return TransactionSynchronizationManager.hasResource(database.dataSource());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Scoped {

		@Bean
		@Scope(scopeName = "refresh", proxyMode = ScopedProxyMode.TARGET_CLASS)
		HikariDataSource dataSource() {
			return pool();
		}

		@Bean
		static RefreshScope refreshScope() {
			return new RefreshScope();
		}

		@Bean
		static CustomScopeConfigurer scopes(RefreshScope scope) {
			CustomScopeConfigurer configurer = new CustomScopeConfigurer();
			configurer.addScope("refresh", scope);
			return configurer;
		}

	}

	/** Makes its beans anew when the configuration has changed. */
	static class RefreshScope implements org.springframework.beans.factory.config.Scope {

		private final Map<String, Object> beans = new ConcurrentHashMap<>();

		private final Map<String, Runnable> endings = new ConcurrentHashMap<>();

		private volatile boolean active = true;

		void refresh() {
			this.endings.values().forEach(Runnable::run);
			this.endings.clear();
			this.beans.clear();
		}

		@Override
		public Object get(String name, ObjectFactory<?> factory) {
			if (!this.active) {
				throw new ScopeNotActiveException(name, "refresh", new IllegalStateException("not active"));
			}
			Object known = this.beans.get(name);
			if (known == null) {
				known = factory.getObject();
				this.beans.put(name, known);
			}
			return known;
		}

		@Override
		public void registerDestructionCallback(String name, Runnable callback) {
			this.endings.put(name, callback);
		}

		@Override
		public @Nullable Object remove(String name) {
			return this.beans.remove(name);
		}

	}

	private static Object fail() {
		throw new IllegalStateException("on purpose");
	}

	private static HikariDataSource pool() {
		HikariDataSource dataSource = new HikariDataSource();
		dataSource.setJdbcUrl("jdbc:h2:mem:lifecycle");
		return dataSource;
	}

}
