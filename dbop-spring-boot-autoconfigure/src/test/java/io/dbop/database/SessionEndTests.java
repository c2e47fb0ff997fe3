package io.dbop.database;

import java.util.List;

import io.dbop.execution.CommitOutcomeUnknownException;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.CutPoint;
import io.dbop.test.wire.WireProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

/** What a session says of the end of its transaction is what is in the database. */
@EachDatabase
class SessionEndTests {

	private final DatabaseInstance instance;

	private final HandleFixture fixture;

	private final Database db;

	SessionEndTests(DatabaseInstance instance) {
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
	@DisplayName("a commit that was confirmed does not fail because the connection is lost right after it")
	void whenTheConnectionIsLostAfterTheCommitThenTheCommitHasSucceeded() {
		assumeThat(this.fixture.kind()).isIn(TestDatabase.MARIADB, TestDatabase.MYSQL);
		try (WireProxy proxy = this.instance.proxy();
				HandleFixture lossy = new HandleFixture(this.instance.through(proxy));
				DatabaseSession session = lossy.database.open()) {
			session.begin();
			session.sql("INSERT INTO [item] VALUES (1)").update();
			proxy.cutNext((sql) -> sql.toLowerCase(java.util.Locale.ROOT).contains("autocommit=1"),
					CutPoint.BEFORE_SERVER);
			assertThatNoException().isThrownBy(session::commit);
		}
		assertThat(count()).isOne();
	}

	@Test
	@DisplayName("after a refused commit another commit does not succeed with nothing")
	void whenACommitWasRefusedThenAnotherIsRefusedToo() {
		assumeThat(this.fixture.kind()).isEqualTo(TestDatabase.POSTGRESQL);
		this.db.sql("CREATE TABLE [late] ([id] INTEGER, CONSTRAINT u UNIQUE ([id]) DEFERRABLE INITIALLY DEFERRED)")
			.update();
		try (DatabaseSession session = this.db.open()) {
			session.begin();
			session.sql("INSERT INTO [late] VALUES (1), (1)").update();
			assertThat(catchThrowable(session::commit)).isNotNull();
			assertThat(catchThrowable(session::commit)).isNotNull();
		}
	}

	@Test
	@DisplayName("a batch in a session without a transaction is all or nothing")
	void whenABatchOfASessionFailsThenNoneOfItsRowsIsThere() {
		try (DatabaseSession session = this.db.open()) {
			assertThat(catchThrowable(() -> session.sql("INSERT INTO [item] VALUES (?)")
				.batch(List.of(List.of(1), List.of(2), List.of(1), List.of(3)))
				.execute())).isNotNull();
		}
		assertThat(count()).isZero();
	}

	@Test
	@DisplayName("the transaction given to the work is of no use to another thread, rather than autocommit")
	void whenATransactionIsUsedOnAnotherThreadThenItIsRefused() throws Exception {
		assumeThat(this.fixture.kind()).isNotEqualTo(TestDatabase.SQLITE);
		this.db.inTransaction((tx) -> {
			Thread thread = new Thread(() -> catchThrowable(() -> tx.sql("INSERT INTO [item] VALUES (9)").update()));
			thread.start();
			thread.join();
			tx.setRollbackOnly();
		});
		assertThat(count()).isZero();
	}

	@Test
	@DisplayName("a statement in a transaction whose connection is lost is no doubtful commit")
	void whenTheConnectionIsLostInATransactionThenNothingIsInDoubt() {
		assumeThat(this.fixture.kind()).isIn(TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL);
		try (WireProxy proxy = this.instance.proxy();
				HandleFixture lossy = new HandleFixture(this.instance.through(proxy));
				DatabaseSession session = lossy.database.open()) {
			session.begin();
			session.sql("INSERT INTO [item] VALUES (1)").update();
			proxy.cut();
			for (int i = 0; i < 2; i++) {
				assertThat(catchThrowable(() -> session.sql("INSERT INTO [item] VALUES (2)").update()))
					.isInstanceOf(DataAccessException.class)
					.isNotInstanceOf(CommitOutcomeUnknownException.class);
			}
		}
		assertThat(count()).isZero();
	}

	@Test
	@DisplayName("a batch of a session that was committed does not fail because the connection is lost right after it")
	void whenTheConnectionIsLostAfterABatchThenTheBatchHasSucceeded() {
		assumeThat(this.fixture.kind()).isIn(TestDatabase.MARIADB, TestDatabase.MYSQL);
		try (WireProxy proxy = this.instance.proxy();
				HandleFixture lossy = HandleFixture.adopting(this.instance.through(proxy));
				DatabaseSession session = lossy.database.open()) {
			proxy.cutNext((sql) -> sql.toLowerCase(java.util.Locale.ROOT).contains("autocommit=1"),
					CutPoint.BEFORE_SERVER);
			assertThat(session.sql("INSERT INTO [item] VALUES (?)").batch(List.of(1, 2)).execute()).hasSize(2);
			assertThat(proxy.statementCuts(CutPoint.BEFORE_SERVER)).isOne();
		}
		assertThat(count()).isEqualTo(2);
	}

	@Test
	@DisplayName("a write that was confirmed does not fail because its limit could not be taken back")
	void whenTheConnectionIsLostAfterALimitedWriteThenTheWriteHasSucceeded() {
		assumeThat(this.fixture.kind()).isEqualTo(TestDatabase.MYSQL);
		try (WireProxy proxy = this.instance.proxy();
				HandleFixture lossy = new HandleFixture(this.instance.through(proxy))) {
			proxy.cutNext((sql) -> sql.endsWith("innodb_lock_wait_timeout = 50"), CutPoint.BEFORE_SERVER);
			assertThat(lossy.database.sql("INSERT INTO [item] VALUES (1)")
				.lockTimeout(java.time.Duration.ofSeconds(3))
				.update()).isOne();
			assertThat(proxy.statementCuts(CutPoint.BEFORE_SERVER)).isOne();
		}
		assertThat(count()).isOne();
	}

	private int count() {
		return this.db.sql("SELECT COUNT(*) FROM [item]").single(Integer.class);
	}

}
