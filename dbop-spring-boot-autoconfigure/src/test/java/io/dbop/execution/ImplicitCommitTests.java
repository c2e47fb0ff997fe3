package io.dbop.execution;

import java.sql.CallableStatement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.OnOneNode;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.ConnectionCallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Statements that commit the transaction of an attempt by the way. */
@OnOneNode(OnOneNode.LOCKS)
@EachDatabase({ TestDatabase.H2, TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class ImplicitCommitTests {

	private final DatabaseInstance database;

	private final EngineFixture fixture;

	private final Items items;

	private final AtomicInteger attempts = new AtomicInteger();

	ImplicitCommitTests(DatabaseInstance database) {
		this.database = database;
		this.fixture = EngineFixture.inRealTime(database);
		this.items = new Items(database, this.fixture.jdbc).with(1);
		if (innoDb()) {
			this.fixture.jdbc.execute("create procedure commits() begin commit; end");
		}
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void whenAStatementHasCommittedThenALaterFailureIsNotRetried() throws Exception {
		for (String sql : committing()) {
			attempt(() -> this.fixture.jdbc.execute(sql));
			assertThat(this.items.notes()).as(sql).containsExactly("attempt 1");
		}
	}

	@Test
	void whenAProcedureHasCommittedThenALaterFailureIsNotRetried() throws Exception {
		if (innoDb()) {
			attempt(() -> this.fixture.jdbc
				.execute((ConnectionCallback<?>) (connection) -> connection.prepareCall("{call commits()}").execute()));
			assertThat(this.items.notes()).containsExactly("attempt 1");
		}
	}

	@Test
	void whenABatchHasCommittedThenALaterFailureIsNotRetried() throws Exception {
		for (String sql : committing().stream().filter((each) -> !each.startsWith("select")).toList()) {
			attempt(() -> this.fixture.jdbc.batchUpdate("delete from note where text = 'none'", sql));
			assertThat(this.items.notes()).as(sql).containsExactly("attempt 1");
		}
		if (innoDb()) {
			attempt(() -> this.fixture.jdbc.execute((ConnectionCallback<?>) (connection) -> {
				CallableStatement call = connection.prepareCall("{call commits()}");
				call.addBatch();
				return call.executeBatch();
			}));
			assertThat(this.items.notes()).containsExactly("attempt 1");
		}
	}

	@Test
	void whenABatchIsPartOfTheTransactionThenItIsRetried() throws Exception {
		attempt(() -> this.fixture.jdbc.batchUpdate("insert into note (text) values ('batch')",
				"delete from item where id = 0"));
		assertThat(this.items.notes()).containsExactlyInAnyOrder("attempt 2", "batch");
	}

	@Test
	void whenAStatementHasCommittedAndFailedThenThatIsNotRetriedEither() throws Exception {
		if (this.database.database() != TestDatabase.POSTGRESQL) {
			attempt(() -> catchThrowable(
					() -> this.fixture.jdbc.execute("create table item (id integer primary key)")));
			assertThat(this.items.notes()).hasSizeLessThanOrEqualTo(1);
		}
	}

	@Test
	void whenAStatementIsPartOfTheTransactionThenItIsRetried() throws Exception {
		for (String sql : harmless()) {
			attempt(() -> this.fixture.jdbc.execute(sql));
			assertThat(this.items.notes()).as(sql).containsExactly("attempt 2");
		}
	}

	private List<String> committing() {
		return switch (this.database.database()) {
			case POSTGRESQL -> List.of("COMMIT", "/* the end */ end", "select 1; commit work; begin");
			case H2 -> List.of("COMMIT", "create table made (id integer)", "drop table made", "set autocommit true");
			default -> List.of("commit", "create table made (id integer)", "truncate table made", "drop table made",
					"start transaction", "call commits()", "set @@session.autocommit = 1");
		};
	}

	private List<String> harmless() {
		return switch (this.database.database()) {
			case POSTGRESQL -> List.of("create table made (id integer)", "set local lock_timeout = 1000",
					"do $$ begin perform 1; end $$");
			case H2 -> List.of("savepoint here", "set @commit = 1");
			default -> List.of("set @autocommitted = 1", "savepoint here", "do 1");
		};
	}

	/** Writes, does what it is given, and fails once in a way that may be retried. */
	private void attempt(EngineFixture.Action action) throws Exception {
		this.attempts.set(0);
		this.fixture.jdbc.update("delete from note");
		try (HeldLock lock = HeldLock.on(this.database, 1)) {
			catchThrowable(() -> this.fixture.perform((spec) -> {
			}, () -> {
				if (this.attempts.incrementAndGet() == 2) {
					lock.close();
				}
				this.items.note("attempt " + this.attempts);
				action.run();
				this.items.lockNow(1);
			}));
		}
	}

	private boolean innoDb() {
		return this.database.database() == TestDatabase.MARIADB || this.database.database() == TestDatabase.MYSQL;
	}

}
