package io.dbop.database;

import java.time.Duration;
import java.util.function.Predicate;

import io.dbop.execution.CommitOutcomeUnknownException;
import io.dbop.statement.StatementSpec;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.CutPoint;
import io.dbop.test.wire.WireProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Statements whose connection is lost: never twice, and never lost without a word. */
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class LostStatementTests {

	private static final Predicate<String> MARKED = (sql) -> sql.contains("marked");

	private final WireProxy proxy;

	private final HandleFixture fixture;

	private final Database db;

	LostStatementTests(DatabaseInstance instance) {
		this.proxy = instance.proxy();
		this.fixture = new HandleFixture(instance.through(this.proxy));
		this.db = this.fixture.database;
	}

	@BeforeEach
	void table() {
		this.db.sql("CREATE TABLE [note] ([text] VARCHAR(20))").update();
	}

	@AfterEach
	void close() {
		this.fixture.close();
		this.proxy.close();
	}

	@ParameterizedTest
	@EnumSource
	void whenAReadIsLostThenItIsRepeated(CutPoint point) {
		this.proxy.cutNext(MARKED, point);
		assertThat(this.db.sql("SELECT 'marked'").single(String.class)).isEqualTo("marked");
		this.proxy.cutNext(MARKED, point);
		assertThat(this.db.sql("SELECT 'marked'").timeout(Duration.ofSeconds(30)).single(String.class))
			.isEqualTo("marked");
		assertThat(this.proxy.statementCuts(point)).isEqualTo(2);
	}

	@ParameterizedTest
	@EnumSource
	void whenAWriteIsLostThenItsOutcomeIsUnknownAndItIsNotRepeated(CutPoint point) {
		this.proxy.cutNext(MARKED, point);
		assertThatExceptionOfType(CommitOutcomeUnknownException.class).isThrownBy(() -> insert().update());
		this.proxy.cutNext(MARKED, point);
		assertThatExceptionOfType(CommitOutcomeUnknownException.class)
			.isThrownBy(() -> insert().timeout(Duration.ofSeconds(30)).update());
		assertThat(count()).isEqualTo((point == CutPoint.BEFORE_ANSWER) ? 2 : 0);
	}

	@ParameterizedTest
	@EnumSource
	void whenAnIdempotentWriteIsLostThenItIsRepeated(CutPoint point) {
		this.db.sql("INSERT INTO [note] VALUES ('old')").update();
		this.proxy.cutNext(MARKED, point);
		assertThat(this.db.sql("UPDATE [note] SET [text] = 'marked'").idempotent().update()).isOne();
		assertThat(this.db.sql("SELECT [text] FROM [note]").single(String.class)).isEqualTo("marked");
	}

	@ParameterizedTest
	@EnumSource
	void whenABatchIsLostBeforeItsCommitThenItIsRepeatedAsAWhole(CutPoint point) {
		this.proxy.cutNext(MARKED, point);
		this.db.sql("INSERT INTO [note] VALUES (:text)")
			.batch(java.util.List.of(java.util.Map.of("text", "marked"), java.util.Map.of("text", "other")))
			.execute();
		assertThat(count()).isEqualTo(2);
	}

	@ParameterizedTest
	@EnumSource
	void whenTheCommitOfASessionIsLostThenItsOutcomeIsUnknown(CutPoint point) {
		try (DatabaseSession session = this.db.open()) {
			session.begin();
			session.sql("INSERT INTO [note] VALUES ('session')").update();
			this.proxy.cutNextCommit(point);
			assertThatExceptionOfType(CommitOutcomeUnknownException.class).isThrownBy(session::commit);
		}
		assertThat(count()).isEqualTo((point == CutPoint.BEFORE_ANSWER) ? 1 : 0);
	}

	@Test
	void whenIdleConnectionsWereCutThenNobodyNotices() {
		this.proxy.cut();
		assertThat(this.db.sql("SELECT 1").single(Integer.class)).isOne();
		this.proxy.cut();
		assertThat(insertInTransaction()).isOne();
		assertThat(count()).isOne();
	}

	private int insertInTransaction() {
		return this.db.inTransaction((tx) -> {
			return tx.sql("INSERT INTO [note] VALUES ('x')").update();
		});
	}

	private StatementSpec insert() {
		return this.db.sql("INSERT INTO [note] VALUES ('marked')");
	}

	private int count() {
		return this.db.sql("SELECT count(*) FROM [note]").single(Integer.class);
	}

}
