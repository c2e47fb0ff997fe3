package io.dbop.autoconfigure;

import java.nio.file.Path;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.PoolRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

/** Databases configured under {@code dbop.databases}, and the beans they get. */
class ConfiguredDatabasesTests {

	private ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DbopAutoConfiguration.class, DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
				JdbcClientAutoConfiguration.class, TransactionAutoConfiguration.class,
				TransactionManagerCustomizationAutoConfiguration.class));

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

	private static <T> T qualified(ApplicationContext context, Class<T> type, String qualifier) {
		return BeanFactoryAnnotationUtils.qualifiedBeanOfType(context.getAutowireCapableBeanFactory(), type, qualifier);
	}

}
