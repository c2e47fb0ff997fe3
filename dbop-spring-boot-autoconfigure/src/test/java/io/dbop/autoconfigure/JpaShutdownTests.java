package io.dbop.autoconfigure;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.DbRetry;
import io.dbop.autoconfigure.ShutdownFixture.Pause;
import io.dbop.autoconfigure.jpa.Account;
import io.dbop.autoconfigure.jpa.JpaApplication;
import io.dbop.execution.CommitOutcomeUnknownException;
import io.dbop.test.Applications;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import jakarta.persistence.EntityManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

import static io.dbop.autoconfigure.ShutdownFixture.async;
import static io.dbop.autoconfigure.ShutdownFixture.closing;
import static io.dbop.autoconfigure.ShutdownFixture.hasThreads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** JPA's beans must last as long as the transactions that run on them. */
@EachDatabase({ TestDatabase.H2, TestDatabase.POSTGRESQL })
@DisplayName("P7 shutdown with JPA")
class JpaShutdownTests {

	private final DatabaseInstance database;

	private ConfigurableApplicationContext application;

	private Pause pause;

	JpaShutdownTests(DatabaseInstance database) {
		this.database = database;
	}

	@AfterEach
	void close() {
		this.pause.over.countDown();
		this.application.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "dbop.databases.jpa", "spring.datasource" })
	void whenItEndsWithinTheGraceThenItIsCommittedAndItsCallerGetsTheResult(String prefix) throws Exception {
		CompletableFuture<String> result = running(prefix, "30s");
		CompletableFuture<Void> closed = closing(this.application);
		assertThatException().as("it waits").isThrownBy(() -> closed.get(300, TimeUnit.MILLISECONDS));
		this.pause.over.countDown();
		assertThat(result.get(10, TimeUnit.SECONDS)).isEqualTo("done");
		closed.get(10, TimeUnit.SECONDS);
		assertThat(rows()).containsExactly(1, 2);
		await().untilAsserted(() -> assertThat(hasThreads("jpa")).isFalse());
	}

	@ParameterizedTest
	@ValueSource(strings = { "dbop.databases.jpa", "spring.datasource" })
	void whenItDoesNotEndThenItIsRolledBack(String prefix) throws Exception {
		CompletableFuture<String> result = running(prefix, "300ms");
		closing(this.application).get(20, TimeUnit.SECONDS);
		await().untilAsserted(() -> assertThat(hasThreads("jpa")).isFalse());
		this.pause.over.countDown();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> result.get(10, TimeUnit.SECONDS))
			.satisfies((ex) -> assertThat(ex).cause().isNotInstanceOf(CommitOutcomeUnknownException.class));
		assertThat(rows()).isEmpty();
	}

	private CompletableFuture<String> running(String prefix, String grace) throws InterruptedException {
		String[] properties = { "spring.lifecycle.timeout-per-shutdown-phase=" + grace,
				"spring.jpa.hibernate.ddl-auto=create", "spring.datasource.hikari.pool-name=jpa" };
		this.application = Applications.start(Beans.class,
				Stream.of(Applications.located(prefix, this.database), properties)
					.flatMap(Stream::of)
					.toArray(String[]::new));
		this.pause = this.application.getBean(Pause.class);
		CompletableFuture<String> result = async(this.application.getBean(Accounts.class)::openTwo);
		assertThat(this.pause.reached.await(10, TimeUnit.SECONDS)).isTrue();
		return result;
	}

	private List<Integer> rows() {
		return JdbcClient.create(this.database.dataSource())
			.sql("select id from account order by id")
			.query(Integer.class)
			.list();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(HibernateJpaAutoConfiguration.class)
	@EntityScan(basePackageClasses = JpaApplication.class)
	@Import({ Pause.class, Accounts.class })
	static class Beans {

	}

	static class Accounts {

		private final EntityManager entityManager;

		private final Pause pause;

		Accounts(EntityManager entityManager, Pause pause) {
			this.entityManager = entityManager;
			this.pause = pause;
		}

		@DbRetry
		@AutoTransaction
		String openTwo() {
			open(1);
			this.pause.stand();
			open(2);
			return "done";
		}

		private void open(long id) {
			this.entityManager.persist(new Account(id, 100));
			this.entityManager.flush();
		}

	}

}
