package io.dbop.database;

import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.dbop.execution.ExecutionSpec;
import io.dbop.execution.Scope;
import io.dbop.failure.Classification;
import io.dbop.failure.FailureKind;
import io.dbop.failure.Redo;
import io.dbop.statement.InvalidParametersException;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Sessions: one connection, and a transaction that its owner begins and ends. */
@EachDatabase(also = TestDatabase.HSQLDB)
class SessionTests {

	private final DatabaseInstance instance;

	private final HandleFixture fixture;

	private final Database db;

	SessionTests(DatabaseInstance instance) {
		this.instance = instance;
		this.fixture = new HandleFixture(instance);
		this.db = this.fixture.database;
	}

	@BeforeEach
	void table() {
		this.db.sql("CREATE TABLE [item] ([id] INTEGER PRIMARY KEY)").update();
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void whenCommittedThenTheWorkIsThere() {
		try (DatabaseSession session = this.db.open()) {
			session.begin();
			assertThat(session.inTransaction()).isTrue();
			add(session, 1);
			session.commit();
			assertThat(session.inTransaction()).isFalse();
			add(session, 2);
		}
		assertThat(count()).isEqualTo(2);
	}

	@Test
	void whenClosedWithoutCommitThenTheWorkIsRolledBackAndTheConnectionIsAsItWas() throws SQLException {
		try (DatabaseSession session = this.db.open()) {
			session.begin();
			add(session, 1);
			assertThat(this.fixture.pool.status().active()).isOne();
		}
		assertThat(this.fixture.pool.status().active()).isZero();
		assertThat(count()).isZero();
		try (DatabaseSession next = this.db.open()) {
			assertThat(next.connection().getAutoCommit()).isTrue();
		}
	}

	@Test
	@DisplayName("T12 what was done by plain JDBC and not committed is rolled back when a session is closed")
	void whenJdbcHasBegunATransactionThenItIsRolledBackWhenClosed() throws SQLException {
		try (DatabaseSession session = this.db.open()) {
			session.connection().setAutoCommit(false);
			add(session, 1);
		}
		assertThat(count()).isZero();
	}

	@Test
	@DisplayName("T12 whoever comes after a catalog was chosen where there was none finds none")
	void whenThereWasNoCatalogThenTheNextSessionHasNone() throws SQLException {
		assumeThat(this.fixture.kind()).isIn(TestDatabase.MARIADB, TestDatabase.MYSQL);
		String url = this.instance.url();
		try (HandleFixture none = new HandleFixture(this.instance,
				(config) -> config.url(url.replaceFirst("(//[^/]+/)[^?]*", "$1")).poolMax(1))) {
			try (DatabaseSession session = none.database.open()) {
				session.connection().setCatalog("information_schema");
				assertThat(session.sql("SELECT DATABASE()").single(String.class)).isEqualTo("information_schema");
			}
			try (DatabaseSession session = none.database.open()) {
				assertThat(session.sql("SELECT DATABASE()").list(String.class)).containsExactly((String) null);
			}
		}
	}

	@Test
	void whenRolledBackThenTheSessionGoesOn() {
		try (DatabaseSession session = this.db.open()) {
			session.begin();
			add(session, 1);
			session.rollback();
			session.begin();
			add(session, 2);
			session.commit();
		}
		assertThat(this.db.sql("SELECT [id] FROM [item]").list(Integer.class)).containsExactly(2);
	}

	@Test
	void whenAStatementFailsThenTheTransactionCanBeRolledBack() {
		try (DatabaseSession session = this.db.open()) {
			add(session, 1);
			session.begin();
			assertThatExceptionOfType(DuplicateKeyException.class).isThrownBy(() -> add(session, 1));
			session.rollback();
			add(session, 2);
		}
		assertThat(count()).isEqualTo(2);
	}

	@Test
	void whenPinnedThenAllStatementsUseTheSameConnection() {
		try (DatabaseSession session = this.db.open()) {
			String rows = (this.fixture.kind() == TestDatabase.HSQLDB) ? " ON COMMIT PRESERVE ROWS" : "";
			session.sql("CREATE TEMPORARY TABLE temporary_item (id INTEGER)" + rows).update();
			session.sql("INSERT INTO temporary_item VALUES (?)").param(7).update();
			assertThat(session.sql("SELECT id FROM temporary_item").single(Integer.class)).isEqualTo(7);
			session.sql("DROP TABLE temporary_item").update();
		}
	}

	@Test
	@DisplayName("a failed statement undoes the session's transaction, not the one that its thread has besides")
	void whenAStatementFailsThenTheTransactionOfTheThreadStands() {
		new TransactionTemplate(this.db.transactionManager()).executeWithoutResult((status) -> {
			this.db.sql("INSERT INTO [item] VALUES (1)").update();
			try (DatabaseSession session = this.db.open()) {
				session.begin();
				assertThatExceptionOfType(DataAccessException.class)
					.isThrownBy(() -> session.sql("SELECT [id] FROM [nowhere]").list(Integer.class));
			}
		});
		assertThat(count()).isOne();
	}

	@Test
	@DisplayName("after a stream each statement commits by itself again")
	void whenRowsWereStreamedThenLaterWritesAreKept() {
		this.db.sql("INSERT INTO [item] VALUES (1)").update();
		try (DatabaseSession session = this.db.open()) {
			try (Stream<Integer> rows = session.sql("SELECT [id] FROM [item]").fetchSize(10).stream(Integer.class)) {
				assertThat(rows).hasSize(1);
			}
			add(session, 2);
			assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> session.sql("SELECT [no] FROM [item]").fetchSize(10).stream(Integer.class));
			add(session, 3);
		}
		assertThat(count()).isEqualTo(3);
	}

	@Test
	@DisplayName("the end of a stream ends no transaction, and no other stream")
	void whenATransactionBeginsWhileRowsAreStreamedThenItIsTheSessionsOwn() {
		assumeThat(this.fixture.kind()).as("runs nothing else while rows are streamed")
			.isNotEqualTo(TestDatabase.MYSQL);
		this.db.sql("INSERT INTO [item] VALUES (?)").batch(List.of(1, 2, 3)).execute();
		try (DatabaseSession session = this.db.open()) {
			Stream<Integer> rows = session.sql("SELECT [id] FROM [item]").fetchSize(1).stream(Integer.class);
			Iterator<Integer> read = rows.iterator();
			read.next();
			session.begin();
			add(session, 4);
			rows.close();
			session.rollback();
			add(session, 5);
			if (this.fixture.kind() == TestDatabase.POSTGRESQL) {
				Stream<Integer> one = session.sql("SELECT [id] FROM [item]").fetchSize(1).stream(Integer.class);
				try (Stream<Integer> other = session.sql("SELECT [id] FROM [item]")
					.fetchSize(1)
					.stream(Integer.class)) {
					one.close();
					assertThat(other).hasSize(4);
				}
				add(session, 6);
			}
		}
		assertThat(this.db.sql("SELECT [id] FROM [item] WHERE [id] IN (4, 5)").list(Integer.class)).containsExactly(5);
		assertThat(count()).isEqualTo((this.fixture.kind() == TestDatabase.POSTGRESQL) ? 5 : 4);
	}

	@Test
	@DisplayName("a call that has written in a session's transaction is not repeated")
	void whenACallHasWrittenInTheTransactionOfASessionThenItIsNotRepeated() {
		AtomicInteger attempts = new AtomicInteger();
		try (DatabaseSession session = this.db.open()) {
			session.begin();
			add(session, 1);
			assertThatIllegalStateException().isThrownBy(() -> this.db.execute((spec) -> repeatable(spec), () -> {
				add(session, 10 + attempts.incrementAndGet());
				throw new IllegalStateException("again");
			}));
			session.commit();
		}
		assertThat(attempts).hasValue(1);
		assertThat(count()).isEqualTo(2);
	}

	@Test
	@DisplayName("nor is one whose tasks have")
	void whenATaskHasWrittenInTheTransactionOfASessionThenItsCallIsNotRepeated() {
		AtomicInteger attempts = new AtomicInteger();
		try (DatabaseSession session = this.db.open()) {
			session.begin();
			assertThatIllegalStateException().isThrownBy(() -> this.db.execute((spec) -> repeatable(spec), () -> {
				this.db.async().execute((spec) -> spec.scope(Scope.NONE), () -> {
					add(session, attempts.incrementAndGet());
					return 1;
				}).join();
				throw new IllegalStateException("again");
			}));
			session.commit();
		}
		assertThat(attempts).hasValue(1);
		assertThat(count()).isOne();
	}

	@Test
	@DisplayName("nor is a call around one that has been repeated, being idempotent")
	void whenARepeatedCallHasWrittenInTheTransactionOfASessionThenTheCallAroundItIsNotRepeated() {
		AtomicInteger attempts = new AtomicInteger();
		AtomicInteger around = new AtomicInteger();
		try (DatabaseSession session = this.db.open()) {
			session.begin();
			assertThatIllegalStateException().isThrownBy(() -> this.db.execute((spec) -> repeatable(spec), () -> {
				this.db.execute((spec) -> repeatable(spec.idempotent()), () -> {
					add(session, attempts.incrementAndGet());
					if (attempts.get() == 1) {
						throw new IllegalStateException("inside");
					}
				});
				around.incrementAndGet();
				throw new IllegalStateException("around");
			})).withMessage("around");
			session.commit();
		}
		assertThat(around).hasValue(1);
		assertThat(count()).isEqualTo(2);
	}

	private static void repeatable(ExecutionSpec<?> spec) {
		spec.scope(Scope.NONE)
			.classifier((failure) -> Classification.retryable(FailureKind.SERIALIZATION, Redo.TRANSACTION));
	}

	@Test
	@DisplayName("what is written beside a stream is kept, or refused")
	void whenAWriteFailsBesideAStreamThenThoseBeforeAreKept() {
		assumeThat(this.fixture.kind()).as("runs nothing else while rows are streamed")
			.isNotEqualTo(TestDatabase.MYSQL);
		this.db.sql("INSERT INTO [item] VALUES (?)").batch(List.of(1, 2, 3)).execute();
		int expected = 3;
		try (DatabaseSession session = this.db.open()) {
			Stream<Integer> rows = session.sql("SELECT [id] FROM [item]").fetchSize(1).stream(Integer.class);
			rows.iterator().next();
			if (this.fixture.kind() == TestDatabase.POSTGRESQL) {
				assertThatExceptionOfType(InvalidParametersException.class).isThrownBy(() -> add(session, 4))
					.withMessageContaining("begin()");
				assertThatExceptionOfType(InvalidParametersException.class)
					.isThrownBy(() -> session.sql("INSERT INTO [item] VALUES (?)").batch(List.of(4)).execute());
				assertThat(session.sql("SELECT COUNT(*) FROM [item]").single(Integer.class)).isEqualTo(3);
			}
			else {
				add(session, 4);
				expected++;
			}
			assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> session.sql("SELECT [no] FROM [item]").list(Integer.class));
			rows.close();
			add(session, 5);
		}
		assertThat(count()).isEqualTo(expected + 1);
	}

	@Test
	@DisplayName("a stream that nobody has closed takes nothing with it")
	void whenAStreamIsLeftOpenThenTheConnectionIsAsItWas() {
		try (HandleFixture one = new HandleFixture(this.instance, (config) -> config.poolMax(1))) {
			one.database.sql("INSERT INTO [item] VALUES (?)").batch(List.of(1, 2, 3)).execute();
			try (DatabaseSession session = one.database.open()) {
				session.sql("SELECT [id] FROM [item]").fetchSize(1).stream(Integer.class).iterator().next();
			}
			one.database.sql("INSERT INTO [item] VALUES (4)").update();
		}
		assertThat(count()).isEqualTo(4);
	}

	@Test
	@DisplayName("rows are streamed in a scope without a transaction, and what is written beside stands")
	void whenRowsAreStreamedInAScopeWithoutATransactionThenOthersAreInNone() {
		assumeThat(this.fixture.kind()).as("runs nothing else while rows are streamed")
			.isNotEqualTo(TestDatabase.MYSQL);
		this.db.sql("INSERT INTO [item] VALUES (?)").batch(List.of(1, 2, 3)).execute();
		try (HandleFixture four = new HandleFixture(this.instance, (config) -> config.poolMax(4))) {
			TransactionTemplate scope = new TransactionTemplate(four.database.transactionManager());
			scope.setPropagationBehavior(TransactionDefinition.PROPAGATION_SUPPORTS);
			scope.executeWithoutResult((status) -> writeBesideStreams(four.database));
			assertThat(four.pool.status().active()).isZero();
		}
		assertThat(count()).isEqualTo(4);
	}

	private static void writeBesideStreams(Database db) {
		String sql = "SELECT [id] FROM [item] ORDER BY [id]";
		try (Stream<Integer> one = db.sql(sql).fetchSize(1).stream(Integer.class);
				Stream<Integer> other = db.sql(sql).fetchSize(1).stream(Integer.class)) {
			Iterator<Integer> read = other.iterator();
			read.next();
			db.sql("INSERT INTO [item] VALUES (0)").update();
			int scope = TransactionSynchronizationManager.getSynchronizations().size();
			for (int i = 0; i < 3; i++) {
				try (Stream<Integer> more = db.sql(sql).fetchSize(1).stream(Integer.class)) {
					more.iterator().next();
				}
			}
			assertThat(TransactionSynchronizationManager.getSynchronizations()).hasSize(scope);
			assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> db.sql("INSERT INTO [item] VALUES (1)").update());
			one.close();
			assertThat(read.next()).isNotNull();
		}
	}

	@Test
	@DisplayName("a batch that fails in a session's transaction leaves none of its rows")
	void whenABatchFailsInATransactionThenNoneOfItsRowsStays() {
		try (DatabaseSession session = this.db.open()) {
			session.begin();
			add(session, 7);
			assertThatExceptionOfType(DuplicateKeyException.class)
				.isThrownBy(() -> session.sql("INSERT INTO [item] VALUES (?)").batch(List.of(1, 2, 1)).execute());
			session.sql("INSERT INTO [item] VALUES (?)").batch(List.of(8, 9)).execute();
			session.commit();
		}
		assertThat(this.db.sql("SELECT [id] FROM [item] ORDER BY [id]").list(Integer.class)).containsExactly(7, 8, 9);
	}

	@Test
	void whenOutOfStepThenItSaysSo() {
		DatabaseSession session = this.db.open();
		assertThatIllegalStateException().isThrownBy(session::commit).withMessageContaining("begin()");
		assertThatIllegalStateException().isThrownBy(session::rollback);
		session.begin();
		assertThatIllegalStateException().isThrownBy(session::begin);
		session.close();
		session.close();
		assertThatIllegalStateException().isThrownBy(() -> session.sql("SELECT 1")).withMessageContaining("closed");
	}

	private static void add(DatabaseSession session, int id) {
		session.sql("INSERT INTO [item] VALUES (?)").param(id).update();
	}

	private int count() {
		return this.db.sql("SELECT COUNT(*) FROM [item]").single(Integer.class);
	}

}
