package io.dbop.execution;

import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.failure.Classification;
import io.dbop.failure.FailureKind;
import io.dbop.failure.Redo;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DeadlockLoserDataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Counting, waiting and precedence, with time that the test holds in its hands. */
class RetryTests {

	private final AtomicInteger calls = new AtomicInteger();

	private DatabaseInstance database;

	private EngineFixture fixture;

	@BeforeEach
	void open() throws Exception {
		this.database = TestDatabase.H2.freshDatabase();
		this.fixture = new EngineFixture(this.database);
	}

	@AfterEach
	void close() throws Exception {
		this.fixture.close();
		this.database.close();
	}

	private static RuntimeException deadlock(String message) {
		return new DeadlockLoserDataAccessException(message, new SQLException(message, "40001"));
	}

	@Test
	@DisplayName("R1: three retries are four calls and three waits, and the last exception is thrown itself")
	void whenAllAttemptsFailThenTheLastExceptionIsThrownWithTheOthersSuppressed() {
		List<Throwable> thrown = new ArrayList<>();
		Throwable seen = catchThrowable(() -> this.fixture.run((spec) -> spec.named("r1").scope(Scope.NONE), () -> {
			thrown.add(deadlock("attempt " + this.calls.incrementAndGet()));
			throw (RuntimeException) thrown.get(thrown.size() - 1);
		}));
		assertThat(this.calls).hasValue(4);
		assertThat(this.fixture.ticker.sleeps).hasSize(3);
		assertThat(seen).isSameAs(thrown.get(3));
		assertThat(seen.getSuppressed()).containsExactly(thrown.get(0), thrown.get(1), thrown.get(2));
		assertThat(this.fixture.statistics("r1").retries()).isEqualTo(3);
		assertThat(this.fixture.statistics("r1").exhaustions()).isOne();
		assertThat(this.fixture.statistics("r1").calls()).isOne();
	}

	@Test
	@DisplayName("R1: without retries one call, no wait, nothing suppressed")
	void whenThereAreNoRetriesThenThereIsOneCall() {
		Throwable seen = catchThrowable(
				() -> this.fixture.run((spec) -> spec.maxRetries(0).scope(Scope.NONE), () -> fail()));
		assertThat(this.calls).hasValue(1);
		assertThat(this.fixture.ticker.sleeps).isEmpty();
		assertThat(seen.getSuppressed()).isEmpty();
	}

	@Test
	@DisplayName("R1: the same exception instance thrown again is not suppressed in itself")
	void whenTheSameInstanceIsThrownAgainThenItIsNotSuppressedInItself() {
		RuntimeException same = deadlock("always the same");
		Throwable seen = catchThrowable(() -> this.fixture.run((spec) -> spec.scope(Scope.NONE), () -> {
			throw same;
		}));
		assertThat(seen).isSameAs(same);
		assertThat(seen.getSuppressed()).isEmpty();
	}

	@Test
	@DisplayName("R1: an exception instance thrown again later is not suppressed in itself")
	void whenAnEarlierInstanceIsThrownAgainThenItIsNotSuppressedInItself() {
		RuntimeException first = deadlock("first");
		RuntimeException second = deadlock("second");
		Throwable seen = catchThrowable(() -> this.fixture.run((spec) -> spec.scope(Scope.NONE).maxRetries(2), () -> {
			throw (this.calls.incrementAndGet() == 2) ? second : first;
		}));
		assertThat(seen).isSameAs(first);
		assertThat(seen.getSuppressed()).containsExactly(second);
	}

	@Test
	@DisplayName("R2: waits double up to the cap, which jitter never passes")
	void whenWaitingThenJitterIsAppliedBeforeTheCap() {
		RetrySettings settings = new RetrySettings(8, Duration.ofMillis(100), 2, Duration.ofSeconds(1), 0.2,
				Duration.ofSeconds(30), null, Duration.ofSeconds(1), RetryBudget.Settings.defaults());
		long[] bases = { 100, 200, 400, 800, 1000, 1000, 1000 };
		for (int run = 0; run < 200; run++) {
			Backoff backoff = this.fixture.engine.backoff(settings);
			for (int attempt = 1; attempt <= bases.length; attempt++) {
				double millis = backoff.after(attempt).toNanos() / 1e6;
				assertThat(millis).isBetween(bases[attempt - 1] * 0.8, Math.min(1000, bases[attempt - 1] * 1.2));
			}
		}
		assertThat(new Backoff(settings, () -> 1).after(5)).isEqualTo(Duration.ofSeconds(1));
		assertThat(new Backoff(settings, () -> 0).after(1)).isEqualTo(Duration.ofMillis(80));
	}

	@Test
	@DisplayName("R2: two runners do not wait the same")
	void whenTwoRunnersFailThenTheyDoNotWaitTheSame() {
		catchThrowable(() -> this.fixture.run((spec) -> spec.scope(Scope.NONE), () -> fail()));
		List<Duration> first = List.copyOf(this.fixture.ticker.sleeps);
		this.fixture.ticker.sleeps.clear();
		catchThrowable(() -> this.fixture.run((spec) -> spec.scope(Scope.NONE), () -> fail()));
		assertThat(this.fixture.ticker.sleeps).hasSameSizeAs(first).isNotEqualTo(first);
	}

	@Test
	@DisplayName("R3: what is not in retryOn stops at once and the classifier is not asked")
	@SuppressWarnings("unchecked")
	void whenNotListedThenTheClassifierIsNotAsked() {
		AtomicInteger asked = new AtomicInteger();
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> this.fixture.run((spec) -> spec.scope(Scope.NONE)
				.retryOn(IOException.class)
				.circuitBreaker("none")
				.classifier((failure) -> {
					asked.incrementAndGet();
					return Classification.retryable(FailureKind.DEADLOCK, Redo.TRANSACTION);
				}), () -> {
					this.calls.incrementAndGet();
					throw new IllegalStateException("not listed");
				}));
		assertThat(this.calls).hasValue(1);
		assertThat(asked).hasValue(0);
	}

	@Test
	@DisplayName("R3: what is in retryOn stops at once if the classifier says so")
	@SuppressWarnings("unchecked")
	void whenListedAndClassifiedAsPermanentThenItStops() {
		catchThrowable(() -> this.fixture.run((spec) -> spec.scope(Scope.NONE)
			.retryOn(RuntimeException.class)
			.classifier((failure) -> Classification.never(FailureKind.PERMANENT)), () -> fail()));
		assertThat(this.calls).hasValue(1);
	}

	@Test
	@DisplayName("R3: also if it takes the failure for one of the application")
	@SuppressWarnings("unchecked")
	void whenListedAndClassifiedAsTheApplicationsThenItStops() {
		catchThrowable(() -> this.fixture.run((spec) -> spec.scope(Scope.NONE)
			.retryOn(RuntimeException.class)
			.classifier((failure) -> Classification.never(FailureKind.APPLICATION)), () -> fail()));
		assertThat(this.calls).hasValue(1);
	}

	@Test
	@DisplayName("R3: a classifier that ends in an error does not hide the failure")
	void whenAClassifierEndsInAnErrorThenTheFailureIsSeen() {
		Throwable seen = catchThrowable(
				() -> this.fixture.run((spec) -> spec.scope(Scope.NONE).classifier((failure) -> {
					throw new AssertionError("of the classifier");
				}), () -> fail()));
		assertThat(seen).isNotInstanceOf(AssertionError.class);
		assertThat(this.calls).hasValueGreaterThan(1);
	}

	@Test
	@DisplayName("R3: without an answer of a classifier everything in retryOn is retried")
	@SuppressWarnings("unchecked")
	void whenListedAndNobodyObjectsThenItIsRetried() {
		catchThrowable(
				() -> this.fixture.run((spec) -> spec.scope(Scope.NONE).retryOn(IllegalStateException.class), () -> {
					this.calls.incrementAndGet();
					throw new IllegalStateException("listed");
				}));
		assertThat(this.calls).hasValue(4);
	}

	@Test
	@DisplayName("R3: a classifier that throws does not hide the failure")
	void whenTheClassifierThrowsThenTheFailureStays() {
		Throwable seen = catchThrowable(
				() -> this.fixture.run((spec) -> spec.scope(Scope.NONE).classifier((failure) -> {
					throw new IllegalArgumentException("broken classifier");
				}), () -> fail()));
		assertThat(seen).isInstanceOf(DeadlockLoserDataAccessException.class);
		assertThat(this.calls).hasValue(4);
	}

	@Test
	@DisplayName("R4: the default comes back on exhaustion and on a failure that is not transient")
	void whenNotRaisingThenTheDefaultComesBack() throws Throwable {
		assertThat(this.fixture.<String>run((spec) -> spec.scope(Scope.NONE).defaultValue("default"), () -> fail()))
			.isEqualTo("default");
		assertThat(this.fixture.<String>run((spec) -> spec.scope(Scope.NONE).defaultValue("default"), () -> {
			throw new SQLException("unique", "23505");
		})).isEqualTo("default");
		assertThat(this.calls).hasValue(4);
	}

	@Test
	@DisplayName("R4: errors and interrupts are thrown in spite of a default, the flag set again")
	void whenNotRaisingThenErrorsAndInterruptsAreThrown() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> this.fixture.<String>run((spec) -> spec.scope(Scope.NONE).defaultValue("default"), () -> {
				throw new AssertionError("an error");
			}));
		assertThatExceptionOfType(InterruptedException.class)
			.isThrownBy(() -> this.fixture.<String>run((spec) -> spec.scope(Scope.NONE).defaultValue("default"), () -> {
				throw new InterruptedException();
			}));
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	@DisplayName("R4: an interrupt ends the retries with the failure of the database, the flag set")
	void whenInterruptedThenTheDatabaseFailureIsThrown() {
		Throwable seen = catchThrowable(() -> this.fixture.run((spec) -> spec.scope(Scope.NONE), () -> {
			Thread.currentThread().interrupt();
			return fail();
		}));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(seen).isInstanceOf(DeadlockLoserDataAccessException.class);
		assertThat(this.calls).hasValue(1);
	}

	@Test
	@DisplayName("R10: the overall deadline ends the call, and no attempt is begun without time left")
	void whenTheTotalTimeIsOverThenNoAttemptIsBegun() {
		catchThrowable(() -> this.fixture.run((spec) -> spec.scope(Scope.NONE)
			.maxRetries(5)
			.attemptTimeout(Duration.ofSeconds(1))
			.timeout(Duration.ofSeconds(2)), () -> {
				this.fixture.ticker.advance(Duration.ofMillis(900));
				return fail();
			}));
		assertThat(this.calls).hasValue(2);
		assertThat(Duration.ofNanos(this.fixture.ticker.now())).isLessThan(Duration.ofSeconds(2).plusMillis(10));
	}

	@Test
	@DisplayName("R12: what is not transient is tried once")
	void whenNotTransientThenThereIsOneAttempt() {
		List<Exception> failures = List.of(new SQLException("unique", "23505"), new SQLException("text", "22P02"),
				new SQLException("syntax", "42601"), new SQLException("duplicate", "23000", 1062),
				new SQLTransientConnectionException("business rule", "45000", 1644),
				new RuntimeException("deadlock detected"), new RuntimeException("lock wait timeout exceeded"));
		for (Exception failure : failures) {
			this.calls.set(0);
			Throwable seen = catchThrowable(() -> this.fixture.run((spec) -> spec.scope(Scope.NONE), () -> {
				this.calls.incrementAndGet();
				throw failure;
			}));
			assertThat(seen).isSameAs(failure);
			assertThat(this.calls).as(failure.getMessage()).hasValue(1);
		}
	}

	@Test
	@DisplayName("R11: a deadlock deep in the chain is retried")
	void whenTheCauseIsDeepThenItIsRecognised() {
		BatchUpdateException batch = new BatchUpdateException("batch", "25P02", new int[0]);
		batch.setNextException(new SQLException("deadlock", "40001"));
		Exception deep = new RuntimeException(new IllegalStateException(new RuntimeException(batch)));
		catchThrowable(() -> this.fixture.run((spec) -> spec.scope(Scope.NONE), () -> {
			this.calls.incrementAndGet();
			throw deep;
		}));
		assertThat(this.calls).hasValue(4);
	}

	@Test
	@DisplayName("R7: every kind of callable gets the scope")
	void whenTheWorkIsALambdaOrAReferenceThenItRunsInItsTransaction() throws Throwable {
		assertThat(this.fixture.<Boolean>run((spec) -> spec.named("lambda"),
				() -> org.springframework.transaction.support.TransactionSynchronizationManager
					.isActualTransactionActive()))
			.isTrue();
		assertThat(this.fixture.<Boolean>run((spec) -> spec.named("reference"), RetryTests::inTransaction)).isTrue();
	}

	private static boolean inTransaction() {
		return org.springframework.transaction.support.TransactionSynchronizationManager.isActualTransactionActive();
	}

	private String fail() {
		throw deadlock("attempt " + this.calls.incrementAndGet());
	}

}
