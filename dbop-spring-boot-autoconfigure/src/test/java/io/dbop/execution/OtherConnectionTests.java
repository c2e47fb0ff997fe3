package io.dbop.execution;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.OnOneNode;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What fails on another connection to the same database has undone nothing of the
 * caller's transaction.
 */
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class OtherConnectionTests {

	private final DatabaseInstance database;

	private final EngineFixture fixture;

	private final Items items;

	private final AtomicInteger attempts = new AtomicInteger();

	OtherConnectionTests(DatabaseInstance database) {
		this.database = database;
		this.fixture = EngineFixture.inRealTime(database,
				(settings) -> settings.setConnectionInitSql(DeadlockPartner.victimSettings(database.database())));
		this.items = new Items(database, this.fixture.jdbc).with(1, 2);
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	@OnOneNode(OnOneNode.LOCKS)
	@DisplayName("a deadlock in a REQUIRES_NEW: the attempt at a savepoint around it is repeated")
	void whenANewTransactionIsTheVictimThenTheAttemptAroundItIsRepeated() throws Throwable {
		try (DeadlockPartner partner = DeadlockPartner.in(this.database)) {
			this.fixture.inOuter(() -> {
				this.items.note("outer");
				this.fixture.perform((spec) -> spec.named("step"), () -> {
					this.items.note("attempt " + this.attempts.incrementAndGet());
					EngineFixture.inTransaction(inNew(), () -> partner.embrace(this.items, this.attempts.get()));
				});
			});
		}
		assertThat(this.attempts).hasValue(2);
		assertThat(this.items.notes()).containsExactly("attempt 2", "outer");
		assertThat(this.items.amount(1)).isOne();
	}

	@Test
	@OnOneNode(OnOneNode.LOCKS)
	@DisplayName("a deadlock in a REQUIRES_NEW of Spring: the caller's transaction is committed")
	void whenTheDeadlockOfANewTransactionIsCaughtThenTheCallersIsCommitted() throws Throwable {
		try (DeadlockPartner partner = DeadlockPartner.in(this.database)) {
			this.fixture.inOuter(() -> {
				this.items.note("outer");
				assertThat(
						catchThrowable(() -> this.fixture.perform((spec) -> spec.maxRetries(0).scope(Scope.SAVEPOINT),
								() -> EngineFixture.inTransaction(inNew(), () -> partner.embrace(this.items, 1)))))
					.isNotNull();
			});
		}
		assertThat(this.items.notes()).containsExactly("outer");
	}

	@Test
	@DisplayName("an aborted transaction on a connection of the code's own, still open: the attempt is committed")
	void whenATransactionOnAnotherConnectionIsUndoneThenThatOfTheCallerIsNot() throws Throwable {
		try (Connection other = this.fixture.pool.dataSource().getConnection()) {
			other.setAutoCommit(false);
			this.fixture.inOuter(() -> this.fixture.perform((spec) -> spec.named("step"), () -> {
				this.items.note("inner");
				assertThatExceptionOfType(SQLException.class).isThrownBy(() -> fail(other));
			}));
			other.rollback();
		}
		assertThat(this.items.notes()).containsExactly("inner");
	}

	private static void fail(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute("select nothing from nowhere");
		}
	}

	private TransactionTemplate inNew() {
		TransactionTemplate template = new TransactionTemplate(this.fixture.transactionManager);
		template.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		return template;
	}

}
