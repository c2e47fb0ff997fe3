package io.dbop.autoconfigure;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static io.dbop.autoconfigure.Contexts.qualified;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** {@link JdbcConnectionDetails} beans of an alias come before its properties. */
@EachDatabase(except = TestDatabase.SQLITE)
class ConnectionDetailsTests {

	private final ApplicationContextRunner runner = Contexts.jdbc();

	private final DatabaseInstance database;

	ConnectionDetailsTests(DatabaseInstance database) {
		this.database = database;
	}

	@Test
	void whenDetailsAreQualifiedByAnAliasThenTheyTellWhereItIs() {
		this.runner.withBean(DatabaseInstance.class, () -> this.database, ConnectionDetailsTests::notClosed)
			.withUserConfiguration(Qualified.class)
			.withPropertyValues("dbop.databases.main.url=jdbc:h2:mem:main", "dbop.databases.reporting.pool.max=2")
			.run((context) -> {
				assertThat(reached(qualified(context, DataSource.class, "reporting"))).isTrue();
				assertThat(reached(context.getBean(DataSource.class))).isFalse();
				assertThat(((HikariDataSource) context.getBean("reportingDataSource")).getMaximumPoolSize())
					.isEqualTo(2);
			});
	}

	@Test
	void whenDetailsNameNoAliasThenThePrimaryTakesThem() {
		this.runner.withInitializer(details("somebodysConnection"))
			.withPropertyValues("dbop.databases.main.url=jdbc:h2:mem:main",
					"dbop.databases.reporting.url=jdbc:h2:mem:reporting")
			.run((context) -> {
				assertThat(reached(context.getBean(DataSource.class))).isTrue();
				assertThat(reached(qualified(context, DataSource.class, "reporting"))).isFalse();
			});
	}

	/**
	 * As Boot registers those of a container bean that is a {@code @ServiceConnection}.
	 */
	@Test
	void whenDetailsWereMadeForAContainerBeanThenItsNameTellsTheAlias() {
		this.runner.withInitializer(details("jdbcConnectionDetailsForReporting"))
			.withPropertyValues("dbop.databases.main.url=jdbc:h2:mem:main", "dbop.databases.reporting.pool.max=2")
			.run((context) -> {
				assertThat(reached(qualified(context, DataSource.class, "reporting"))).isTrue();
				assertThat(reached(context.getBean(DataSource.class))).isFalse();
			});
	}

	@Test
	void whenDetailsAreAllThereIsThenTheAliasNeedsNoLocation() {
		this.runner.withInitializer(details("mainConnectionDetails"))
			.withPropertyValues("dbop.databases.main.pool.max=2")
			.run((context) -> assertThat(reached(context.getBean(DataSource.class))).isTrue());
	}

	@Test
	void whenDetailsBelongToBootsDataSourceThenTheOthersAreAsConfigured() {
		this.runner.withInitializer(details("jdbcConnectionDetailsForPostgres"))
			.withPropertyValues("spring.datasource.url=jdbc:h2:mem:main",
					"dbop.databases.reporting.url=jdbc:h2:mem:reporting")
			.run((context) -> {
				assertThat(reached(context.getBean(DataSource.class))).isTrue();
				assertThat(reached(qualified(context, DataSource.class, "reporting"))).isFalse();
			});
	}

	@Test
	void whenThePasswordChangesThenNewConnectionsUseTheNewOne() throws SQLException {
		Vault vault = new Vault(this.database, "dbop_rotating", "First1st!");
		try (Connection admin = this.database.dataSource().getConnection();
				Statement statement = admin.createStatement()) {
			vault.create(statement);
			try {
				this.runner.withBean("mainConnectionDetails", JdbcConnectionDetails.class, () -> vault)
					.withPropertyValues("dbop.databases.main.pool.max=1", "dbop.databases.main.pool.min=0",
							"dbop.databases.main.connection-acquisition-timeout=2s")
					.run((context) -> {
						JdbcClient client = context.getBean(JdbcClient.class);
						assertThat(one(client)).isOne();
						vault.change(statement, "Second2nd!");
						int asked = vault.asked.get();
						context.getBean(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
						assertThat(one(client)).as("a new connection").isOne();
						assertThat(vault.asked.get()).isGreaterThan(asked);
						// The embedded PostgreSQL trusts whoever comes.
						if (this.database.database() != TestDatabase.POSTGRESQL) {
							vault.password = "wrong";
							context.getBean(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
							assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> one(client));
						}
					});
			}
			finally {
				vault.drop(statement);
			}
		}
	}

	private static int one(JdbcClient client) {
		return client.sql("SELECT 1").query(Integer.class).single();
	}

	private boolean reached(DataSource dataSource) throws SQLException {
		try (Connection connection = dataSource.getConnection()) {
			String url = connection.getMetaData().getURL();
			return url.startsWith(this.database.url().replaceAll("[?;].*", ""));
		}
	}

	private static void notClosed(BeanDefinition definition) {
		((AbstractBeanDefinition) definition).setDestroyMethodName("");
	}

	private ApplicationContextInitializer<ConfigurableApplicationContext> details(String name) {
		Supplier<JdbcConnectionDetails> details = () -> new Details(this.database);
		return (context) -> ((GenericApplicationContext) context).registerBean(name, JdbcConnectionDetails.class,
				details);
	}

	@Configuration(proxyBeanMethods = false)
	static class Qualified {

		@Bean(defaultCandidate = false)
		@Qualifier("reporting")
		JdbcConnectionDetails details(DatabaseInstance database) {
			return new Details(database);
		}

	}

	/** As a container would have them. */
	private record Details(DatabaseInstance database) implements JdbcConnectionDetails {

		@Override
		public String getUsername() {
			return this.database.username();
		}

		@Override
		public String getPassword() {
			return this.database.password();
		}

		@Override
		public String getJdbcUrl() {
			return this.database.url();
		}

	}

	/** Credentials that change. */
	private static final class Vault implements JdbcConnectionDetails {

		private final AtomicInteger asked = new AtomicInteger();

		private final DatabaseInstance database;

		private final String username;

		private volatile String password;

		Vault(DatabaseInstance database, String username, String password) {
			this.database = database;
			this.username = username;
			this.password = password;
		}

		@Override
		public String getUsername() {
			return this.username;
		}

		@Override
		public String getPassword() {
			this.asked.incrementAndGet();
			return this.password;
		}

		@Override
		public String getJdbcUrl() {
			return this.database.url();
		}

		private boolean innoDb() {
			return this.database.database() == TestDatabase.MYSQL || this.database.database() == TestDatabase.MARIADB;
		}

		private String user() {
			return innoDb() ? "'" + this.username + "'@'%'" : this.username;
		}

		void create(Statement statement) throws SQLException {
			statement.execute("CREATE USER " + user() + identified(this.password)
					+ ((this.database.database() == TestDatabase.H2) ? " ADMIN" : ""));
			if (innoDb()) {
				statement.execute("GRANT ALL ON *.* TO " + user());
			}
		}

		void change(Statement statement, String password) throws SQLException {
			boolean h2 = this.database.database() == TestDatabase.H2;
			statement.execute("ALTER USER " + user() + (h2 ? " SET" : "") + identified(password));
			this.password = password;
		}

		void drop(Statement statement) throws SQLException {
			statement.execute("DROP USER " + user());
		}

		private String identified(String password) {
			return (innoDb() ? " IDENTIFIED BY '" : " PASSWORD '") + password + "'";
		}

	}

}
