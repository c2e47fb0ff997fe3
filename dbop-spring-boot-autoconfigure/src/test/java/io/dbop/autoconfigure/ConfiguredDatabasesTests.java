package io.dbop.autoconfigure;

import java.nio.file.Path;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.DbRetry;
import io.dbop.database.Database;
import io.dbop.database.Databases;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.PoolRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static io.dbop.autoconfigure.Contexts.qualified;
import static org.assertj.core.api.Assertions.assertThat;

/** Databases configured under {@code dbop.databases}, and the beans they get. */
class ConfiguredDatabasesTests {

	private ApplicationContextRunner runner = Contexts.jdbc();

	@TempDir
	Path directory;

	@BeforeEach
	void configureDatabases() {
		this.runner = this.runner.withPropertyValues("dbop.databases.main.type=sqlite",
				"dbop.databases.main.database=" + this.directory.resolve("main.db"),
				"dbop.databases.reporting.url=jdbc:h2:mem:reporting;DB_CLOSE_DELAY=-1");
	}

	@Test
	void whenOneIsCalledMainThenBootBuildsOnItsDataSource() {
		this.runner.run((context) -> {
			DataSource main = context.getBean(DataSource.class);
			assertThat(main).isSameAs(context.getBean("mainDataSource")).isSameAs(context.getBean("dataSource"));
			assertThat(context.getBean(JdbcTemplate.class).getDataSource()).isSameAs(main);
			assertThat(context.getBean(JdbcClient.class)).isSameAs(context.getBean("jdbcClient"));
			assertThat(((JdbcTransactionManager) context.getBean(PlatformTransactionManager.class)).getDataSource())
				.isSameAs(main);
			assertThat(context.getBean(JdbcClient.class).sql("SELECT sqlite_version()").query(String.class).single())
				.isNotEmpty();
		});
	}

	@Test
	void whenAnAliasWithADotStandsInBracketsThenItIsAnAliasAsAnyOther() {
		this.runner
			.withPropertyValues("dbop.databases[shop.eu].url=jdbc:h2:mem:shop", "dbop.databases[shop.eu].mode=observe")
			.run((context) -> {
				DataSource shop = qualified(context, DataSource.class, "shop.eu");
				assertThat(shop).isSameAs(context.getBean("shop.euDataSource"));
				assertThat(qualified(context, JdbcTemplate.class, "shop.eu").getDataSource()).isSameAs(shop);
				assertThat(context.getBean(Databases.class).get("shop.eu").alias()).isEqualTo("shop.eu");
			});
	}

	@Test
	void whenAnotherIsConfiguredThenItsBeansAreFoundByTheAlias() {
		this.runner.run((context) -> {
			DataSource reporting = qualified(context, DataSource.class, "reporting");
			assertThat(reporting).isSameAs(context.getBean("reportingDataSource"));
			assertThat(qualified(context, JdbcTemplate.class, "reporting").getDataSource()).isSameAs(reporting);
			assertThat(((JdbcTransactionManager) qualified(context, PlatformTransactionManager.class, "reporting"))
				.getDataSource()).isSameAs(reporting);
			assertThat(qualified(context, JdbcClient.class, "reporting").sql("SELECT H2VERSION()")
				.query(String.class)
				.single()).isNotEmpty();
			assertThat(qualified(context, DataSource.class, "main")).isSameAs(context.getBean(DataSource.class));
		});
	}

	@Test
	void whenOpenedThenPoolsCarryTheAlias() {
		this.runner.run((context) -> {
			PoolRegistry pools = context.getBean(PoolRegistry.class);
			assertThat(pools.all()).extracting(ConnectionPool::alias).containsExactlyInAnyOrder("main", "reporting");
			assertThat(((HikariDataSource) context.getBean("reportingDataSource")).getPoolName())
				.isEqualTo("reporting");
		});
	}

	@Test
	void whenAnnotatedThenMethodsRunInTransactionsOfTheirDatabase() {
		this.runner.withBean(Work.class).run((context) -> {
			Work work = context.getBean(Work.class);
			assertThat(work.onPrimary()).isTrue();
			assertThat(work.onReporting()).isTrue();
		});
	}

	@Test
	void whenAskedThenHandlesAreThereForEveryAlias() {
		this.runner.run((context) -> {
			Databases databases = context.getBean(Databases.class);
			assertThat(databases.all()).extracting(Database::alias).containsExactly("main", "reporting");
			assertThat(databases.primary()).isSameAs(context.getBean(Database.class))
				.isSameAs(qualified(context, Database.class, "main"));
			assertThat(qualified(context, Database.class, "reporting").transactionManager())
				.isSameAs(context.getBean("reportingTransactionManager"));
			assertThat(databases.primary().transactionManager()).isSameAs(context.getBean("transactionManager"));
		});
	}

	static class Work {

		private final DataSource main;

		private final DataSource reporting;

		Work(DataSource main, @Qualifier("reporting") DataSource reporting) {
			this.main = main;
			this.reporting = reporting;
		}

		@DbRetry
		@AutoTransaction
		boolean onPrimary() {
			return inTransaction(this.main) && !inTransaction(this.reporting);
		}

		@AutoTransaction(database = "reporting", readOnly = true)
		boolean onReporting() {
			return inTransaction(this.reporting) && !inTransaction(this.main);
		}

		private static boolean inTransaction(DataSource dataSource) {
			return TransactionSynchronizationManager.hasResource(dataSource);
		}

	}

}
