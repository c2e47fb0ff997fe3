package io.dbop.autoconfigure;

import java.util.Optional;

import javax.sql.DataSource;

import io.dbop.annotation.DbRetry;
import io.dbop.autoconfigure.jpa.Account;
import io.dbop.autoconfigure.jpa.AccountRepository;
import io.dbop.autoconfigure.jpa.JpaApplication;
import io.dbop.database.Database;
import io.dbop.database.Databases;
import io.dbop.pool.ConnectionPool;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

/** Test slices of an application that has dbop. */
@DisplayName("B3 slices")
class SliceTests {

	/** The test's own database takes the place of the configured one, under its alias. */
	@Nested
	@JdbcTest(properties = { "dbop.databases.main.url=jdbc:postgresql://nowhere.invalid/shop",
			"spring.flyway.enabled=false" })
	@ContextConfiguration(classes = JpaApplication.class)
	@Import(Work.class)
	class Jdbc {

		@Autowired
		Work work;

		@Autowired
		Databases databases;

		@Test
		void whenJdbcIsTestedThenAnnotationsWorkOnTheTestDatabase() {
			assertThat(AopUtils.isAopProxy(this.work)).isTrue();
			assertThat(this.work.one()).isOne();
			assertThat(this.databases.primary().alias()).isEqualTo("main");
		}

	}

	/** JPA on the test's own database. */
	@Nested
	@DataJpaTest(properties = { "spring.datasource.url=jdbc:postgresql://nowhere.invalid/shop",
			"spring.flyway.enabled=false", "spring.jpa.hibernate.ddl-auto=create" })
	@ContextConfiguration(classes = JpaApplication.class)
	class DataJpa {

		@Autowired
		AccountRepository accounts;

		@Autowired
		Optional<Database> database;

		@Autowired
		DataSource dataSource;

		@Test
		void whenJpaIsTestedThenRepositoriesWorkOnTheTestDatabase() {
			this.accounts.save(new Account(1, 100));
			assertThat(this.accounts.count()).isOne();
			assertThat(this.database).hasValueSatisfying((value) -> assertThat(value.alias()).isEqualTo("default"));
			assertThat(ConnectionPool.of(this.dataSource)).isNotNull();
		}

	}

	/** No database at all. */
	@Nested
	@WebMvcTest(properties = { "dbop.databases.main.url=jdbc:postgresql://nowhere.invalid/shop",
			"spring.security.user.name=me" })
	@ContextConfiguration(classes = JpaApplication.class)
	class WebMvc {

		@Test
		void whenTheWebLayerIsTestedThenNoDatabaseIsOpened(@Autowired Optional<DataSource> dataSource,
				@Autowired MockMvcTester mvc) {
			assertThat(dataSource).isEmpty();
		}

	}

	/** What an application would annotate. */
	static class Work {

		private final JdbcClient client;

		Work(JdbcClient client) {
			this.client = client;
		}

		@DbRetry
		int one() {
			return this.client.sql("SELECT 1").query(Integer.class).single();
		}

	}

}
