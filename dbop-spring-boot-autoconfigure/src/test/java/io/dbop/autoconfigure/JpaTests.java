package io.dbop.autoconfigure;

import javax.sql.DataSource;

import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.DbRetry;
import io.dbop.autoconfigure.jpa.Account;
import io.dbop.autoconfigure.jpa.JpaApplication;
import io.dbop.database.Database;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.orm.jpa.EntityManagerFactoryInfo;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;

import static io.dbop.autoconfigure.Contexts.qualified;
import static org.assertj.core.api.Assertions.assertThat;

/** JPA and Flyway on the primary database. */
@EachDatabase({ TestDatabase.H2, TestDatabase.POSTGRESQL })
class JpaTests {

	private final ApplicationContextRunner runner;

	JpaTests(DatabaseInstance database) {
		this.runner = Contexts.jdbc()
			.withConfiguration(
					AutoConfigurations.of(HibernateJpaAutoConfiguration.class, FlywayAutoConfiguration.class))
			.withUserConfiguration(Entities.class)
			.withBean(Accounts.class)
			.withPropertyValues("spring.flyway.locations=classpath:autoconfigure/migration",
					"spring.jpa.hibernate.ddl-auto=validate", "test.url=" + database.url(),
					"test.username=" + database.username(), "test.password=" + database.password());
	}

	private ApplicationContextRunner configured() {
		return this.runner.withPropertyValues("dbop.databases.main.url=${test.url}",
				"dbop.databases.main.username=${test.username}", "dbop.databases.main.password=${test.password}",
				"dbop.databases.other.url=jdbc:h2:mem:other");
	}

	@Test
	void whenJpaIsOnThePrimaryThenItsManagerIsTheManagerOfTheAlias() {
		configured().run((context) -> {
			assertThat(context.getBean(PlatformTransactionManager.class)).isInstanceOf(JpaTransactionManager.class)
				.isSameAs(context.getBean(Database.class).transactionManager());
			assertThat(((EntityManagerFactoryInfo) context.getBean(EntityManagerFactory.class)).getDataSource())
				.isSameAs(context.getBean("mainDataSource"));
			assertThat(qualified(context, Database.class, "other").transactionManager())
				.isSameAs(context.getBean("otherTransactionManager"));
			assertThat(context).doesNotHaveBean("mainTransactionManager").hasSingleBean(JpaTransactionManager.class);
		});
	}

	@Test
	void whenFlywayMigratesThenItDoesSoBeforeAnythingElseAndOnThePrimaryAlone() {
		configured().run((context) -> {
			Accounts accounts = context.getBean(Accounts.class);
			accounts.open(1, 100);
			assertThat(accounts.cents(1)).isEqualTo(100);
			assertThat(
					context.getBean(JdbcTemplate.class).queryForObject("SELECT count(*) FROM account", Integer.class))
				.isOne();
			assertThat(tables(qualified(context, DataSource.class, "other"))).isEmpty();
		});
	}

	@Test
	void whenOnlyBootsDataSourceIsThereThenNothingIsAddedToTheDatabase() {
		this.runner
			.withPropertyValues("spring.datasource.url=${test.url}", "spring.datasource.username=${test.username}",
					"spring.datasource.password=${test.password}")
			.run((context) -> {
				Accounts accounts = context.getBean(Accounts.class);
				accounts.open(1, 100);
				assertThat(accounts.cents(1)).isEqualTo(100);
				assertThat(tables(context.getBean(DataSource.class))).containsExactlyInAnyOrder("account",
						"flyway_schema_history");
				assertThat(context.getBean(Database.class).transactionManager())
					.isInstanceOf(JpaTransactionManager.class);
			});
	}

	@Test
	void whenThereAreSeveralManagersThenThePrimaryOneIsTaken() {
		configured().withUserConfiguration(PrimaryJpa.class)
			.run((context) -> assertThat(context.getBean("mainDatabase", Database.class).transactionManager())
				.isSameAs(context.getBean("jpa")));
		configured().withUserConfiguration(PrimaryJdbc.class)
			.run((context) -> assertThat(context.getBean("mainDatabase", Database.class).transactionManager())
				.isSameAs(context.getBean("jdbc")));
	}

	private static Iterable<String> tables(DataSource dataSource) {
		return new JdbcTemplate(dataSource).queryForList(
				"SELECT lower(table_name) FROM information_schema.tables WHERE lower(table_schema) = 'public'",
				String.class);
	}

	@Configuration(proxyBeanMethods = false)
	static class PrimaryJpa {

		@Bean
		DataSourceTransactionManager jdbc(@Qualifier("main") DataSource dataSource) {
			return new DataSourceTransactionManager(dataSource);
		}

		@Bean
		@Primary
		JpaTransactionManager jpa(EntityManagerFactory entityManagers) {
			return new JpaTransactionManager(entityManagers);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PrimaryJdbc {

		@Bean
		JpaTransactionManager jpa(EntityManagerFactory entityManagers) {
			return new JpaTransactionManager(entityManagers);
		}

		@Bean
		@Primary
		DataSourceTransactionManager jdbc(@Qualifier("main") DataSource dataSource) {
			return new DataSourceTransactionManager(dataSource);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EntityScan(basePackageClasses = JpaApplication.class)
	static class Entities {

	}

	static class Accounts {

		private final EntityManager entityManager;

		Accounts(EntityManager entityManager) {
			this.entityManager = entityManager;
		}

		@DbRetry
		@Transactional
		public void open(long id, long cents) {
			this.entityManager.persist(new Account(id, cents));
		}

		@AutoTransaction(readOnly = true)
		public long cents(long id) {
			return this.entityManager.find(Account.class, id).getCents();
		}

	}

}
