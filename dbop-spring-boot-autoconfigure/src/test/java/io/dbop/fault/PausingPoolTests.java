package io.dbop.fault;

import java.time.Duration;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.CannotCreateTransactionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A pool that had begun before dbop adopted it, and so rests between its attempts to
 * connect.
 */
@Tag("fault")
@EachDatabase(TestDatabase.POSTGRESQL)
class PausingPoolTests {

	/**
	 * Long enough for HikariCP to pause for longer than callers wait between its attempts
	 * to connect.
	 */
	private static final Duration OUTAGE = Duration.ofSeconds(2);

	private final WireProxy proxy;

	private final ApplicationContextRunner application;

	PausingPoolTests(DatabaseInstance database) {
		this.proxy = database.proxy();
		this.application = Applications.jdbc()
			.withBean("mainDataSource", HikariDataSource.class, () -> begun(database.through(this.proxy)))
			.withBean(Items.class);
	}

	private static HikariDataSource begun(DatabaseInstance database) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(database.url());
		config.setUsername(database.username());
		config.setPassword(database.password());
		config.setConnectionTimeout(300);
		config.setMaximumPoolSize(2);
		return new HikariDataSource(config);
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
