package io.dbop.execution;

import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.pool.PoolDeadlockException;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Code that takes more connections at once than there are is not saved by repeating it.
 */
class PoolDeadlockTests {

	private final AtomicInteger calls = new AtomicInteger();

	private DatabaseInstance database;

	private EngineFixture fixture;

	@BeforeEach
	void open() throws Exception {
		this.database = TestDatabase.H2.freshDatabase();
		this.fixture = EngineFixture.inRealTime(this.database, (config) -> {
			config.setMaximumPoolSize(1);
			config.setConnectionTimeout(250);
		});
	}

	@AfterEach
	void close() throws Exception {
		this.fixture.close();
		this.database.close();
	}

	@Test
	void whenEveryHolderWaitsForASecondConnectionThenItIsNotRetriedAndTheBreakerDoesNotCountIt() {
		TransactionTemplate inner = new TransactionTemplate(this.fixture.transactionManager);
		inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		Warnings warnings = Warnings.watch();
		assertThatExceptionOfType(CannotCreateTransactionException.class)
			.isThrownBy(() -> this.fixture.perform((spec) -> spec.named("nests"), () -> {
				this.calls.incrementAndGet();
				inner.executeWithoutResult((status) -> this.fixture.jdbc.execute("select 1"));
			}))
			.havingRootCause()
			.isInstanceOf(PoolDeadlockException.class)
			.withMessageContainingAll("'nests'", "take part in its transaction", "make the pool larger");
		warnings.close();
		assertThat(this.calls).hasValue(1);
		assertThat(this.fixture.statistics("nests").retries()).isZero();
		assertThat(this.fixture.statistics("nests").timeouts()).isZero();
		assertThat(this.fixture.breakers.breaker("main").status().failures()).isZero();
		assertThat(this.fixture.pool.statistics().timeouts()).isZero();
		assertThat(this.fixture.pool.statistics().errors()).isOne();
		assertThat(warnings.messages()).singleElement().asString().contains("1 attempt(s)", "PoolDeadlockException");
	}

	@Test
	void whenNobodyElseHoldsAConnectionThenAnAcquisitionTimeoutStaysWhatItIs() {
		assertThatExceptionOfType(CannotGetJdbcConnectionException.class).isThrownBy(
				() -> this.fixture.perform((spec) -> spec.named("waits").scope(Scope.NONE).maxRetries(1), () -> {
					this.calls.incrementAndGet();
					try (var held = this.fixture.hikari.getConnection()) {
						this.fixture.jdbc.execute("select 1");
					}
				}));
		assertThat(this.calls).hasValue(2);
		assertThat(this.fixture.breakers.breaker("main").status().failures()).isEqualTo(2);
	}

}
