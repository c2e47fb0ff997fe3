package io.dbop.database;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import io.dbop.execution.AttemptContext;
import io.dbop.execution.DatabaseEngine;
import io.dbop.execution.PreAttemptHook;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Hooks around single statements, on a pool of one connection: what they set for a
 * transaction is in force for the statement.
 */
@EachDatabase
@Timeout(60)
class HookedStatementTests {

	private static final String COUNT = "SELECT COUNT(*) FROM prepared";

	private static final String INSERT = "INSERT INTO item (id) VALUES (?)";

	private final TestDatabase kind;

	private final HandleFixture fixture;

	private final Database db;

	/** What nobody prepares. */
	private final Database plain;

	private final List<String> operations = new ArrayList<>();

	private final List<Boolean> committing = new ArrayList<>();

	/** What a hook does besides. */
	private Callable<?> failure = () -> null;

	private boolean rollback;

	HookedStatementTests(DatabaseInstance instance) {
		this.kind = instance.database();
		this.fixture = new HandleFixture(instance, (config) -> config.poolMax(1));
		this.plain = this.fixture.database;
		this.db = hooked(this::prepare);
	}

	private Database hooked(PreAttemptHook hook) {
		JdbcTransactionManager manager = new JdbcTransactionManager(this.fixture.pool.dataSource());
		return Database.of(new DatabaseEngine(this.fixture.pool, () -> manager, HandleFixture.QUICK,
				this.fixture.breakers, new DatabaseEngine.Extensions(List.of(), List.of(hook), List.of(), null)));
	}

	private void prepare(AttemptContext context) throws Exception {
		JdbcTemplate jdbc = new JdbcTemplate(context.dataSource());
		this.operations.add(context.operation());
		this.committing.add(jdbc.execute((ConnectionCallback<Boolean>) Connection::getAutoCommit));
		jdbc.update("insert into prepared (attempt) values (?)", context.attempt());
		this.failure.call();
		if (this.rollback) {
			context.setRollbackOnly();
		}
	}

	@BeforeEach
	void tables() {
		this.plain.sql("CREATE TABLE prepared (attempt INTEGER)").update();
		this.plain.sql("CREATE TABLE item (id INTEGER PRIMARY KEY)").update();
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	private int prepared() {
		return Objects.requireNonNull(this.plain.sql(COUNT).single(Integer.class));
	}

	private int items() {
		return Objects.requireNonNull(this.plain.sql("SELECT COUNT(*) FROM item").single(Integer.class));
	}

	@Test
	@DisplayName("R6 a query is read in the transaction that its hook has prepared")
	void whenAQueryIsRunThenItsHookIsInItsTransaction() {
		assertThat(this.db.sql(COUNT).single(Integer.class)).isOne();
		assertThat(this.committing).containsExactly(false);
		assertThat(prepared()).isOne();
	}

	@Test
	@DisplayName("R6 a write stands or falls with what its hook has done")
	void whenAWriteIsRunThenItsHookIsInItsTransaction() {
		assertThat(this.db.sql(INSERT).params(1).update()).isOne();
		assertThatExceptionOfType(DuplicateKeyException.class).isThrownBy(() -> this.db.sql(INSERT).params(1).update());
		assertThat(this.committing).containsExactly(false, false);
		assertThat(prepared()).isOne();
		assertThat(items()).isOne();
	}

	@Test
	@DisplayName("R6 a hook is called once for a batch, in its transaction")
	void whenABatchIsRunThenItsHookIsInItsTransaction() {
		this.db.sql(INSERT).batch(List.of(List.of(1), List.of(2))).execute();
		assertThatExceptionOfType(DuplicateKeyException.class)
			.isThrownBy(() -> this.db.sql(INSERT).batch(List.of(List.of(3), List.of(2))).execute());
		assertThat(this.committing).containsExactly(false, false);
		assertThat(prepared()).isOne();
		assertThat(items()).isEqualTo(2);
	}

	@Test
	@DisplayName("R6 a write that gives keys has its hook in its transaction")
	void whenKeysAreAskedForThenItsHookIsInItsTransaction() {
		this.db.sql(INSERT).params(1).update(new GeneratedKeyHolder());
		assertThat(this.committing).containsExactly(false);
		assertThat(items()).isOne();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 10 })
	@DisplayName("R6 a stream is read in the transaction that its hook has prepared")
	void whenAStreamIsReadThenItsHookIsInItsTransaction(int fetchSize) {
		try (Stream<Integer> rows = this.db.sql(COUNT).fetchSize(fetchSize).stream(Integer.class)) {
			assertThat(rows).containsExactly(1);
		}
		assertThat(this.committing).containsExactly(false);
		assertThat(prepared()).isOne();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 10 })
	@DisplayName("R6 a stream that cannot begin takes back what its hook has done, and gives its connection back")
	void whenAStreamFailsThenNothingIsLeftOfItsHook(int fetchSize) {
		this.plain.sql("CREATE TABLE gone (id INTEGER)").update();
		this.plain.sql("DROP TABLE gone").update();
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> this.db.sql("SELECT id FROM gone").fetchSize(fetchSize).stream(Integer.class));
		this.failure = () -> {
			throw new IllegalStateException("not ready");
		};
		assertThatIllegalStateException()
			.isThrownBy(() -> this.db.sql(COUNT).fetchSize(fetchSize).stream(Integer.class))
			.withMessage("not ready");
		assertThat(this.committing).containsExactly(false, false);
		assertThat(prepared()).isZero();
		assertThat(this.fixture.pool.activity().holders()).isEmpty();
	}

	@Test
	@DisplayName("R6 in a transaction of the caller a hook is in that, and a failed statement leaves it as without hooks")
	void whenInATransactionOfTheCallerThenTheHookIsInThat() {
		TransactionTemplate transaction = new TransactionTemplate(this.db.transactionManager());
		transaction.executeWithoutResult((status) -> {
			assertThat(this.db.sql(COUNT).single(Integer.class)).isOne();
			this.db.sql(INSERT).params(1).update();
			try (Stream<Integer> rows = this.db.sql(COUNT).fetchSize(10).stream(Integer.class)) {
				assertThat(rows).containsExactly(3);
			}
			if (this.kind != TestDatabase.POSTGRESQL) {
				assertThatExceptionOfType(DuplicateKeyException.class)
					.isThrownBy(() -> this.db.sql(INSERT).params(1).update());
			}
			assertThat(status.isRollbackOnly()).isFalse();
		});
		assertThat(this.committing).doesNotContain(true);
		assertThat(prepared()).isEqualTo(this.operations.size());
		assertThat(items()).isOne();
	}

	@Test
	@DisplayName("R6 a statement with a hook may lock, and call what writes")
	void whenAQueryLocksThenItsTransactionIsNotReadOnly() {
		this.plain.sql(INSERT).params(1).update();
		if (this.kind != TestDatabase.SQLITE) {
			assertThat(this.db.sql("SELECT id FROM item FOR UPDATE").list(Integer.class)).containsExactly(1);
		}
		if (this.kind == TestDatabase.POSTGRESQL) {
			this.plain.sql("CREATE SEQUENCE numbers").update();
			assertThat(this.db.sql("SELECT nextval('numbers')").single(Long.class)).isOne();
		}
		assertThat(this.committing).doesNotContain(true);
	}

	@Test
	@DisplayName("R6 a hook that fails fails the statement")
	void whenTheHookFailsThenTheStatementIsNotRun() {
		this.failure = () -> {
			throw new IllegalStateException("not ready");
		};
		assertThatIllegalStateException().isThrownBy(() -> this.db.sql(INSERT).params(2).update())
			.withMessage("not ready");
		this.failure = () -> {
			throw new IOException("not there");
		};
		assertThatIllegalStateException().isThrownBy(() -> this.db.sql(INSERT).params(2).update())
			.withMessageContaining("hook")
			.withCauseInstanceOf(IOException.class);
		this.failure = () -> {
			throw new SQLException("refused", "42501");
		};
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> this.db.sql(INSERT).params(2).update());
		assertThat(items()).isZero();
		assertThat(prepared()).isZero();
	}

	@Test
	@DisplayName("R6 a statement is repeated with its hook")
	void whenAStatementIsRepeatedThenSoIsItsHook() {
		assumeThat(this.kind).isNotEqualTo(TestDatabase.SQLITE);
		this.failure = () -> {
			if (this.operations.size() == 1) {
				throw new SQLTransactionRollbackException("try again", "40001");
			}
			return null;
		};
		assertThat(this.db.sql(INSERT).params(1).update()).isOne();
		assertThat(this.operations).hasSize(2);
		assertThat(prepared()).isOne();
	}

	@Test
	@DisplayName("R6 a hook may have the work of a single statement undone")
	void whenTheHookWantsARollbackThenNothingIsKept() {
		this.rollback = true;
		assertThat(this.db.sql(INSERT).params(1).update()).isOne();
		assertThat(prepared()).isZero();
		assertThat(items()).isZero();
	}

	@Test
	@DisplayName("R6 a hook that needs no transaction costs none")
	void whenTheHookNeedsNoTransactionThenStatementsCommitByThemselves() {
		List<Boolean> found = new ArrayList<>();
		Database tagged = hooked(new PreAttemptHook() {

			@Override
			public void beforeAttempt(AttemptContext context) {
				found.add(new JdbcTemplate(context.dataSource())
					.execute((ConnectionCallback<Boolean>) Connection::getAutoCommit));
			}

			@Override
			public boolean needsTransaction() {
				return false;
			}

		});
		tagged.sql(INSERT).params(1).update();
		try (Stream<Integer> rows = tagged.sql("SELECT id FROM item").stream(Integer.class)) {
			assertThat(rows).containsExactly(1);
		}
		try (DatabaseSession session = tagged.open()) {
			session.sql(INSERT).params(2).update();
		}
		assertThat(found).containsExactly(true, true, true);
	}

	@Test
	@DisplayName("R6 a hook of a session has its connection")
	void whenInASessionThenTheHookHasItsConnection() {
		try (DatabaseSession session = this.db.open()) {
			session.sql(INSERT).params(1).update();
			assertThatExceptionOfType(DuplicateKeyException.class)
				.isThrownBy(() -> session.sql(INSERT).params(1).update());
			assertThat(session.sql(COUNT).single(Integer.class)).isEqualTo(2);
			session.sql(INSERT).batch(List.of(List.of(2), List.of(3))).execute();
			assertThatExceptionOfType(DuplicateKeyException.class)
				.isThrownBy(() -> session.sql(INSERT).batch(List.of(List.of(4), List.of(3))).execute());
			for (int fetchSize : new int[] { 0, 10 }) {
				try (Stream<Integer> rows = session.sql("SELECT id FROM item ORDER BY id")
					.fetchSize(fetchSize)
					.stream(Integer.class)) {
					assertThat(rows).containsExactly(1, 2, 3);
				}
			}
		}
		assertThat(this.committing).hasSize(7).doesNotContain(true);
		assertThat(prepared()).isEqualTo(5);
		assertThat(items()).isEqualTo(3);
	}

	@Test
	@DisplayName("R6 a transaction that the owner of a session has begun by JDBC stays as it is")
	void whenTheConnectionOfASessionIsInATransactionThenTheHookIsInThat() throws SQLException {
		try (DatabaseSession session = this.db.open()) {
			session.connection().setAutoCommit(false);
			session.sql(INSERT).params(1).update();
			assertThat(session.connection().getAutoCommit()).isFalse();
			session.connection().rollback();
			session.connection().setAutoCommit(true);
		}
		assertThat(this.committing).containsExactly(false);
		assertThat(prepared()).isZero();
		assertThat(items()).isZero();
	}

	@Test
	@DisplayName("R6 in the transaction of a session the hook is in that, from its beginning")
	void whenInATransactionOfASessionThenTheHookIsInThat() {
		try (DatabaseSession session = this.db.open()) {
			session.begin();
			assertThat(this.operations).containsExactly("session.begin");
			session.sql(INSERT).params(1).update();
			assertThat(session.sql(COUNT).single(Integer.class)).isOne();
			try (Stream<Integer> rows = session.sql(COUNT).fetchSize(10).stream(Integer.class)) {
				assertThat(rows).containsExactly(1);
			}
			session.rollback();
			assertThat(session.sql(COUNT).single(Integer.class)).isOne();
			session.begin();
			session.sql(INSERT).params(2).update();
			session.commit();
		}
		assertThat(this.operations).hasSize(3);
		assertThat(this.committing).doesNotContain(true);
		assertThat(prepared()).isEqualTo(2);
		assertThat(items()).isOne();
	}

	@Test
	@DisplayName("R6 a hook may have a transaction of a session undone, or a statement of one")
	void whenTheHookOfASessionWantsARollbackThenNothingIsKept() {
		this.rollback = true;
		try (DatabaseSession session = this.db.open()) {
			session.sql(INSERT).params(1).update();
			session.begin();
			session.sql(INSERT).params(2).update();
			session.commit();
			this.rollback = false;
			session.begin();
			session.sql(INSERT).params(3).update();
			session.commit();
		}
		assertThat(prepared()).isOne();
		assertThat(items()).isOne();
	}

	@Test
	@DisplayName("R6 a session whose hook fails begins no transaction")
	void whenTheHookOfASessionFailsThenThereIsNoTransaction() {
		try (DatabaseSession session = this.db.open()) {
			this.failure = () -> {
				throw new IllegalStateException("not ready");
			};
			assertThatIllegalStateException().isThrownBy(session::begin).withMessage("not ready");
			assertThat(session.inTransaction()).isFalse();
			assertThatIllegalStateException().isThrownBy(() -> session.sql(INSERT).params(1).update());
			this.failure = () -> null;
			session.sql(INSERT).params(2).update();
			session.begin();
			session.sql(INSERT).params(3).update();
			session.commit();
		}
		assertThat(prepared()).isEqualTo(2);
		assertThat(items()).isEqualTo(2);
	}

}
