package io.dbop.pool;

import java.sql.SQLException;
import java.time.Duration;

import io.dbop.failure.Classification;
import io.dbop.failure.FailureKind;
import io.dbop.failure.SqlExceptionChain;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.WireProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * A pool whose server is away: what callers are told, and what the pool does meanwhile.
 */
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class AbsentServerTests {

	/** HikariCP asks a connection that has not been used for this long if it is alive. */
	private static final Duration UNUSED = Duration.ofMillis(600);

	private final WireProxy proxy;

	private final DatabaseInstance database;

	private ConnectionPool pool;

	AbsentServerTests(DatabaseInstance database) {
		this.proxy = database.proxy();
		this.database = database.through(this.proxy);
	}

	@BeforeEach
	void open() {
		this.pool = PoolFixture.open(this.database,
				PoolFixture.config(this.database)
					.poolMin(1)
					.poolMax(1)
					.connectionAcquisitionTimeout(Duration.ofMillis(300)));
	}

	@AfterEach
	void close() {
		this.pool.close(Duration.ZERO);
		this.proxy.close();
	}

	@Test
	void whenNoConnectionCanBeOpenedThenCallersAreToldWhy() {
		assertThatNoException().isThrownBy(this.pool::check);
		goAway();
		assertThatExceptionOfType(SQLException.class).isThrownBy(this.pool::check);
		assertThat(kind()).isEqualTo(FailureKind.CONNECT);
	}

	@Test
	void whenAConnectionIsFoundClosedAndNoOtherCanBeOpenedInTimeThenThatSpeaksOfHealth() {
		await().pollDelay(UNUSED).until(() -> this.pool.status().idle() == 1);
		this.proxy.cut();
		this.proxy.blackHole();
		assertThat(kind().speaksOfHealth()).as(kind().name()).isTrue();
	}

	@Test
	void whenTheServerIsReachedBesideThePoolThenThePoolConnectsAtOnce() throws SQLException {
		goAway();
		kind();
		await().pollDelay(UNUSED).until(() -> true);
		this.proxy.up();
		this.pool.check();
		await().atMost(Duration.ofMillis(400)).until(() -> this.pool.status().idle() == 1);
	}

	@Test
	void whenProbedThenConnectionsThatMayHaveDiedAreReplaced() throws SQLException {
		int before = this.proxy.traffic().connections();
		this.pool.check();
		this.pool.revive();
		await().until(() -> this.proxy.traffic().connections() == before + 2 && this.pool.status().idle() == 1);
	}

	@Test
	void whenClosedWhileTheServerIsAwayThenThatTakesNoTime() {
		goAway();
		kind();
		long start = System.nanoTime();
		this.pool.close(Duration.ZERO);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
	}

	private void goAway() {
		this.proxy.down();
		this.pool.evict();
		await().until(() -> this.pool.status().total() == 0);
	}

	private FailureKind kind() {
		SQLException thrown = catchThrowableOfType(SQLException.class, () -> this.pool.dataSource().getConnection());
		Classification classification = SqlExceptionChain.classify(thrown, this.pool.dialect()::classify);
		return (classification != null) ? classification.kind() : FailureKind.UNKNOWN;
	}

}
