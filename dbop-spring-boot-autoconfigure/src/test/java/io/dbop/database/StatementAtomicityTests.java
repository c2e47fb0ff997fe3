package io.dbop.database;

import java.time.Duration;
import java.util.List;

import io.dbop.statement.InvalidParametersException;
import io.dbop.statement.StatementSpec;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.OnOneNode;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Texts of which a part may be committed when the rest fails. */
@EachDatabase
@Timeout(60)
class StatementAtomicityTests {

	private static final Duration BRIEF = Duration.ofSeconds(1);

	private final DatabaseInstance instance;

	private final HandleFixture fixture;

	private final Database db;

	StatementAtomicityTests(DatabaseInstance instance) {
		this.instance = instance;
		this.fixture = new HandleFixture(instance);
		this.db = this.fixture.database;
	}

	@BeforeEach
	void tables() {
		this.db.sql("CREATE TABLE [note] ([id] INTEGER)").update();
		this.db.sql("CREATE TABLE [held] ([id] INTEGER PRIMARY KEY, [n] INTEGER)").update();
		this.db.sql("INSERT INTO [held] VALUES (1, 1)").update();
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	@DisplayName("a procedure that has committed a part of its work before a deadlock or a lock timeout is not called again")
	void whenAProcedureFailsHalfwayThenItIsNotRepeated() {
		assumeThat(this.fixture.kind()).isIn(TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL);
		if (this.fixture.kind() == TestDatabase.POSTGRESQL) {
			this.db.jdbcTemplate()
				.execute("CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN INSERT INTO note VALUES (1); COMMIT;"
						+ " RAISE EXCEPTION 'x' USING ERRCODE = '40P01'; END $$");
			catchThrowable(() -> this.db.sql("CALL p()").update());
		}
		else {
			this.db.jdbcTemplate()
				.execute("CREATE PROCEDURE p() BEGIN INSERT INTO note VALUES (1); UPDATE held SET n = 2; END");
			whileHeld(this.db.sql("CALL p()"));
		}
		assertThat(count()).isLessThanOrEqualTo(1);
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	@DisplayName("a text of two statements whose first has been committed when the second fails is not repeated")
	void whenTheSecondStatementFailsThenTheFirstIsNotRepeated() {
		assumeThat(this.fixture.kind()).isIn(TestDatabase.H2, TestDatabase.MARIADB, TestDatabase.MYSQL);
		String option = (this.instance.url().contains("?") ? "&" : "?") + "allowMultiQueries=true";
		String url = this.instance.url() + ((this.fixture.kind() == TestDatabase.H2) ? "" : option);
		try (HandleFixture several = new HandleFixture(this.instance, (config) -> config.url(url))) {
			whileHeld(several.database.sql("INSERT INTO [note] VALUES (1); UPDATE [held] SET [n] = 2"));
		}
		assertThat(count()).isLessThanOrEqualTo(1);
	}

	@Test
	@DisplayName("of a text of two statements none is dropped without a word")
	void whenATextHasTwoStatementsThenBothAreRunOrItIsRefused() {
		Throwable refusal = catchThrowable(
				() -> this.db.sql("INSERT INTO [note] VALUES (1); INSERT INTO [note] VALUES (2)").update());
		assertThat(count()).isEqualTo((refusal != null) ? 0 : 2);
	}

	@Test
	@DisplayName("nor where the first of them makes a table")
	void whenATextMakesATableAndGoesOnThenAllIsDoneOrItIsRefused() {
		Throwable refusal = catchThrowable(
				() -> this.db.sql("CREATE TABLE [made] ([id] INTEGER); INSERT INTO [note] VALUES (1)").update());
		assertThat(count()).isEqualTo((refusal != null) ? 0 : 1);
	}

	@Test
	void whenThereIsNoTransactionThenASavepointIsRefused() {
		for (String sql : List.of("SAVEPOINT a", "RELEASE SAVEPOINT a", "ROLLBACK TO SAVEPOINT a")) {
			assertThatExceptionOfType(InvalidParametersException.class).isThrownBy(() -> this.db.sql(sql).update())
				.withMessageContaining("transaction");
		}
		this.db.inTransaction((tx) -> {
			this.db.sql("SAVEPOINT a").update();
			this.db.sql("INSERT INTO [note] VALUES (1)").update();
			this.db.sql("ROLLBACK TO SAVEPOINT a").update();
			this.db.sql("INSERT INTO [note] VALUES (2)").update();
		});
		assertThat(count()).isOne();
	}

	@Test
	@DisplayName("a session goes on from its savepoint after a failure")
	void whenASessionHasGoneBackToItsSavepointThenTheRestIsCommitted() {
		try (DatabaseSession session = this.db.open()) {
			session.begin();
			session.sql("INSERT INTO [note] VALUES (1)").update();
			session.sql("SAVEPOINT a").update();
			catchThrowable(() -> session.sql("INSERT INTO [held] VALUES (1, 1)").update());
			session.sql("ROLLBACK TO SAVEPOINT a").update();
			session.sql("INSERT INTO [note] VALUES (2)").update();
			session.commit();
		}
		assertThat(count()).isEqualTo(2);
	}

	@Test
	@DisplayName("a transaction of the thread's is none of a session")
	void whenASessionHasNoTransactionThenASavepointIsRefused() {
		this.db.inTransaction((tx) -> {
			try (DatabaseSession session = this.db.open()) {
				assertThatExceptionOfType(InvalidParametersException.class)
					.isThrownBy(() -> session.sql("SAVEPOINT a").update());
				session.begin();
				session.sql("SAVEPOINT a").update();
			}
		});
	}

	@Test
	@DisplayName("a BEGIN given as a statement does not swallow the writes of the next borrower")
	void whenATransactionIsBegunByAStatementThenLaterWritesAreKept() {
		String begin = (this.fixture.kind() == TestDatabase.H2) ? "SET AUTOCOMMIT FALSE" : "BEGIN";
		try (HandleFixture one = new HandleFixture(this.instance, (config) -> config.poolMax(1))) {
			try (DatabaseSession session = one.database.open()) {
				catchThrowable(() -> session.sql(begin).update());
			}
			assertThat(one.database.sql("INSERT INTO [note] VALUES (1)").update()).isOne();
		}
		assertThat(count()).isOne();
	}

	@Test
	@DisplayName("words of transactions are refused as statements, and savepoints are not")
	void whenAStatementBeginsOrEndsATransactionThenItIsRefused() {
		for (String sql : List.of("BEGIN", "begin work;", "/* x */ START TRANSACTION READ ONLY", "COMMIT", "ROLLBACK",
				"SET autocommit = 0", "SELECT 1; COMMIT")) {
			assertThatExceptionOfType(InvalidParametersException.class).isThrownBy(() -> this.db.sql(sql))
				.withMessageContaining("inTransaction()");
		}
		try (DatabaseSession session = this.db.open()) {
			session.begin();
			session.sql("SAVEPOINT s").update();
			session.sql("INSERT INTO [note] VALUES (1)").update();
			session.sql("ROLLBACK TO SAVEPOINT s").update();
			session.commit();
		}
		assertThat(count()).isZero();
	}

	private void whileHeld(StatementSpec blocked) {
		try (HandleFixture other = new HandleFixture(this.instance); DatabaseSession holder = other.database.open()) {
			holder.begin();
			holder.sql("UPDATE [held] SET [n] = 5").update();
			assertThat(catchThrowable(() -> blocked.lockTimeout(BRIEF).update())).isNotNull();
		}
	}

	private int count() {
		return this.db.sql("SELECT COUNT(*) FROM [note]").single(Integer.class);
	}

}
