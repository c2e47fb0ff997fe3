package io.dbop.pool;

import java.time.Duration;

import io.dbop.pool.PoolHealth.State;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.WireProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What asking a pool costs on the network, and what if there is no answer. */
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class PoolsOverTheWireTests {

	private final DatabaseInstance database;

	private final PoolRegistry registry = new PoolRegistry();

	private WireProxy proxy;

	private ConnectionPool pool;

	PoolsOverTheWireTests(DatabaseInstance database) {
		this.database = database;
	}

	@BeforeEach
	void open() {
		this.proxy = this.database.proxy();
		DatabaseInstance behind = this.database.through(this.proxy);
		this.pool = PoolFixture.open(behind, PoolFixture.config(behind).poolMin(1).poolMax(1));
		this.registry.register(this.pool);
		await().until(() -> this.pool.status().idle() == 1);
	}

	@AfterEach
	void close() {
		this.registry.closeAll(Duration.ZERO);
		this.proxy.close();
	}

	@Test
	void whenTheFirstConnectionIsHandedOutThenTheVersionsAreLearnedWithoutARoundTrip() {
		// HikariCP asks a connection that was not used for half a second if it is alive,
		// and on a busy machine it may be as long as that.
		await().untilAsserted(() -> {
			close();
			open();
			assertThat(this.pool.knownVersion()).isNull();
			assertThat(this.proxy.trafficOf(() -> this.pool.dataSource().getConnection().close()).roundTrips())
				.isZero();
			assertThat(this.pool.knownVersion()).isNotNull();
		});
	}

	@Test
	void whenTheDatabaseFreezesThenItIsSilentAfterTheLimitHoweverOftenItIsAsked() {
		assertThat(this.registry.health(Duration.ofSeconds(10)).get("main").state()).isEqualTo(State.UP);
		this.proxy.blackHole();
		for (int i = 0; i < 5; i++) {
			long start = System.nanoTime();
			assertThat(this.registry.health(Duration.ofMillis(200)).get("main").state()).isEqualTo(State.SILENT);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1200));
		}
		assertThat(Thread.getAllStackTraces().keySet())
			.filteredOn((thread) -> thread.getName().equals("dbop-health-main"))
			.hasSizeLessThanOrEqualTo(1);
	}

}
