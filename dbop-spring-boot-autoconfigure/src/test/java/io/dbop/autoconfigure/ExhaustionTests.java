package io.dbop.autoconfigure;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.dbop.actuate.HolderDescriptor;
import io.dbop.actuate.DatabaseDescriptor.PoolDescriptor;
import io.dbop.actuate.DbopEndpoint;
import io.dbop.database.Database;
import io.dbop.database.Databases;
import io.dbop.pool.AcquisitionTimeoutException;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.PoolRegistry;
import io.dbop.test.Applications;
import io.dbop.test.Borrower;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static io.dbop.autoconfigure.ShutdownFixture.async;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/** What callers and operators are told of a pool that has no connection left. */
@EachDatabase({ TestDatabase.SQLITE, TestDatabase.H2, TestDatabase.POSTGRESQL, TestDatabase.MARIADB })
class ExhaustionTests {

	private final DatabaseInstance database;

	private final CountDownLatch end = new CountDownLatch(1);

	private ConfigurableApplicationContext application;

	private ConnectionPool pool;

	ExhaustionTests(DatabaseInstance database) {
		this.database = database;
	}

	@BeforeEach
	void start() {
		this.application = Applications.start(None.class,
				Stream
					.of(Applications.alias("main", this.database),
							new String[] { "dbop.databases.main.pool.max=2", "dbop.databases.main.pool.min=1",
									"dbop.databases.main.connection-acquisition-timeout=300ms",
									"management.endpoints.web.exposure.include=dbop" })
					.flatMap(Stream::of)
					.toArray(String[]::new));
		this.application.getBean(Databases.class).get("main").jdbcClient();
		this.pool = this.application.getBean(PoolRegistry.class).get("main");
	}

	@AfterEach
	void close() {
		this.end.countDown();
		this.application.close();
	}

	@Test
	@DisplayName("O3: the third caller of two connections is told in 300 ms, a timeout and no error; nothing leaks")
	void whenAllConnectionsAreTakenThenTheThirdCallerIsToldInTime() throws SQLException {
		DataSource dataSource = this.pool.dataSource();
		try (Connection one = Borrower.forget(dataSource); Connection two = Borrower.forget(dataSource)) {
			Duration best = Duration.ofDays(1);
			// Whether it is quick enough can be seen in any of them on a busy machine.
			for (int i = 0; i < 3; i++) {
				AcquisitionTimeoutException failure = failureOfAnother(dataSource);
				assertThat(failure.waited()).isGreaterThanOrEqualTo(Duration.ofMillis(290));
				best = (failure.waited().compareTo(best) < 0) ? failure.waited() : best;
				assertThat(failure.exhausted()).isTrue();
				assertThat(failure.getMessage()).contains("2 connections in use", "0 idle", "of 2", "Borrower.forget",
						Thread.currentThread().getName());
			}
			assertThat(best).isLessThanOrEqualTo(Duration.ofMillis(500));
			assertThat(one.isValid(1)).isTrue();
			assertThat(two.isValid(1)).isTrue();
		}
		assertThat(this.pool.statistics().timeouts()).isEqualTo(3);
		assertThat(this.pool.statistics().errors()).isZero();
		assertThat(this.pool.status().active()).isZero();
		assertThat(this.pool.activity().holders()).isEmpty();
		try (Connection one = dataSource.getConnection(); Connection two = dataSource.getConnection()) {
			assertThat(one).isNotSameAs(two);
		}
		assertThat(this.pool.statistics().released()).isEqualTo(this.pool.statistics().acquired());
	}

	@Test
	@DisplayName("O3: an operation that gets no connection counts as one that timed out")
	void whenAnOperationGetsNoConnectionThenItCountsAsTimedOut() throws SQLException {
		Database main = this.application.getBean(Databases.class).get("main");
		try (Connection one = this.pool.dataSource().getConnection();
				Connection two = this.pool.dataSource().getConnection()) {
			CompletableFuture<Throwable> refused = async(() -> catchThrowableOfType(RuntimeException.class,
					() -> main.execute((spec) -> spec.named("count").maxRetries(0),
							() -> main.jdbcClient().sql("select 1").query(Integer.class).single())));
			assertThat(refused.orTimeout(10, TimeUnit.SECONDS).join())
				.hasCauseInstanceOf(AcquisitionTimeoutException.class);
			assertThat(one.isClosed() || two.isClosed()).isFalse();
		}
		assertThat(endpoint().timeouts()).isOne();
		assertThat(this.application.getBean(DbopEndpoint.class).database("main").operations().get("count").timeouts())
			.isOne();
	}

	@Test
	void whenAThreadWaitsForASecondConnectionThenItIsNamed() throws Exception {
		DataSource dataSource = this.pool.dataSource();
		CountDownLatch taken = new CountDownLatch(1);
		try (Connection own = Borrower.forget(dataSource)) {
			CompletableFuture<Void> nested = async(() -> {
				nest(dataSource, taken);
				return null;
			});
			assertThat(taken.await(10, TimeUnit.SECONDS)).isTrue();
			AcquisitionTimeoutException failure = failureWhileNested(dataSource);
			assertThat(failure.getMessage()).contains("which itself waits for a second connection");
			List<HolderDescriptor> holders = await().pollInterval(Duration.ofMillis(5))
				.until(() -> endpoint().holders(),
						(found) -> found.stream().anyMatch(HolderDescriptor::waitsForSecond));
			assertThat(holders).hasSize(2).allSatisfy((holder) -> assertThat(holder.callSite()).isNotNull());
			assertThat(holders).filteredOn(HolderDescriptor::waitsForSecond).singleElement().satisfies((holder) -> {
				assertThat(Objects.requireNonNull(holder.waitingMillis())).isNotNegative();
				assertThat(holder.heldMillis()).isGreaterThanOrEqualTo(holder.waitingMillis());
				assertThat(holder.callSite()).contains("ExhaustionTests.nest");
				assertThat(holder.thread()).isEqualTo("shutdown-test");
			});
			assertThat(own.isClosed()).isFalse();
			this.end.countDown();
			nested.get(10, TimeUnit.SECONDS);
		}
		assertThat(endpoint().holders()).isEmpty();
	}

	private PoolDescriptor endpoint() {
		return Objects.requireNonNull(this.application.getBean(DbopEndpoint.class).database("main").pool());
	}

	/** Holds one, and asks for another again and again. */
	private void nest(DataSource dataSource, CountDownLatch taken) {
		try (Connection first = dataSource.getConnection()) {
			taken.countDown();
			while (this.end.getCount() > 0) {
				catchThrowableOfType(SQLException.class, () -> dataSource.getConnection().close());
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** One that ran out of time while the other was waiting. */
	private static AcquisitionTimeoutException failureWhileNested(DataSource dataSource) {
		for (int i = 0; i < 20; i++) {
			AcquisitionTimeoutException failure = failureOfAnother(dataSource);
			if (String.valueOf(failure.getMessage()).contains("second connection")) {
				return failure;
			}
		}
		throw new AssertionError("Nobody is said to wait for a second connection");
	}

	private static AcquisitionTimeoutException failureOfAnother(DataSource dataSource) {
		return async(
				() -> catchThrowableOfType(AcquisitionTimeoutException.class, () -> dataSource.getConnection().close()))
			.orTimeout(10, TimeUnit.SECONDS)
			.join();
	}

	@Configuration(proxyBeanMethods = false)
	static class None {

	}

}
