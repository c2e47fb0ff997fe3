package io.dbop.execution;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.OnOneNode;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DuplicateKeyException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Attempts and calls that run out of time on a real database. */
@EachDatabase({ TestDatabase.H2, TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL,
		TestDatabase.HSQLDB })
class AttemptTimeoutTests {

	private static final Duration LIMIT = Duration.ofMillis(300);

	/** What a cancel may take on a busy machine. */
	private static final Duration GRACE = Duration.ofMillis(1500);

	private final EngineFixture fixture;

	private final Items items;

	private final String sleep;

	private final AtomicInteger attempts = new AtomicInteger();

	AttemptTimeoutTests(DatabaseInstance database) {
		this.fixture = EngineFixture.inRealTime(database);
		this.items = new Items(database, this.fixture.jdbc).with(1);
		this.sleep = switch (database.database()) {
			// Cancelled in its sleep, H2 goes on sleeping.
			case H2 -> "select count(*) from system_range(1, 1000000) a cross join system_range(1, 1000000) b";
			// A sleep that is all of the query ends without an error when it is
			// cancelled.
			case MARIADB, MYSQL -> "select id from item where sleep(30) = 0";
			default -> database.sleepSql(Duration.ofSeconds(30));
		};
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	@DisplayName("R4: an attempt that takes too long is cancelled, and retried")
	void whenAnAttemptTakesTooLongThenItIsCancelledAndRetried() throws Throwable {
		Duration elapsed = timed(() -> this.fixture.perform((spec) -> spec.named("slow").attemptTimeout(LIMIT), () -> {
			this.items.note("attempt " + this.attempts.incrementAndGet());
			if (this.attempts.get() == 1) {
				this.fixture.jdbc.execute(this.sleep);
			}
		}));
		assertThat(elapsed).isBetween(LIMIT, LIMIT.plus(GRACE));
		assertThat(this.items.notes()).containsExactly("attempt 2");
		assertThat(this.fixture.statistics("slow").timeouts()).isOne();
		assertThat(this.fixture.statistics("slow").recoveries()).isOne();
	}

	@Test
	@DisplayName("R4: when all attempts have timed out the default comes back")
	void whenAllAttemptsTakeTooLongThenTheDefaultComesBack() throws Throwable {
		String result = this.fixture
			.<String>run((spec) -> spec.attemptTimeout(LIMIT).maxRetries(1).defaultValue("default"), () -> {
				this.attempts.incrementAndGet();
				this.items.note("undone");
				this.fixture.jdbc.execute(this.sleep);
				return "slept";
			});
		assertThat(result).isEqualTo("default");
		assertThat(this.attempts).hasValue(2);
		assertThat(this.items.notes()).isEmpty();
	}

	@Test
	@DisplayName("R10: the whole call ends at its own limit, not at attempts times their limit")
	void whenTheCallTakesTooLongThenItEndsAtItsLimit() {
		Duration whole = Duration.ofMillis(700);
		Duration elapsed = timed(() -> assertThat(catchThrowable(
				() -> this.fixture.perform((spec) -> spec.attemptTimeout(LIMIT).maxRetries(9).timeout(whole), () -> {
					this.attempts.incrementAndGet();
					this.fixture.jdbc.execute(this.sleep);
				})))
			.isNotNull());
		assertThat(elapsed).isLessThan(whole.plus(GRACE));
		assertThat(this.attempts.get()).isBetween(2, 3);
	}

	@Test
	@DisplayName("R10: a nested call does not outlive the call around it")
	void whenNestedThenTheSmallerLimitHolds() {
		Duration elapsed = timed(() -> assertThat(catchThrowable(() -> this.fixture
			.perform((spec) -> spec.named("outer").maxRetries(0).timeout(LIMIT), () -> this.fixture
				.perform((spec) -> spec.timeout(Duration.ofSeconds(20)).attemptTimeout(Duration.ofSeconds(10)), () -> {
					this.attempts.incrementAndGet();
					this.fixture.jdbc.execute(this.sleep);
				}))))
			.isNotNull());
		assertThat(elapsed).isLessThan(LIMIT.plus(GRACE));
		assertThat(this.attempts).hasValue(1);
	}

	@Test
	@DisplayName("R4: time that code has used up for itself says nothing of the database")
	void whenTheTimeIsOverBeforeAnythingWasAskedThenNoBreakerHearsOfIt() {
		for (Scope scope : new Scope[] { Scope.NONE, Scope.TRANSACTION }) {
			assertThat(catchThrowable(() -> this.fixture
				.perform((spec) -> spec.scope(scope).maxRetries(0).attemptTimeout(Duration.ofMillis(20)), () -> {
					Thread.sleep(40);
					this.items.note("late");
				}))).hasStackTraceContaining("time of the attempt");
		}
		assertThat(this.fixture.breakers.breaker("main").status().failures()).isZero();
		assertThat(this.fixture.pool.statistics().timeouts()).isZero();
		assertThat(this.fixture.pool.statistics().errors()).isZero();
		assertThat(this.items.notes()).isEmpty();
	}

	@Test
	@DisplayName("R4: but what the database has let run out does, whatever is asked for after it")
	void whenTheDatabaseHasUsedUpTheTimeThenTheBreakerHearsOfItAllTheSame() {
		assertThat(catchThrowable(
				() -> this.fixture.perform((spec) -> spec.scope(Scope.NONE).maxRetries(0).attemptTimeout(LIMIT), () -> {
					catchThrowable(() -> this.fixture.jdbc.execute(this.sleep));
					this.items.note("late");
				})))
			.isNotNull();
		assertThat(this.fixture.breakers.breaker("main").status().failures()).isOne();
	}

	@Test
	@DisplayName("R4: what is refused for want of time does not change what has failed before")
	void whenWhatFollowsAFailureIsRefusedForWantOfTimeThenTheFailureIsWhatItWas() {
		assertThatExceptionOfType(DuplicateKeyException.class)
			.isThrownBy(() -> this.fixture.perform((spec) -> spec.scope(Scope.NONE).attemptTimeout(LIMIT), () -> {
				this.attempts.incrementAndGet();
				try {
					this.items.insert(1);
				}
				catch (DuplicateKeyException ex) {
					Thread.sleep(LIMIT.toMillis());
					assertThat(catchThrowable(() -> this.items.note("late"))).isNotNull();
					throw ex;
				}
			}));
		assertThat(this.attempts).hasValue(1);
	}

	@Test
	@DisplayName("R4: a timeout at a savepoint is retried there, and the outer work survives")
	@OnOneNode(OnOneNode.CANCELS)
	void whenAnAttemptAtASavepointTakesTooLongThenItIsRetriedThere() throws Throwable {
		this.fixture.inOuter(() -> {
			this.items.note("outer");
			this.fixture.perform((spec) -> spec.attemptTimeout(LIMIT), () -> {
				this.items.note("attempt " + this.attempts.incrementAndGet());
				if (this.attempts.get() == 1) {
					this.fixture.jdbc.execute(this.sleep);
				}
			});
		});
		assertThat(this.items.notes()).containsExactly("attempt 2", "outer");
	}

	private static Duration timed(EngineFixture.Action action) {
		long start = System.nanoTime();
		assertThat(catchThrowable(action::run)).isNull();
		return Duration.ofNanos(System.nanoTime() - start);
	}

}
