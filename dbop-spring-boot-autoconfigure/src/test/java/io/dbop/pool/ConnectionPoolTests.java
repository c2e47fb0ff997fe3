package io.dbop.pool;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import com.zaxxer.hikari.HikariDataSource;
import io.dbop.dialect.Dialect;
import io.dbop.dialect.Dialects;
import io.dbop.pool.CredentialsSource.Credentials;
import io.dbop.test.NamedLedger;
import io.dbop.test.OwnThreads;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.Advised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for pools that are our own.
 */
class ConnectionPoolTests {

	private static final CredentialsSource SA = CredentialsSource.of("sa", "");

	private static final Dialect H2 = new Dialects(List.of()).findByName("h2");

	private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

	@Test
	void whenOpenedThenTheAliasNamesThePool() {
		try (ConnectionPool pool = open(config())) {
			HikariDataSource hikari = (HikariDataSource) pool.dataSource();
			assertThat(hikari.getPoolName()).isEqualTo("main");
			assertThat(hikari.getIdleTimeout()).isEqualTo(Duration.ofMinutes(30).toMillis());
			assertThat(hikari.getConnectionTimeout()).isEqualTo(300);
			assertThat(pool.config().alias()).isEqualTo("main");
		}
	}

	@Test
	void whenConnectionsAreIdleThenTheyRetireAfterThirtyMinutesUnlessSaidOtherwise() {
		try (ConnectionPool pool = open(config())) {
			HikariDataSource hikari = (HikariDataSource) pool.dataSource();
			assertThat(hikari.getHikariConfigMXBean().getIdleTimeout()).isEqualTo(Duration.ofMinutes(30).toMillis());
			assertThat(hikari.getMaxLifetime()).as("or HikariCP ignores it").isEqualTo(Duration.ofHours(1).toMillis());
			assertThat(hikari.getMinimumIdle()).as("or HikariCP ignores it").isLessThan(hikari.getMaximumPoolSize());
		}
		try (ConnectionPool pool = open(config().hikari(Map.of("idle-timeout", "2m")))) {
			assertThat(((HikariDataSource) pool.dataSource()).getIdleTimeout())
				.isEqualTo(Duration.ofMinutes(2).toMillis());
		}
	}

	@Test
	@DisplayName("O3 whenThePoolIsExhaustedThenTheCallerIsToldInTime")
	void whenThePoolIsExhaustedThenTheCallerIsToldInTime() throws SQLException {
		try (ConnectionPool pool = open(config())) {
			AttemptLedger ledger = new NamedLedger("AccountService.transfer");
			ledger.open();
			Connection one = pool.dataSource().getConnection();
			ledger.close();
			Connection two = pool.dataSource().getConnection();
			long start = System.nanoTime();
			AcquisitionTimeoutException failure = inOtherThread(pool);
			Duration waited = Duration.ofNanos(System.nanoTime() - start);
			assertThat(waited).isBetween(Duration.ofMillis(290), Duration.ofMillis(1500));
			assertThat(failure.getMessage()).contains("'main'")
				.contains("AccountService.transfer")
				.contains(Thread.currentThread().getName())
				.contains("2 connections in use");
			assertThat(failure.exhausted()).isTrue();
			assertThat(failure.waited()).isGreaterThanOrEqualTo(Duration.ofMillis(290));
			assertThat(pool.statistics().timeouts()).isOne();
			assertThat(pool.statistics().errors()).isZero();
			assertThat(pool.statistics().counts().timeouts()).isPositive();
			assertThat(pool.activity().holders()).extracting(Holder::operation).contains("AccountService.transfer");
			assertThat(pool.activity().holders().get(0).stack()).isNotEmpty();
			one.close();
			two.close();
			assertThat(pool.status().active()).isZero();
			assertThat(pool.activity().holders()).isEmpty();
			pool.dataSource().getConnection().close();
			assertThat(pool.statistics().acquired()).isEqualTo(3);
			assertThat(pool.statistics().released()).isEqualTo(3);
		}
	}

	@Test
	void whenTheUrlNamesTheUserThenThePasswordIsHis() throws SQLException {
		String url = "jdbc:h2:mem:" + UUID.randomUUID();
		try (Connection first = DriverManager.getConnection(url, "sa", "word")) {
			assertThat(first.isValid(1)).isTrue();
			DatabaseConfig config = DatabaseConfig.builder("main").url(url + ";USER=sa").poolMin(1).poolMax(2).build();
			try (ConnectionPool pool = ConnectionPoolFactory.open(config, new Dialects(List.of()).findByUrl(url),
					CredentialsSource.of(null, "word")); Connection connection = pool.dataSource().getConnection()) {
				assertThat(connection.isValid(1)).isTrue();
				pool.check();
			}
		}
	}

	@Test
	void whenACallerGivesUpThenThatTellsNothingOfThePool() throws Exception {
		try (ConnectionPool pool = open(config().connectionAcquisitionTimeout(Duration.ofSeconds(30)));
				Connection one = pool.dataSource().getConnection();
				Connection two = pool.dataSource().getConnection()) {
			assertThat(one).isNotSameAs(two);
			CompletableFuture<Throwable> thrown = new CompletableFuture<>();
			Thread waiting = new Thread(() -> thrown.complete(catchThrowable(pool.dataSource()::getConnection)));
			waiting.start();
			await().until(() -> pool.status().waiting() == 1);
			waiting.interrupt();
			assertThat(thrown.get(20, TimeUnit.SECONDS)).isInstanceOf(SQLException.class)
				.hasMessageContaining("Interrupted");
			assertThat(pool.statistics().errors()).isZero();
			assertThat(pool.statistics().timeouts()).isZero();
		}
	}

	@Test
	void whenEveryHolderWantsASecondConnectionThenTheyAreToldAtOnce() throws Exception {
		try (ConnectionPool pool = open(config().connectionAcquisitionTimeout(Duration.ofSeconds(30)))) {
			CountDownLatch both = new CountDownLatch(2);
			List<CompletableFuture<Connection>> nested = List.of(nested(pool, both), nested(pool, both));
			for (CompletableFuture<Connection> each : nested) {
				assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> each.get(5, TimeUnit.SECONDS))
					.withCauseInstanceOf(PoolDeadlockException.class)
					.withMessageContaining("waits for a second one");
			}
			assertThat(pool.statistics().timeouts()).isZero();
			assertThat(pool.statistics().errors()).isEqualTo(2);
			await().until(() -> pool.status().active() == 0);
			pool.dataSource().getConnection().close();
		}
	}

	@Test
	void whenAnOwnerOfThePoolsConnectionClosesItBeneathThenNoPlaceIsLost() throws SQLException {
		try (ConnectionPool pool = open(config())) {
			for (int i = 0; i < 5; i++) {
				Connection connection = pool.dataSource().getConnection();
				((RecordedConnection) connection).target().close();
			}
		}
	}

	@Test
	void whenCredentialsChangeThenNewConnectionsUseThem() throws SQLException {
		AtomicReference<Credentials> credentials = new AtomicReference<>(new Credentials("app", "old"));
		try (Connection admin = DriverManager.getConnection(this.url, "sa", "");
				Statement statement = admin.createStatement()) {
			statement.execute("create user app password 'old' admin");
			try (ConnectionPool pool = ConnectionPoolFactory.open(config().poolMin(0).poolMax(1).build(), H2,
					credentials::get)) {
				pool.dataSource().getConnection().close();
				statement.execute("alter user app set password 'new'");
				credentials.set(new Credentials("app", "new"));
				pool.evict();
				try (Connection connection = pool.dataSource().getConnection()) {
					assertThat(connection.getMetaData().getUserName()).isEqualToIgnoringCase("app");
				}
				pool.check();
			}
		}
		assertThat(credentials.get()).asString().doesNotContain("new");
	}

	@Test
	void whenTheDatabaseIsUnreachableThenTheStartFailsIfItShould() {
		DatabaseConfigBuilder unreachable = DatabaseConfig.builder("main")
			.url("jdbc:h2:tcp://localhost:1/x;PASSWORD=geheim")
			.poolCreationTimeout(Duration.ofMillis(100))
			.connectionAcquisitionTimeout(Duration.ofMillis(300));
		for (StartupMode mode : List.of(StartupMode.FAIL, StartupMode.WAIT)) {
			assertThatExceptionOfType(PoolStartException.class).isThrownBy(() -> open(unreachable.startup(mode)))
				.withMessageContaining("'main'")
				.withMessageContaining("localhost:1")
				.withMessageNotContaining("geheim");
		}
		try (ConnectionPool lazy = open(unreachable.startup(StartupMode.LAZY))) {
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> lazy.dataSource().getConnection());
		}
	}

	@Test
	void whenAPoolIsMadeSmallerAndLargerAgainThenItKeepsAsManyAsBefore() {
		try (ConnectionPool pool = open(config().poolMin(4).poolMax(8))) {
			for (int max : List.of(2, 3, 30)) {
				pool.resize(max);
				HikariDataSource hikari = (HikariDataSource) pool.dataSource();
				assertThat(hikari.getMaximumPoolSize()).isEqualTo(max);
				assertThat(hikari.getMinimumIdle()).isEqualTo(Math.min(4, max));
			}
		}
	}

	@Test
	void whenAPoolIsOpenedHereThenItRecordsByItselfAndTakesItsConnectionsBack() throws SQLException {
		try (ConnectionPool pool = open(config())) {
			assertThat(pool.dataSource()).isSameAs(pool.target()).isNotInstanceOf(Advised.class);
			assertThat(ConnectionPool.of(pool.dataSource())).isSameAs(pool);
			HikariDataSource hikari = (HikariDataSource) pool.dataSource();
			try (Connection connection = hikari.getConnection()) {
				assertThat(connection).isInstanceOf(RecordedConnection.class);
				hikari.evictConnection(connection);
				await().until(() -> !connection.isValid(1));
			}
			try (Connection another = hikari.getConnection()) {
				assertThat(another.isValid(1)).isTrue();
			}
		}
	}

	@Test
	void whenAPoolIsOpenedPlainThenItsTargetRecordsNothing() throws SQLException {
		try (ConnectionPool pool = ConnectionPoolFactory.openPlain(config().build(), new Dialects(List.of()),
				() -> new Credentials("sa", "")); Connection connection = pool.target().getConnection()) {
			assertThat(pool.target()).isExactlyInstanceOf(HikariDataSource.class);
			assertThat(connection).isNotInstanceOf(RecordedConnection.class);
		}
	}

	@Test
	void whenTheStartIsLazyThenNothingIsOpenedBeforeTheFirstConnection() throws SQLException {
		AtomicInteger asked = new AtomicInteger();
		CredentialsSource counted = () -> {
			asked.getAndIncrement();
			return new Credentials("sa", "");
		};
		try (ConnectionPool pool = ConnectionPoolFactory.open(config().startup(StartupMode.LAZY).build(), H2,
				counted)) {
			HikariDataSource hikari = pool.dataSource().unwrap(HikariDataSource.class);
			assertThat(hikari.isRunning()).isFalse();
			assertThat(pool.status().total()).isZero();
			assertThat(asked).hasValue(0);
			try (Connection connection = pool.dataSource().getConnection()) {
				assertThat(connection.isValid(1)).isTrue();
			}
			assertThat(hikari.isRunning()).isTrue();
			assertThat(pool.status().total()).isPositive();
		}
	}

	@Test
	void whenTheDatabaseComesUpWhileTheStartWaitsThenItSucceeds() throws SQLException {
		AtomicInteger attempts = new AtomicInteger();
		CredentialsSource refusedAtFirst = () -> new Credentials("sa",
				(attempts.getAndIncrement() == 0) ? "wrong" : "");
		try (Connection creator = DriverManager.getConnection(this.url, "sa", "");
				ConnectionPool pool = ConnectionPoolFactory.open(config().startup(StartupMode.WAIT).build(), H2,
						refusedAtFirst)) {
			assertThat(pool.status().total()).isPositive();
			assertThat(creator.isClosed()).isFalse();
		}
		assertThat(attempts).hasValueGreaterThan(1);
	}

	@Test
	void whenTheDriverIsMissingThenItsCoordinatesAreNamed() {
		assertThatExceptionOfType(PoolStartException.class)
			.isThrownBy(() -> open(config().driverClassName("com.example.Missing")))
			.withMessageContaining("com.example.Missing");
	}

	@Test
	void whenHikariIsConfiguredByNameThenThatWins() {
		try (ConnectionPool pool = open(config().hikari(Map.of("maximum-pool-size", "7", "idleTimeout", "20m",
				"data-source-properties.CACHE_SIZE", "1", "read-only", "true")))) {
			HikariDataSource hikari = (HikariDataSource) pool.target();
			assertThat(hikari.getMaximumPoolSize()).isEqualTo(7);
			assertThat(hikari.getIdleTimeout()).isEqualTo(Duration.ofMinutes(20).toMillis());
			assertThat(hikari.isReadOnly()).isTrue();
			assertThat(hikari.getDataSourceProperties()).containsEntry("CACHE_SIZE", "1");
		}
	}

	@Test
	void whenHikariHasNoSuchSettingThenItIsNamed() {
		assertThatThrownBy(() -> open(config().hikari(Map.of("maximum-pol-size", "7"))))
			.isInstanceOf(InvalidDatabaseConfigException.class)
			.hasMessageContaining("dbop.databases.main.hikari.maximum-pol-size");
		assertThatThrownBy(() -> open(config().hikari(Map.of("maximumPoolSize", "many"))))
			.isInstanceOf(InvalidDatabaseConfigException.class)
			.hasMessageContaining("dbop.databases.main.hikari.maximumPoolSize is 'many'");
	}

	@Test
	@DisplayName("P7 whenClosedUnderLoadThenRunningWorkGetsItsGraceAndIsThenRolledBack")
	void whenClosedUnderLoadThenRunningWorkGetsItsGraceAndIsThenRolledBack() throws Exception {
		ConnectionPool pool = open(config());
		try (Connection setup = pool.dataSource().getConnection()) {
			PoolFixture.execute(setup, "create table item (id int)");
		}
		Connection quick = transaction(pool, 1);
		Connection slow = transaction(pool, 2);
		CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> pool.close(Duration.ofSeconds(2)),
				OwnThreads.EACH);
		await().until(() -> pool.status().closed());
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> CompletableFuture.supplyAsync(() -> connectionOf(pool), OwnThreads.EACH).get());
		quick.commit();
		quick.close();
		closing.get(20, TimeUnit.SECONDS);
		assertThatExceptionOfType(SQLException.class).isThrownBy(slow::commit);
		try (Connection check = DriverManager.getConnection(this.url, "sa", "");
				Statement statement = check.createStatement();
				var rows = statement.executeQuery("select id from item")) {
			assertThat(rows.next()).isTrue();
			assertThat(rows.getInt(1)).isOne();
			assertThat(rows.next()).isFalse();
		}
	}

	private static Connection transaction(ConnectionPool pool, int id) throws SQLException {
		Connection connection = pool.dataSource().getConnection();
		connection.setAutoCommit(false);
		PoolFixture.execute(connection, "insert into item values (" + id + ")");
		return connection;
	}

	private static CompletableFuture<Connection> nested(ConnectionPool pool, CountDownLatch both) {
		CompletableFuture<Connection> result = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try (Connection first = pool.dataSource().getConnection()) {
				both.countDown();
				both.await();
				result.complete(pool.dataSource().getConnection());
			}
			catch (SQLException | InterruptedException ex) {
				result.completeExceptionally(ex);
			}
		});
		thread.setDaemon(true);
		thread.start();
		return result;
	}

	private static Connection connectionOf(ConnectionPool pool) {
		try {
			return pool.dataSource().getConnection();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static AcquisitionTimeoutException inOtherThread(ConnectionPool pool) {
		return CompletableFuture
			.supplyAsync(() -> catchThrowableOfType(AcquisitionTimeoutException.class,
					() -> pool.dataSource().getConnection()), OwnThreads.EACH)
			.join();
	}

	private DatabaseConfigBuilder config() {
		return DatabaseConfig.builder("main")
			.url(this.url)
			.poolMax(2)
			.poolMin(1)
			.connectionAcquisitionTimeout(Duration.ofMillis(300));
	}

	private static ConnectionPool open(DatabaseConfigBuilder config) {
		return ConnectionPoolFactory.open(config.build(), H2, SA);
	}

}
