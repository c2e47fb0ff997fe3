package io.dbop.execution;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.failure.SqlExceptionChain;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.OnOneNode;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** InnoDB undoes only the statement that has waited too long for a lock. */
@Tag("fault")
@OnOneNode(OnOneNode.LOCKS)
@EachDatabase(value = { TestDatabase.MARIADB, TestDatabase.MYSQL }, eachDriver = true)
class LockTimeoutTests {

	private final DatabaseInstance database;

	private final EngineFixture fixture;

	private final Items items;

	private final AtomicInteger attempts = new AtomicInteger();

	LockTimeoutTests(DatabaseInstance database) {
		this.database = database;
		// The least that each of them takes.
		int seconds = (database.database() == TestDatabase.MYSQL) ? 1 : 0;
		this.fixture = EngineFixture.inRealTime(database,
				(settings) -> settings.setConnectionInitSql("set session innodb_lock_wait_timeout = " + seconds));
		this.items = new Items(database, this.fixture.jdbc).with(1);
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	@DisplayName("T4: in an outer transaction the step is retried at its savepoint, and the earlier row survives")
	void whenALockIsNotGrantedThenTheStepIsRetriedAtItsSavepoint() throws Throwable {
		try (HeldLock lock = HeldLock.on(this.database, 1)) {
			this.fixture.inOuter(() -> {
				this.items.note("outer");
				this.fixture.perform((spec) -> spec.named("step"), () -> step(lock));
			});
		}
		assertThat(this.attempts).hasValue(2);
		assertThat(this.items.notes()).containsExactly("attempt 2", "outer");
		assertThat(this.items.amount(1)).isOne();
		assertThat(this.fixture.statistics("step").retries()).isOne();
	}

	@Test
	@DisplayName("T4: likewise at a savepoint inside a savepoint")
	void whenAtASavepointInASavepointThenTheInnerStepAloneIsRetried() throws Throwable {
		try (HeldLock lock = HeldLock.on(this.database, 1)) {
			this.fixture.inOuter(() -> {
				this.items.note("outer");
				this.fixture.perform((spec) -> spec.named("middle").scope(Scope.SAVEPOINT), () -> {
					this.items.note("middle");
					this.fixture.perform((spec) -> spec.named("step").scope(Scope.SAVEPOINT), () -> step(lock));
				});
			});
		}
		assertThat(this.items.notes()).containsExactly("attempt 2", "middle", "outer");
		assertThat(this.items.amount(1)).isOne();
		assertThat(this.fixture.statistics("middle").retries()).isZero();
	}

	@Test
	@DisplayName("T4: the caller may go on in its transaction when the step has given up")
	void whenTheStepGivesUpThenTheOuterTransactionGoesOn() throws Throwable {
		try (HeldLock lock = HeldLock.on(this.database, 1)) {
			this.fixture.inOuter(() -> {
				this.items.note("outer");
				Throwable thrown = catchThrowable(
						() -> this.fixture.perform((spec) -> spec.scope(Scope.SAVEPOINT).maxRetries(0), () -> {
							this.items.note("step");
							this.items.add(1);
						}));
				assertThat(codes(thrown)).contains(1205);
				this.items.note("went on");
			});
		}
		assertThat(this.items.notes()).containsExactly("outer", "went on");
	}

	@Test
	@DisplayName("T4: in a transaction of its own all of it is rolled back before it is repeated")
	void whenTheTransactionIsItsOwnThenNothingOfTheFirstAttemptIsLeft() throws Throwable {
		try (HeldLock lock = HeldLock.on(this.database, 1)) {
			this.fixture.perform((spec) -> {
			}, () -> step(lock));
		}
		assertThat(this.items.notes()).containsExactly("attempt 2");
		assertThat(this.items.amount(1)).isOne();
	}

	private void step(HeldLock lock) throws SQLException {
		if (this.attempts.incrementAndGet() == 2) {
			lock.close();
		}
		this.items.note("attempt " + this.attempts);
		this.items.add(1);
	}

	private static List<Integer> codes(Throwable thrown) {
		return SqlExceptionChain.of(thrown).stream().map(SQLException::getErrorCode).toList();
	}

}
