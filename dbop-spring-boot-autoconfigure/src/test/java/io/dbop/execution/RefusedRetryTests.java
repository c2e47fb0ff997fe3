package io.dbop.execution;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.circuit.Breaker;
import io.dbop.circuit.BreakerSettings;
import io.dbop.circuit.BreakerSettings.Recovery;
import io.dbop.circuit.CircuitOpenException;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** A breaker that opens between two attempts of a call. */
class RefusedRetryTests {

	private static final String OPERATION = "Orders.place";

	private final AtomicInteger attempts = new AtomicInteger();

	private DatabaseInstance database;

	private EngineFixture fixture;

	private Warnings warnings;

	@BeforeEach
	void open() throws Exception {
		this.database = TestDatabase.H2.freshDatabase();
		this.fixture = new EngineFixture(this.database);
		this.warnings = Warnings.watch();
	}

	@AfterEach
	void close() throws Exception {
		this.warnings.close();
		this.fixture.close();
		this.database.close();
	}

	@Test
	void whenTheFirstAttemptOpensTheBreakerThenOneAttemptWasMade() {
		Throwable thrown = call(1);
		assertThat(thrown).isInstanceOf(SQLException.class);
		assertThat(thrown.getSuppressed()).singleElement().isInstanceOf(CircuitOpenException.class);
		assertThat(this.attempts).hasValue(1);
		assertThat(this.warnings.messages()).singleElement()
			.asString()
			.contains("1 attempt(s)", "The circuit breaker opened meanwhile");
		assertThat(this.fixture.statistics(OPERATION).retries()).isZero();
		assertThat(this.fixture.statistics(OPERATION).rejections()).isOne();
		assertThat(this.fixture.statistics(OPERATION).exhaustions()).isZero();
	}

	@Test
	void whenALaterAttemptOpensTheBreakerThenThoseThatReachedTheDatabaseAreCounted() {
		Throwable thrown = call(3);
		assertThat(thrown).hasMessage("attempt 3");
		assertThat(thrown.getSuppressed()).hasSize(3);
		assertThat(this.warnings.messages()).singleElement().asString().contains("3 attempt(s)");
		assertThat(this.fixture.statistics(OPERATION).retries()).isEqualTo(2);
		assertThat(this.fixture.statistics(OPERATION).rejections()).isOne();
		assertThat(this.fixture.statistics(OPERATION).exhaustions()).isZero();
	}

	@Test
	void whenCallsAreRefusedSoonerOrLaterThenTheFiguresAddUp() throws Throwable {
		this.fixture.perform((spec) -> spec.named(OPERATION).circuitBreaker("calm"), () -> {
		});
		for (int i = 0; i < 4; i++) {
			call(2);
		}
		OperationStatistics statistics = this.fixture.statistics(OPERATION);
		assertThat(statistics.calls()).isEqualTo(5);
		assertThat(statistics.successes()).isOne();
		assertThat(statistics.failures()).isEqualTo(4);
		assertThat(statistics.rejections()).isEqualTo(4).isEqualTo(breaker().status().refusedCalls());
		assertThat(this.attempts).hasValue(2);
		assertThat(statistics.retries()).isOne();
		assertThat(this.warnings.messages()).hasSize(1);
	}

	private Throwable call(int failuresUntilOpen) {
		return catchThrowable(() -> this.fixture.perform((spec) -> spec.named(OPERATION)
			.scope(Scope.NONE)
			.maxRetries(5)
			.circuitBreaker("quick", (settings) -> opensAfter(failuresUntilOpen)), () -> {
				throw new SQLException("attempt " + this.attempts.incrementAndGet(), "08001");
			}));
	}

	private Breaker breaker() {
		return this.fixture.breakers.breaker("quick", "main", opensAfter(2));
	}

	/** Nothing but time lets calls through again. */
	private static BreakerSettings opensAfter(int failures) {
		return new BreakerSettings(failures, Duration.ofMinutes(1), Duration.ofMinutes(1), 1, Recovery.TIME,
				Duration.ofSeconds(1));
	}

}
