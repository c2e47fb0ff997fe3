package io.dbop.execution;

import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.h2.Driver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What a failed step leaves of the transaction of its caller. */
@EachDatabase(also = TestDatabase.HSQLDB)
class OuterTransactionTests {

	private final TestDatabase kind;

	private final EngineFixture fixture;

	private final Items items;

	private final AtomicInteger attempts = new AtomicInteger();

	OuterTransactionTests(DatabaseInstance database) {
		this.kind = database.database();
		this.fixture = EngineFixture.inRealTime(database);
		this.items = new Items(database, this.fixture.jdbc).with(1);
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	@DisplayName("R5: with scope NONE a failure that aborts the transaction is not committed over")
	void whenNothingScopedTheStepThenTheOuterCommitDoesNotPretend() throws Throwable {
		if (this.kind == TestDatabase.POSTGRESQL) {
			assertThatExceptionOfType(UnexpectedRollbackException.class).isThrownBy(() -> insertAround(Scope.NONE));
			assertThat(this.items.ids()).containsExactly(1);
		}
		else {
			insertAround(Scope.NONE);
			assertThat(this.items.ids()).containsExactly(1, 2, 3);
		}
	}

	@Test
	@DisplayName("R5: with scope TRANSACTION a failed step makes the transaction it joined rollback-only")
	void whenTheStepJoinedThenTheOuterTransactionIsRolledBack() {
		assertThatExceptionOfType(UnexpectedRollbackException.class).isThrownBy(() -> insertAround(Scope.TRANSACTION));
		assertThat(this.items.ids()).containsExactly(1);
	}

	@Test
	@DisplayName("R5: with scope AUTO the default comes back and the outer work is really there")
	void whenTheStepHadASavepointThenTheOuterWorkIsThere() throws Throwable {
		insertAround(Scope.AUTO);
		assertThat(this.items.ids()).containsExactly(1, 2, 3);
		assertThat(this.attempts).hasValue(1);
	}

	@Test
	void whenTheStepFailsThenTheCallerSeesTheFailureAndItsWorkBeforeIsStillGood() throws Throwable {
		this.fixture.inOuter(() -> {
			this.items.insert(2);
			assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> this.fixture.run((spec) -> spec.scope(Scope.AUTO), this::duplicate));
			this.items.insert(3);
		});
		assertThat(this.items.ids()).containsExactly(1, 2, 3);
	}

	@Test
	void whenThereIsNoTransactionThenASavepointIsRefused() {
		assertThatExceptionOfType(IllegalTransactionStateException.class)
			.isThrownBy(() -> this.fixture.run((spec) -> spec.scope(Scope.SAVEPOINT), this::duplicate));
		assertThat(this.attempts).hasValue(0);
	}

	@Test
	void whenThereIsATransactionOfAnotherDatabaseThenASavepointIsRefused() {
		DataSource another = new SimpleDriverDataSource(new Driver(), "jdbc:h2:mem:another");
		new TransactionTemplate(new JdbcTransactionManager(another))
			.executeWithoutResult((status) -> assertThatExceptionOfType(IllegalTransactionStateException.class)
				.isThrownBy(() -> this.fixture.run((spec) -> spec.scope(Scope.SAVEPOINT), this::duplicate)));
		assertThat(this.attempts).hasValue(0);
	}

	@Test
	@DisplayName("T11: alone all of a call is there or nothing")
	void whenThereIsNoTransactionThenTheCallIsAtomic() {
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.fixture.perform((spec) -> {
		}, () -> {
			this.items.insert(2);
			this.items.note("two");
			throw new IllegalStateException("killed in between");
		}));
		assertThat(this.items.ids()).containsExactly(1);
		assertThat(this.items.notes()).isEmpty();
	}

	@Test
	@DisplayName("T11: in a transaction of the caller nothing is committed before it, and its rollback removes all")
	void whenTheCallerRollsBackThenTheCallIsUndone() {
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.fixture.inOuter(() -> {
			this.items.note("outer");
			this.fixture.perform((spec) -> {
			}, () -> this.items.insert(2));
			assertThat(this.items.ids()).containsExactly(1);
			throw new IllegalStateException("the caller changed its mind");
		}));
		assertThat(this.items.ids()).containsExactly(1);
		assertThat(this.items.notes()).isEmpty();
	}

	private void insertAround(Scope scope) throws Throwable {
		this.fixture.inOuter(() -> {
			this.items.insert(2);
			String result = this.fixture.<String>run((spec) -> spec.scope(scope).defaultValue("default"),
					this::duplicate);
			assertThat(result).isEqualTo("default");
			if (this.kind != TestDatabase.POSTGRESQL || scope == Scope.AUTO) {
				this.items.insert(3);
			}
		});
	}

	private String duplicate() {
		this.attempts.incrementAndGet();
		this.items.insert(1);
		return "inserted";
	}

}
