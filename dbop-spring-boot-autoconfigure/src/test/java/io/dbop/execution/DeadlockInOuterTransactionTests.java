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

import org.springframework.transaction.UnexpectedRollbackException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * InnoDB and HSQLDB resolve a deadlock by undoing the whole transaction, savepoints and
 * all.
 */
@Tag("fault")
@OnOneNode(OnOneNode.LOCKS)
@EachDatabase(value = { TestDatabase.MARIADB, TestDatabase.MYSQL, TestDatabase.HSQLDB }, eachDriver = true)
class DeadlockInOuterTransactionTests {

	private final DatabaseInstance database;

	private final EngineFixture fixture;

	private final Items items;

	private final int deadlock;

	private final AtomicInteger attempts = new AtomicInteger();

	DeadlockInOuterTransactionTests(DatabaseInstance database) {
		this.database = database;
		this.deadlock = (database.database() == TestDatabase.HSQLDB) ? -4861 : 1213;
		this.fixture = EngineFixture.inRealTime(database);
		this.items = new Items(database, this.fixture.jdbc).with(1, 2);
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	@DisplayName("T3: the caller sees the deadlock, and neither row is there")
	void whenTheStepIsTheVictimThenTheDeadlockIsTheCallers() throws Exception {
		try (DeadlockPartner partner = DeadlockPartner.in(this.database)) {
			Throwable thrown = catchThrowable(() -> this.fixture.inOuter(() -> {
				this.items.note("outer");
				step(partner);
			}));
			assertThat(codes(thrown)).contains(this.deadlock).doesNotContain(1305, -4821);
		}
		assertThat(this.attempts).hasValue(1);
		assertThat(this.items.notes()).isEmpty();
	}

	@Test
	@DisplayName("T3: the outer transaction is rollback-only, even if the caller ignores the deadlock")
	void whenTheCallerIgnoresTheDeadlockThenNothingIsCommitted() throws Exception {
		try (DeadlockPartner partner = DeadlockPartner.in(this.database)) {
			assertThatExceptionOfType(UnexpectedRollbackException.class).isThrownBy(() -> this.fixture.inOuter(() -> {
				this.items.note("outer");
				assertThat(codes(catchThrowable(() -> step(partner)))).contains(this.deadlock)
					.doesNotContain(1305, -4821);
				assertThat(codes(catchThrowable(() -> this.items.note("after")))).contains(this.deadlock);
			}));
		}
		assertThat(this.items.notes()).isEmpty();
		assertThat(this.fixture.jdbc.queryForObject("select count(*) from note", Integer.class)).isZero();
	}

	@Test
	@DisplayName("T3: an owner that runs under the pipeline repeats all of it")
	void whenTheOwnerIsRetriedThenTheWholeTransactionIsRunAgain() throws Throwable {
		AtomicInteger owner = new AtomicInteger();
		try (DeadlockPartner partner = DeadlockPartner.in(this.database)) {
			this.fixture.perform((spec) -> spec.named("owner"), () -> {
				this.items.note("outer " + owner.incrementAndGet());
				step(partner);
			});
		}
		assertThat(owner).hasValue(2);
		assertThat(this.items.notes()).containsExactly("inner 2", "outer 2");
		assertThat(this.fixture.statistics("owner").retries()).isOne();
		assertThat(this.fixture.statistics("step").retries()).isZero();
	}

	@Test
	@DisplayName("T3: likewise with a savepoint inside a savepoint")
	void whenTheVictimIsAtASavepointInASavepointThenNothingIsLeft() throws Exception {
		try (DeadlockPartner partner = DeadlockPartner.in(this.database)) {
			Throwable thrown = catchThrowable(() -> this.fixture.inOuter(() -> {
				this.items.note("outer");
				this.fixture.perform((spec) -> spec.named("middle").scope(Scope.SAVEPOINT), () -> {
					this.items.note("middle");
					step(partner, Scope.SAVEPOINT);
				});
			}));
			assertThat(codes(thrown)).contains(this.deadlock).doesNotContain(1305, -4821);
		}
		assertThat(this.attempts).hasValue(1);
		assertThat(this.fixture.statistics("middle").retries()).isZero();
		assertThat(this.items.notes()).isEmpty();
	}

	private void step(DeadlockPartner partner) throws Throwable {
		step(partner, Scope.AUTO);
	}

	private void step(DeadlockPartner partner, Scope scope) throws Throwable {
		this.fixture.perform((spec) -> spec.named("step").scope(scope), () -> {
			this.items.note("inner " + this.attempts.incrementAndGet());
			partner.embrace(this.items, this.attempts.get());
		});
	}

	private static List<Integer> codes(Throwable thrown) {
		return SqlExceptionChain.of(thrown).stream().map(SQLException::getErrorCode).toList();
	}

}
