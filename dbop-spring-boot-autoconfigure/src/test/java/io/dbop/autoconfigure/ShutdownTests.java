package io.dbop.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.dbop.autoconfigure.ShutdownFixture.JdbcWork;
import io.dbop.autoconfigure.ShutdownFixture.Pause;
import io.dbop.execution.CommitOutcomeUnknownException;
import io.dbop.pool.PoolClosedException;
import io.dbop.test.Applications;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

import static io.dbop.autoconfigure.ShutdownFixture.async;
import static io.dbop.autoconfigure.ShutdownFixture.closing;
import static io.dbop.autoconfigure.ShutdownFixture.hasThreads;
import static io.dbop.autoconfigure.ShutdownFixture.refusing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** What becomes of a transaction that runs when the application is closed. */
@EachDatabase({ TestDatabase.SQLITE, TestDatabase.H2, TestDatabase.POSTGRESQL, TestDatabase.MARIADB })
@DisplayName("P7 shutdown")
class ShutdownTests {

	private static final String OWN = "dbop.databases.shutdown";

	private static final String ADOPTED = "spring.datasource";

	private final DatabaseInstance database;

	private ConfigurableApplicationContext application;

	private Pause pause;

	ShutdownTests(DatabaseInstance database) {
		this.database = database;
	}

	@AfterEach
	void close() {
		this.pause.over.countDown();
		this.application.close();
		await().until(ShutdownFixture::idle);
	}

	@ParameterizedTest
	@ValueSource(strings = { OWN, ADOPTED })
	void whenItEndsWithinTheGraceThenItIsCommittedAndItsCallerGetsTheResult(String prefix) throws Exception {
		start(prefix, "30s");
		CompletableFuture<String> result = running();
		CompletableFuture<Void> closed = closing(this.application);
		assertThatException().as("it waits").isThrownBy(() -> closed.get(300, TimeUnit.MILLISECONDS));
		this.pause.over.countDown();
		assertThat(result.get(10, TimeUnit.SECONDS)).isEqualTo("done");
		closed.get(10, TimeUnit.SECONDS);
		assertThat(rows()).containsExactly(1, 2);
		await().untilAsserted(() -> assertThat(hasThreads("shutdown")).isFalse());
	}

	@Test
	void whenItDoesNotEndThenItIsRolledBack() throws Exception {
		start(OWN, "300ms");
		CompletableFuture<String> result = running();
		closing(this.application).get(20, TimeUnit.SECONDS);
		await().untilAsserted(() -> assertThat(hasThreads("shutdown")).isFalse());
		this.pause.over.countDown();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> result.get(10, TimeUnit.SECONDS))
			.withCauseInstanceOf(RuntimeException.class)
			.satisfies((ex) -> assertThat(ex).cause().isNotInstanceOf(CommitOutcomeUnknownException.class));
		assertThat(rows()).isEmpty();
		insertFromOutside();
		assertThat(rows()).containsExactly(1);
	}

	/** What becomes of the transaction then is between HikariCP and the driver. */
	@Test
	void whenItDoesNotEndAndThePoolIsAdoptedThenItsOwnerClosesItAfterTheGrace() throws Exception {
		start(ADOPTED, "500ms");
		CompletableFuture<String> result = running();
		long start = System.nanoTime();
		closing(this.application).get(20, TimeUnit.SECONDS);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(500),
				Duration.ofSeconds(15));
		await().untilAsserted(() -> assertThat(hasThreads("shutdown")).isFalse());
		assertThat(result).isNotDone();
	}

	@Test
	void whenNewWorkComesThenItIsRefusedAtOnceNamingTheDatabase() throws Exception {
		start(OWN, "30s");
		CompletableFuture<String> result = running();
		CompletableFuture<Void> closed = closing(this.application);
		await().until(() -> refusing(this.application, "shutdown"));
		long start = System.nanoTime();
		assertThatException().isThrownBy(this.application.getBean(JdbcWork.class)::insertLater)
			.havingRootCause()
			.isInstanceOf(PoolClosedException.class)
			.withMessageContaining("'shutdown'");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).as("without a retry").isLessThan(Duration.ofMillis(90));
		this.pause.over.countDown();
		result.get(10, TimeUnit.SECONDS);
		closed.get(10, TimeUnit.SECONDS);
		assertThat(rows()).containsExactly(1, 2);
	}

	@Test
	void whenItNeedsAnotherDatabaseToEndThenItGetsIt() throws Exception {
		start(OWN, "30s", "dbop.databases.shutdown.primary=true", Applications.inMemory("other"));
		JdbcWork work = this.application.getBean(JdbcWork.class);
		CompletableFuture<Integer> result = async(() -> work.insertAndAsk("other"));
		assertThat(this.pause.reached.await(10, TimeUnit.SECONDS)).isTrue();
		CompletableFuture<Void> closed = closing(this.application);
		await().until(() -> refusing(this.application, "other"));
		this.pause.over.countDown();
		assertThat(result.get(10, TimeUnit.SECONDS)).isEqualTo(7);
		closed.get(10, TimeUnit.SECONDS);
		assertThat(rows()).containsExactly(1);
	}

	@Test
	void whenOnlyStoppedThenItWorksAgainOnceItIsStarted() {
		start(OWN, "30s");
		this.application.stop();
		assertThat(refusing(this.application, "shutdown")).isTrue();
		CompletableFuture<Void> refused = async(() -> {
			this.application.getBean(JdbcWork.class).insertLater();
			return null;
		});
		assertThatException().isThrownBy(() -> refused.get(10, TimeUnit.SECONDS));
		this.application.start();
		this.application.getBean(JdbcWork.class).insertLater();
		assertThat(rows()).containsExactly(3);
	}

	@Test
	void whenSwitchedOffThenNothingIsWaitedFor() throws Exception {
		start(OWN, "30s", "dbop.enabled=false");
		CompletableFuture<String> result = running();
		assertThat(this.application.getBeansOfType(GracefulShutdown.class)).isEmpty();
		closing(this.application).get(15, TimeUnit.SECONDS);
		assertThat(result).isNotDone();
	}

	private void start(String prefix, String grace, String... more) {
		String[] location = Applications.located(prefix, this.database);
		String[] properties = { "spring.lifecycle.timeout-per-shutdown-phase=" + grace,
				"spring.datasource.hikari.pool-name=shutdown", "spring.datasource.hikari.maximum-pool-size=2" };
		this.application = Applications.start(Beans.class,
				Stream.of(location, properties, more).flatMap(Stream::of).toArray(String[]::new));
		this.pause = this.application.getBean(Pause.class);
		this.application.getBean(JdbcWork.class).create();
	}

	private CompletableFuture<String> running() throws InterruptedException {
		CompletableFuture<String> result = async(this.application.getBean(JdbcWork.class)::insertTwo);
		assertThat(this.pause.reached.await(10, TimeUnit.SECONDS)).isTrue();
		return result;
	}

	private List<Integer> rows() {
		return JdbcClient.create(this.database.dataSource())
			.sql("select id from item order by id")
			.query(Integer.class)
			.list();
	}

	/** Nothing is locked any more. */
	private void insertFromOutside() {
		JdbcClient.create(this.database.dataSource()).sql("insert into item values (1)").update();
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Pause.class, JdbcWork.class })
	static class Beans {

	}

}
