package io.dbop.execution;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.failure.SqlExceptionChain;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.OnOneNode;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.WireProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.dao.PessimisticLockingFailureException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** PostgreSQL takes no statement of a transaction in which one has failed. */
@EachDatabase(TestDatabase.POSTGRESQL)
class AbortedTransactionTests {

	private final DatabaseInstance database;

	private final WireProxy proxy;

	private final EngineFixture fixture;

	private final Items items;

	private final AtomicInteger attempts = new AtomicInteger();

	AbortedTransactionTests(DatabaseInstance database) {
		this.database = database;
		this.proxy = database.proxy();
		this.fixture = EngineFixture.inRealTime(database.through(this.proxy), (settings) -> {
			settings.setMaximumPoolSize(1);
			settings.setConnectionInitSql(DeadlockPartner.victimSettings(TestDatabase.POSTGRESQL));
		});
		this.items = new Items(database, this.fixture.jdbc).with(1, 2);
	}

	@AfterEach
	void close() {
		this.fixture.close();
		this.proxy.close();
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	@DisplayName("T1: a step that deadlocks is retried at its savepoint, and no statement meets the aborted transaction")
	void whenTheStepHasASavepointThenItIsRetriedThere() throws Throwable {
		try (DeadlockPartner partner = DeadlockPartner.in(this.database)) {
			this.fixture.inOuter(() -> {
				this.items.note("outer");
				step(partner, Scope.AUTO);
			});
		}
		assertThat(this.attempts).hasValue(2);
		assertThat(this.items.notes()).containsExactly("inner 2", "outer");
		assertThat(this.items.amount(1)).isOne();
		assertThat(this.items.amount(2)).isOne();
		assertThat(afterTheFailure()).startsWith("ROLLBACK TO SAVEPOINT");
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	@DisplayName("T1: a step without a savepoint gives the deadlock to the owner, and nothing more is sent")
	void whenTheStepHasNoSavepointThenTheFailureIsTheOwners() throws Exception {
		try (DeadlockPartner partner = DeadlockPartner.in(this.database)) {
			Throwable thrown = catchThrowable(() -> this.fixture.inOuter(() -> {
				this.items.note("outer");
				step(partner, Scope.NONE);
			}));
			assertThat(thrown).isInstanceOf(PessimisticLockingFailureException.class);
			assertThat(states(thrown)).contains("40P01").doesNotContain("25P02");
		}
		assertThat(this.attempts).hasValue(1);
		assertThat(this.items.notes()).isEmpty();
		assertThat(afterTheFailure()).isEqualTo("ROLLBACK");
	}

	private void step(DeadlockPartner partner, Scope scope) throws Throwable {
		this.fixture.perform((spec) -> spec.scope(scope), () -> {
			this.items.note("inner " + this.attempts.incrementAndGet());
			partner.embrace(this.items, this.attempts.get());
		});
	}

	/** What was sent after the statement that was the victim. */
	private String afterTheFailure() {
		List<String> sent = this.proxy.traffic().statements();
		int firstUpdate = sent.indexOf("update item set amount = amount + 1 where id = $1");
		return sent.get(firstUpdate + 2);
	}

	private static List<String> states(Throwable thrown) {
		return SqlExceptionChain.of(thrown).stream().map(SQLException::getSQLState).toList();
	}

}
