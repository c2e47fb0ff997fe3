package io.dbop.database;

import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.concurrent.ExecutionException;

import io.dbop.circuit.Breaker;
import io.dbop.circuit.BreakerState;
import io.dbop.circuit.CircuitOpenException;
import io.dbop.test.TestDatabase;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Which ways to a database pass the circuit breaker of its alias, and which do not. */
class BreakerCoverageTests {

	private final HandleFixture fixture = new HandleFixture(TestDatabase.H2.freshDatabase());

	private final Database db = this.fixture.database;

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void whenOpenThenNothingGoesThroughThePipeline() {
		try (DatabaseSession session = this.db.open()) {
			open();
			refused(() -> this.db.sql("SELECT 1").single(Integer.class));
			refused(() -> this.db.sql("SELECT ?").batch(List.of(List.of(1))).execute());
			refused(() -> this.db.sql("SELECT 1").stream(Integer.class));
			refused(() -> this.db.inTransaction((tx) -> {
				tx.sql("SELECT 1").single(Integer.class);
			}));
			refused(() -> this.db.<Object, RuntimeException>execute((spec) -> spec.named("any"), () -> 1));
			refused(() -> session.sql("SELECT 1").single(Integer.class));
			refused(this.db::open);
			assertThatExceptionOfType(ExecutionException.class)
				.isThrownBy(() -> this.db.async().sql("SELECT 1").single(Integer.class).get())
				.withCauseInstanceOf(CircuitOpenException.class);
		}
	}

	@Test
	@DisplayName("what answers in place of a refused call passes it no more than the call")
	void whenOpenThenItsFallbackIsRefusedToo() {
		open();
		long acquired = this.fixture.pool.statistics().acquired();
		assertThatExceptionOfType(CircuitOpenException.class)
			.isThrownBy(() -> this.db.<Integer, RuntimeException>execute(
					(spec) -> spec.named("any").fallback((failure) -> this.db.sql("SELECT 1").single(Integer.class)),
					() -> 1))
			.satisfies((thrown) -> assertThat(thrown.getSuppressed())
				.hasAtLeastOneElementOfType(CircuitOpenException.class));
		assertThat(this.fixture.pool.statistics().acquired()).isEqualTo(acquired);
	}

	@Test
	void whenOpenedInATransactionOfASessionThenItCanBeEnded() {
		this.db.sql("CREATE TABLE [item] ([id] INTEGER)").update();
		try (DatabaseSession session = this.db.open()) {
			session.begin();
			session.sql("INSERT INTO [item] VALUES (1)").update();
			open();
			session.commit();
			session.begin();
			session.rollback();
		}
		assertThat(plain().queryForObject("select count(*) from \"item\"", Integer.class)).isOne();
	}

	@Test
	void whenOpenedInATransactionOfTheCallThenTheCallIsNotAskedAgain() {
		int one = this.db.inTransaction((tx) -> {
			open();
			return tx.sql("SELECT 1").single(Integer.class);
		});
		assertThat(one).isOne();
	}

	@Test
	void whenOpenThenWhatGoesPastThePipelineIsCountedByThePoolAndNotRefused() {
		open();
		long acquired = this.fixture.pool.statistics().acquired();
		assertThat(plain().queryForObject("select 1", Integer.class)).isOne();
		assertThat(this.db.jdbcTemplate().queryForObject("select 1", Integer.class)).isOne();
		assertThat(this.db.jdbcClient().sql("select 1").query(Integer.class).single()).isOne();
		assertThat(JdbcClient.create(this.db.dataSource()).sql("select 1").query(Integer.class).single()).isOne();
		assertThat(this.fixture.pool.statistics().acquired()).isEqualTo(acquired + 4);
	}

	private JdbcTemplate plain() {
		return new JdbcTemplate(this.db.dataSource());
	}

	private void open() {
		Breaker breaker = this.fixture.breakers.breaker("main");
		while (breaker.state() != BreakerState.OPEN) {
			breaker.failed(breaker.enter(), new SQLTransientConnectionException("down"));
		}
	}

	private static void refused(ThrowingCallable call) {
		assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(call);
	}

}
