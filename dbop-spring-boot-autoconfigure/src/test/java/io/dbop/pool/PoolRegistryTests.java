package io.dbop.pool;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.dbop.pool.PoolHealth.State;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/** What can be asked of all pools, and how they are closed. */
@EachDatabase({ TestDatabase.SQLITE, TestDatabase.H2, TestDatabase.POSTGRESQL, TestDatabase.MARIADB })
class PoolRegistryTests {

	private final PoolRegistry registry = new PoolRegistry();

	private final DatabaseInstance database;

	PoolRegistryTests(DatabaseInstance database) {
		this.database = database;
	}

	@AfterEach
	void close() {
		this.registry.closeAll(Duration.ZERO);
	}

	@Test
	void whenAskedThenEachPoolTellsItsStateAndWhatItsCallersMetWith() throws SQLException {
		ConnectionPool one = register("one");
		register("other");
		try (Connection connection = one.dataSource().getConnection()) {
			assertThat(connection.isClosed()).isFalse();
			assertThat(this.registry.status()).containsOnlyKeys("one", "other");
			assertThat(this.registry.status().get("one").active()).isOne();
			assertThat(this.registry.status().get("other").active()).isZero();
		}
		assertThat(this.registry.statistics().get("one").acquired()).isOne();
		assertThat(this.registry.findByHash(one.config().hash())).extracting((pool) -> pool.statistics().acquired())
			.as("of a configuration")
			.containsExactlyInAnyOrder(1L, 0L);
	}

	@Test
	void whenAConnectionWasHandedOutThenTheVersionsAreKnown() throws SQLException {
		ConnectionPool pool = register("one");
		assertThat(pool.knownVersion()).isNull();
		pool.dataSource().getConnection().close();
		DatabaseVersion known = pool.knownVersion();
		assertThat(known).isNotNull();
		try (Connection connection = this.database.dataSource().getConnection()) {
			assertThat(known.product()).isEqualTo(connection.getMetaData().getDatabaseProductName());
			assertThat(known.version()).isEqualTo(connection.getMetaData().getDatabaseProductVersion());
			assertThat(known.driver()).isEqualTo(connection.getMetaData().getDriverName());
			assertThat(known.driverVersion()).isEqualTo(connection.getMetaData().getDriverVersion());
		}
		assertThat(pool.version()).isSameAs(known);
		assertThat(register("other").version()).isEqualTo(known);
	}

	@Test
	@DisplayName("health: one database that is frozen costs no more than the limit, and one thread")
	void whenOneDatabaseHangsThenTheOthersAnswerAndNoThreadsPileUp() throws IOException {
		register("up");
		try (ServerSocket frozen = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			registerLazy("frozen", "jdbc:postgresql://127.0.0.1:%d/test".formatted(frozen.getLocalPort()));
			for (int i = 0; i < 3; i++) {
				long start = System.nanoTime();
				Map<String, PoolHealth> health = this.registry.health(Duration.ofMillis(400));
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1500));
				assertThat(health).containsOnlyKeys("up", "frozen");
				assertThat(health.get("up").state()).as("%s", health).isEqualTo(State.UP);
				assertThat(health.get("frozen").state()).isEqualTo(State.SILENT);
				assertThat(health.get("frozen").reachable()).isFalse();
			}
			assertThat(Thread.getAllStackTraces().keySet())
				.filteredOn((thread) -> thread.getName().equals("dbop-health-frozen"))
				.hasSize(1);
		}
	}

	@Test
	void whenNobodyListensThenTheDatabaseIsDownWithTheReason() throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0)) {
			port = socket.getLocalPort();
		}
		registerLazy("gone", "jdbc:postgresql://127.0.0.1:%d/test".formatted(port));
		assertThat(this.registry.health(Duration.ofSeconds(10)).get("gone")).satisfies((health) -> {
			assertThat(health.state()).isEqualTo(State.DOWN);
			assertThat(health.cause()).isInstanceOf(SQLException.class);
		});
	}

	@Test
	@DisplayName("P7 by hash: the pools of a configuration are closed, the others stay")
	void whenClosedByHashThenOnlyThePoolsOfTheConfigurationAre() throws SQLException {
		ConnectionPool one = register("one");
		ConnectionPool twin = register("twin");
		ConnectionPool other = open("other", PoolFixture.config("other", this.database).poolMax(2));
		assertThat(this.registry.closeByHash(one.config().hash(), Duration.ZERO)).isEqualTo(2);
		assertThat(List.of(one, twin)).allSatisfy((pool) -> assertThat(pool.closed()).isTrue());
		assertThat(this.registry.all()).containsExactly(other);
		other.dataSource().getConnection().close();
		assertThat(this.registry.closeByHash("0123456789abcdef", Duration.ZERO)).isZero();
		assertThat(this.registry.close("other", Duration.ZERO)).isTrue();
		assertThat(this.registry.close("other", Duration.ZERO)).isFalse();
	}

	@Test
	void whenAnArgumentCannotBeMeantThenItIsNamed() {
		register("one");
		assertThatIllegalArgumentException().isThrownBy(() -> this.registry.get("two"))
			.withMessage("There is no pool of alias 'two'. Pools that are open: one");
		assertThatNullPointerException().isThrownBy(() -> this.registry.find((String) null))
			.withMessage("'alias' is null: a value is expected");
		assertThatIllegalArgumentException().isThrownBy(() -> this.registry.health(Duration.ZERO))
			.withMessage("'limit' is PT0S: it must be more than nothing");
		assertThatIllegalArgumentException().isThrownBy(() -> this.registry.close("one", Duration.ofMillis(-5)))
			.withMessage("'grace' is PT-0.005S: it must not be negative");
		assertThatIllegalArgumentException().isThrownBy(() -> this.registry.closeAll(Duration.ofMillis(-5)));
		assertThatNullPointerException().isThrownBy(() -> this.registry.close("one", null));
		assertThat(this.registry.get("one").closed()).isFalse();
	}

	@Test
	@DisplayName("P7 whenAPoolComesWhileTheApplicationStopsThenItTakesNoWorkEither")
	void whenAPoolComesWhileTheApplicationStopsThenItTakesNoWorkEither() throws InterruptedException {
		Thread stopping = new Thread(() -> this.registry.quiesce(Duration.ZERO));
		stopping.start();
		stopping.join();
		ConnectionPool late = register("late");
		assertThat(late.status().closed()).isTrue();
		assertThat(late.closed()).isFalse();
		this.registry.resume();
		assertThat(late.status().closed()).isFalse();
	}

	private ConnectionPool register(String alias) {
		return open(alias, PoolFixture.config(alias, this.database));
	}

	private ConnectionPool open(String alias, DatabaseConfigBuilder config) {
		ConnectionPool pool = PoolFixture.open(this.database, config);
		this.registry.register(pool);
		return pool;
	}

	private void registerLazy(String alias, String url) {
		DatabaseConfig config = DatabaseConfig.builder(alias).url(url).poolMin(0).startup(StartupMode.LAZY).build();
		this.registry.register(ConnectionPoolFactory.open(config, PoolFixture.DIALECTS.findByUrl(url),
				CredentialsSource.of("nobody", "nothing")));
	}

}
