package io.dbop.execution;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.OnOneNode;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.dao.DataAccessException;
import org.springframework.util.Assert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Calls inside calls on one alias: one of them retries, and one of them warns. */
@Timeout(60)
@OnOneNode(OnOneNode.LOCKS)
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class NestedCallTests {

	private final DatabaseInstance database;

	private final EngineFixture fixture;

	private final Items items;

	private final AtomicInteger outerCalls = new AtomicInteger();

	private final AtomicInteger innerCalls = new AtomicInteger();

	private HeldLock lock;

	private Warnings warnings;

	NestedCallTests(DatabaseInstance database) {
		this.database = database;
		this.fixture = EngineFixture.inRealTime(database);
		this.items = new Items(database, this.fixture.jdbc).with(1);
	}

	@BeforeEach
	void open() throws Exception {
		this.lock = HeldLock.on(this.database, 1);
		this.warnings = Warnings.watch();
	}

	@AfterEach
	void close() throws Exception {
		this.warnings.close();
		this.lock.close();
		this.fixture.close();
	}

	@Test
	void whenTheOuterCallOwnsTheTransactionThenItAloneRetries() {
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> outer(Scope.AUTO, this::inner));
		assertThat(this.outerCalls).hasValue(4);
		assertThat(this.innerCalls).hasValue(4);
		assertThat(this.warnings.messages()).singleElement().asString().contains("'outer'", "4 attempt(s)");
	}

	@Test
	void whenTheInnerCallOwnsTheTransactionThenItAloneRetries() {
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> outer(Scope.NONE, this::inner));
		assertThat(this.outerCalls).hasValue(1);
		assertThat(this.innerCalls).hasValue(4);
		assertThat(this.warnings.messages()).singleElement().asString().contains("'inner'", "4 attempt(s)");
	}

	@Test
	void whenBothAreAtSavepointsThenTheInnerCallAloneRetries() {
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> this.fixture.inOuter(() -> outer(Scope.AUTO, this::inner)));
		assertThat(this.outerCalls).hasValue(1);
		assertThat(this.innerCalls).hasValue(4);
		assertThat(this.warnings.messages()).hasSize(1);
	}

	@Test
	void whenATransactionOfTheCodesOwnIsInBetweenThenTheOuterCallRetries() throws Throwable {
		outer(Scope.NONE, () -> {
			if (this.outerCalls.get() == 2) {
				this.lock.close();
			}
			this.fixture.inOuter(
					() -> this.fixture.perform((spec) -> spec.named("inner").scope(Scope.TRANSACTION), this::lockItem));
		});
		assertThat(this.outerCalls).hasValue(2);
		assertThat(this.warnings.messages()).isEmpty();
	}

	@Test
	void whenTheOuterCallIsRepeatedThenNothingIsSaidOfTheInnerOne() throws Throwable {
		outer(Scope.AUTO, () -> {
			if (this.outerCalls.get() == 3) {
				this.lock.close();
			}
			inner();
		});
		assertThat(this.outerCalls).hasValue(3);
		assertThat(this.warnings.messages()).isEmpty();
		assertThat(this.fixture.statistics("outer").recoveries()).isOne();
		assertThat(this.fixture.statistics("inner").retries()).isZero();
	}

	@Test
	void whenTheInnerCallIsNotToBeRetriedThenTheOuterOneIs() throws Throwable {
		outer(Scope.NONE, () -> {
			if (this.outerCalls.get() == 3) {
				this.lock.close();
			}
			once();
		});
		assertThat(this.outerCalls).hasValue(3);
		assertThat(this.warnings.messages()).isEmpty();
	}

	@Test
	void whenACallInBetweenIsNotToBeRetriedEitherThenTheOuterOneIs() throws Throwable {
		outer(Scope.NONE, () -> {
			if (this.outerCalls.get() == 2) {
				this.lock.close();
			}
			this.fixture.perform((spec) -> spec.named("middle").scope(Scope.NONE).maxRetries(0), this::once);
		});
		assertThat(this.outerCalls).hasValue(2);
		assertThat(this.warnings.messages()).isEmpty();
	}

	@Test
	void whenACallInBetweenDoesNotRetryWhatTheInnerOneHasGivenUpOnThenNobodyDoes() {
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> outer(Scope.NONE,
				() -> this.fixture.perform(
						(spec) -> spec.named("middle").scope(Scope.NONE).noRetryOn(DataAccessException.class),
						this::inner)));
		assertThat(this.outerCalls).hasValue(1);
		assertThat(this.innerCalls).hasValue(4);
	}

	@Test
	void whenTheInnerCallIsNotToBeRetriedThenTheOuterOneWarns() {
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> outer(Scope.NONE, this::once));
		assertThat(this.innerCalls).hasValue(4);
		assertThat(this.warnings.messages()).singleElement().asString().contains("'outer'", "4 attempt(s)");
	}

	@Test
	void whenTheOuterCallAloneIsToldToRetryAFailureThenItDoes() throws Throwable {
		this.fixture.perform((spec) -> spec.named("outer").scope(Scope.NONE).retryOn(IllegalStateException.class),
				() -> this.fixture.perform((spec) -> spec.named("inner"),
						() -> Assert.state(this.outerCalls.incrementAndGet() > 1, "not yet")));
		assertThat(this.outerCalls).hasValue(2);
	}

	@Test
	void whenAnInnerFailureWasCaughtThenALaterOneOfTheOuterCallIsRetried() throws Throwable {
		outer(Scope.NONE, () -> {
			if (this.outerCalls.get() == 1) {
				assertThat(catchThrowable(this::inner)).isInstanceOf(DataAccessException.class);
			}
			else {
				this.lock.close();
			}
			this.items.lockNow(1);
		});
		assertThat(this.outerCalls).hasValue(2);
		assertThat(this.innerCalls).hasValue(4);
	}

	@Test
	void whenTheInnerFailureIsPermanentThenThereIsOneWarningAndNoRetry() {
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> outer(Scope.AUTO, () -> this.fixture
			.perform((spec) -> spec.named("inner"), () -> this.fixture.jdbc.execute("nonsense"))));
		assertThat(this.outerCalls).hasValue(1);
		assertThat(this.warnings.messages()).hasSize(1);
	}

	@Test
	void whenAFailureSpeaksOfHealthThenItCountsOncePerAttempt() {
		assertThat(catchThrowable(() -> this.fixture.perform(
				(spec) -> spec.named("outer").maxRetries(1).attemptTimeout(Duration.ofMillis(100)),
				() -> this.fixture.perform((spec) -> spec.named("inner"), () -> {
					this.innerCalls.incrementAndGet();
					this.fixture.jdbc.execute(this.database.sleepSql(Duration.ofSeconds(20)));
				}))))
			.isInstanceOf(DataAccessException.class);
		assertThat(this.innerCalls).hasValue(2);
		assertThat(this.fixture.breakers.breaker("main").status().failures()).isEqualTo(2);
	}

	private void outer(Scope scope, EngineFixture.Action work) throws Throwable {
		this.fixture.perform((spec) -> spec.named("outer").scope(scope), () -> {
			this.outerCalls.incrementAndGet();
			work.run();
		});
	}

	private void inner() throws Throwable {
		this.fixture.perform((spec) -> spec.named("inner"), this::lockItem);
	}

	private void once() throws Throwable {
		this.fixture.perform((spec) -> spec.named("inner").maxRetries(0), this::lockItem);
	}

	private void lockItem() {
		this.innerCalls.incrementAndGet();
		this.items.lockNow(1);
	}

}
