package io.dbop.fault;

import java.time.Duration;

import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.CircuitBreaker;
import io.dbop.circuit.Breaker;
import io.dbop.circuit.BreakerRegistry;
import io.dbop.circuit.BreakerState;
import io.dbop.test.Applications;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.WireProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.CannotCreateTransactionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** What callers see when a database comes back after a while. */
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB })
class RecoveryTests {

	/**
	 * Long enough for HikariCP to pause for longer than callers wait between its attempts
	 * to connect.
	 */
	private static final Duration OUTAGE = Duration.ofSeconds(2);

	private final WireProxy proxy;

	private final ApplicationContextRunner application;

	RecoveryTests(DatabaseInstance database) {
		this.proxy = database.proxy();
		this.application = Applications.jdbc()
			.withPropertyValues(Applications.alias("main", database.through(this.proxy)))
			.withPropertyValues("dbop.databases.main.connection-acquisition-timeout=300ms",
					"dbop.databases.main.pool.max=2")
			.withBean(Items.class);
	}

	@AfterEach
	void close() {
		this.proxy.close();
	}

	@Test
	void whenCallersWaitLessThanThePoolPausesThenNoneOfThemIsLetInTooEarly() {
		this.application.run((context) -> {
			Items items = context.getBean(Items.class);
			Breaker breaker = context.getBean(BreakerRegistry.class).breaker("main");
			items.one();
			this.proxy.down();
			while (breaker.state() == BreakerState.CLOSED) {
				assertThatExceptionOfType(Exception.class).isThrownBy(items::one)
					.isInstanceOfAny(CannotCreateTransactionException.class, DataAccessResourceFailureException.class);
			}
			await().pollDelay(OUTAGE).until(() -> breaker.state() == BreakerState.OPEN);
			this.proxy.up();
			await().atMost(Duration.ofSeconds(15)).until(() -> breaker.state() == BreakerState.HALF_OPEN);
			assertThat(items.one()).isOne();
			assertThat(items.one()).isOne();
			assertThat(items.one()).isOne();
			assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
		});
	}

	static class Items {

		private final JdbcClient client;

		Items(JdbcClient client) {
			this.client = client;
		}

		@AutoTransaction
		@CircuitBreaker
		int one() {
			return this.client.sql("select 1").query(Integer.class).single();
		}

	}

}
