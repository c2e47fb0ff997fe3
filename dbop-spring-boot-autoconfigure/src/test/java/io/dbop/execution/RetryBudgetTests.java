package io.dbop.execution;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import com.zaxxer.hikari.HikariConfig;
import io.dbop.circuit.BreakerSettings;
import io.dbop.circuit.CircuitOpenException;
import io.dbop.failure.FailureKind;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.CutPoint;
import io.dbop.test.wire.WireProxy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** While everything fails, retries fall to a share of the calls. */
@EachDatabase(TestDatabase.POSTGRESQL)
class RetryBudgetTests {

	private static final String OVERLOADED = "do $$ begin raise exception using errcode = '53200'; end $$";

	private static final String CONFLICT = "do $$ begin raise exception using errcode = '40001'; end $$";

	private static final int THREADS = 16;

	private final DatabaseInstance database;

	private final WireProxy proxy;

	private @Nullable EngineFixture fixture;

	RetryBudgetTests(DatabaseInstance database) {
		this.database = database;
		this.proxy = database.proxy();
	}

	@AfterEach
	void close() {
		if (this.fixture != null) {
			this.fixture.close();
		}
		this.proxy.close();
	}

	@Test
	void whenTheServerHasNoResourcesLeftThenRetriesAreAShareOfTheCalls() throws Exception {
		EngineFixture fixture = open(new RetryBudget.Settings(0.2, 10));
		List<Throwable> failures = callAtOnce(1000, () -> select(OVERLOADED));
		OperationStatistics statistics = fixture.statistics("call");
		assertThat(failures).hasSize(1000);
		assertThat(statistics.retries()).isLessThanOrEqualTo(210).isGreaterThan(190);
		assertThat(denied(failures)).isEqualTo(budget().denied())
			.isEqualTo(statistics.outcomes(RetryOutcome.DENIED))
			.isEqualTo(1000 - statistics.exhaustions());
		assertThat(fixture.pool.failures().count(FailureKind.OUT_OF_RESOURCES)).isEqualTo(1000 + statistics.retries());
	}

	@Test
	void whenThereIsNoBudgetThenTheLoadIsMultiplied() throws Exception {
		EngineFixture fixture = open(null);
		callAtOnce(200, () -> select(OVERLOADED));
		assertThat(fixture.engine.retryBudget()).isNull();
		assertThat(fixture.statistics("call").retries()).isEqualTo(600);
	}

	@Test
	void whenTheDatabaseCannotBeReachedThenRetriesAreAShareOfTheCalls() throws Exception {
		EngineFixture fixture = open(new RetryBudget.Settings(0.2, 5), (config) -> config.setConnectionTimeout(250));
		this.proxy.down();
		List<Throwable> failures = callAtOnce(100, () -> select("select 1"));
		assertThat(failures).hasSize(100);
		assertThat(fixture.statistics("call").retries()).isBetween(15L, 25L);
		assertThat(denied(failures)).isEqualTo(budget().denied()).isPositive();
	}

	@Test
	void whenTheDatabaseIsBackThenCallsFillTheBudgetAgain() throws Throwable {
		EngineFixture fixture = open(new RetryBudget.Settings(0.2, 5));
		callAtOnce(50, () -> select(OVERLOADED));
		assertThat(budget().available()).isLessThan(2);
		long denied = budget().denied();
		callAtOnce(100, () -> select("select 1"));
		assertThat(budget().available()).isEqualTo(5);
		failsOnce();
		assertThat(fixture.statistics("call").recoveries()).isOne();
		assertThat(budget().denied()).isEqualTo(denied);
	}

	@Test
	void whenFewCallsFailThenNoneIsDeniedItsRetryHoweverFewTheyAre() throws Throwable {
		open(new RetryBudget.Settings(0.2, 1));
		for (int i = 0; i < 10; i++) {
			failsOnce();
			callAtOnce(4, () -> select("select 1"));
		}
		assertThat(budget().denied()).isZero();
	}

	@Test
	void whenTransactionsConflictThenTheBudgetIsNotAsked() throws Throwable {
		EngineFixture fixture = open(new RetryBudget.Settings(0, 0));
		callAtOnce(20, () -> fixture.jdbc.execute(CONFLICT));
		assertThat(fixture.statistics("call").retries()).isEqualTo(60);
		assertThat(fixture.statistics("call").exhaustions()).isEqualTo(20);
		assertThat(budget().denied()).isZero();
	}

	@Test
	void whenItIsUsedUpThenTheExceptionAndTheLogNameIt() throws Exception {
		open(new RetryBudget.Settings(0.25, 0));
		try (Warnings warnings = Warnings.watch()) {
			Throwable seen = callAtOnce(1, () -> select(OVERLOADED)).get(0);
			assertThat(seen).hasRootCauseInstanceOf(SQLException.class);
			assertThat(seen.getSuppressed()).singleElement()
				.isInstanceOfSatisfying(RetryBudgetExhaustedException.class, (budget) -> {
					assertThat(budget.alias()).isEqualTo("main");
					assertThat(budget.share()).isEqualTo(0.25);
					assertThat(budget).hasMessageContainingAll("'main'", "0.25",
							"dbop.databases.main.retry.budget.share");
				});
			assertThat(warnings.messages()).singleElement().asString().contains("'call'", "retry budget", "0.25");
		}
	}

	@Test
	void whenItIsUsedUpThenACommitInDoubtIsStillReportedAsInDoubt() throws Throwable {
		EngineFixture fixture = open(new RetryBudget.Settings(0, 0));
		fixture.jdbc.execute("create table note (text varchar(20))");
		this.proxy.cutNextCommit(CutPoint.BEFORE_ANSWER);
		Throwable seen = catchThrowable(() -> fixture.perform((spec) -> spec.named("doubtful").idempotent(),
				() -> fixture.jdbc.update("insert into note values ('once')")));
		assertThat(seen).isInstanceOf(CommitOutcomeUnknownException.class);
		assertThat(seen.getSuppressed()).hasAtLeastOneElementOfType(RetryBudgetExhaustedException.class);
		assertThat(fixture.statistics("doubtful").retries()).isZero();
	}

	@Test
	void whenTheBreakerRefusesTheRetryThenItGoesBackIntoTheBudget() {
		EngineFixture fixture = open(new RetryBudget.Settings(0, 2));
		BreakerSettings one = new BreakerSettings(1, Duration.ofSeconds(60), Duration.ofSeconds(60), 1,
				BreakerSettings.Recovery.TIME, Duration.ofMillis(500));
		Throwable seen = catchThrowable(() -> fixture
			.perform((spec) -> spec.named("call").circuitBreaker("one", (settings) -> one), () -> select(OVERLOADED)));
		assertThat(seen.getSuppressed()).hasAtLeastOneElementOfType(CircuitOpenException.class);
		assertThat(budget().available()).isEqualTo(2);
		assertThat(fixture.statistics("call").outcomes(RetryOutcome.REFUSED)).isOne();
	}

	@Test
	void whenACallIsRepeatedAsAWholeThenTheCallsInsideItDoNotPayForItsRetries() throws Throwable {
		EngineFixture fixture = open(new RetryBudget.Settings(1, 10));
		callAtOnce(5, () -> select(OVERLOADED));
		assertThat(budget().available()).isLessThan(6);
		double before = budget().available();
		fixture.perform((spec) -> spec.named("outer"), () -> {
			for (int i = 0; i < 4; i++) {
				fixture.perform((spec) -> spec.named("inner").noCircuitBreaker(), () -> select("select 1"));
			}
		});
		assertThat(budget().available()).isEqualTo(before + 1);
		fixture.perform((spec) -> spec.named("loop").scope(Scope.NONE), () -> {
			for (int i = 0; i < 2; i++) {
				fixture.perform((spec) -> spec.named("inner").noCircuitBreaker(), () -> select("select 1"));
			}
		});
		assertThat(budget().available()).isEqualTo(before + 4);
	}

	@Test
	void whenAnInnerCallIsDeniedThenTheOuterOneDoesNotRepeatItEither() throws Exception {
		EngineFixture fixture = open(new RetryBudget.Settings(0, 0));
		AtomicInteger outer = new AtomicInteger();
		callAtOnce(1, () -> {
			outer.incrementAndGet();
			fixture.perform((spec) -> spec.named("inner").noCircuitBreaker(), () -> select(OVERLOADED));
		});
		assertThat(outer).hasValue(1);
		assertThat(budget().denied()).isOne();
	}

	private EngineFixture open(RetryBudget.@Nullable Settings budget) {
		return open(budget, (config) -> {
		});
	}

	private EngineFixture open(RetryBudget.@Nullable Settings budget, Consumer<HikariConfig> settings) {
		EngineFixture opened = new EngineFixture(this.database.through(this.proxy),
				EngineFixture.QUICK.withBudget(budget), DatabaseEngine.Extensions.none(), Ticker.system(), settings);
		this.fixture = opened;
		return opened;
	}

	private RetryBudget budget() {
		return Objects.requireNonNull(Objects.requireNonNull(this.fixture).engine.retryBudget());
	}

	private void select(String sql) {
		Objects.requireNonNull(this.fixture).jdbc.execute(sql);
	}

	private void failsOnce() throws Throwable {
		AtomicInteger attempts = new AtomicInteger();
		Objects.requireNonNull(this.fixture)
			.perform((spec) -> spec.named("call").noCircuitBreaker(),
					() -> select((attempts.incrementAndGet() == 1) ? OVERLOADED : "select 1"));
		assertThat(attempts).hasValue(2);
	}

	/** What so many calls without a breaker end with, from many threads. */
	private List<Throwable> callAtOnce(int calls, EngineFixture.Action action) throws Exception {
		ExecutionPlan plan = Objects.requireNonNull(this.fixture).engine
			.plan((spec) -> spec.named("call").noCircuitBreaker());
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		try {
			List<Future<@Nullable Throwable>> ends = new ArrayList<>();
			for (int i = 0; i < calls; i++) {
				ends.add(threads.submit(() -> catchThrowable(() -> plan.run((attempt) -> {
					action.run();
					return null;
				}))));
			}
			List<Throwable> failures = new ArrayList<>();
			for (Future<@Nullable Throwable> each : ends) {
				Throwable failure = each.get(60, TimeUnit.SECONDS);
				if (failure != null) {
					failures.add(failure);
				}
			}
			return failures;
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static long denied(List<Throwable> failures) {
		return failures.stream()
			.filter((each) -> Arrays.stream(each.getSuppressed())
				.anyMatch(RetryBudgetExhaustedException.class::isInstance))
			.count();
	}

}
