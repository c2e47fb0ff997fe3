package io.dbop.database;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.UnexpectedRollbackException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Work in a transaction, by the handle. */
@EachDatabase(also = TestDatabase.HSQLDB)
class TransactionTests {

	private final HandleFixture fixture;

	private final Database db;

	TransactionTests(DatabaseInstance instance) {
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
	void whenTheWorkSucceedsThenItsResultIsReturnedAndItIsCommitted() {
		int added = this.db.inTransaction((tx) -> {
			add(tx, 1);
			return tx.sql("INSERT INTO [item] VALUES (?)").param(2).update();
		});
		assertThat(added).isOne();
		assertThat(count()).isEqualTo(2);
	}

	@Test
	@DisplayName("T1 a failure of which the server has not heard leaves the transaction as it is")
	void whenAStatementNeverReachedTheServerThenTheTransactionStands() {
		assumeThat(this.fixture.kind()).as("a driver that takes what is missing for NULL")
			.isNotEqualTo(TestDatabase.SQLITE);
		this.db.inTransaction((tx) -> {
			add(tx, 1);
			assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> this.db.jdbcTemplate().update("INSERT INTO item VALUES (?)", (statement) -> {
				}));
		});
		assertThat(count()).isOne();
	}

	@Test
	void whenTheWorkFailsThenAllOfItIsRolledBack() {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.db.inTransaction((tx) -> {
			add(tx, 1);
			fail();
		}));
		assertThat(count()).isZero();
	}

	private static void fail() throws IOException {
		throw new IOException("no");
	}

	@Test
	void whenRolledBackByHandThenTheCallerGetsTheResultNonetheless() {
		String result = this.db.inTransaction((tx) -> {
			add(tx, 1);
			tx.setRollbackOnly();
			assertThat(tx.isRollbackOnly()).isTrue();
			return "result";
		});
		assertThat(result).isEqualTo("result");
		assertThat(count()).isZero();
	}

	@Test
	void whenNestedThenItTakesPartInTheOuterOne() {
		assertThatExceptionOfType(UnexpectedRollbackException.class).isThrownBy(() -> this.db.inTransaction((outer) -> {
			add(outer, 1);
			this.db.inTransaction((inner) -> {
				add(inner, 2);
				inner.setRollbackOnly();
			});
		}));
		assertThat(count()).isZero();
	}

	@Test
	void whenAFailureCanBeRepeatedThenTheWholeWorkIs() {
		AtomicInteger attempts = new AtomicInteger();
		this.db
			.<Object, RuntimeException>inTransaction(
					(spec) -> spec.retryOn(CannotAcquireLockException.class)
						.classifier((failure) -> io.dbop.failure.Classification
							.retryable(io.dbop.failure.FailureKind.DEADLOCK, io.dbop.failure.Redo.TRANSACTION)),
					(tx) -> {
						add(tx, 1);
						if (attempts.incrementAndGet() < 3) {
							throw new CannotAcquireLockException("made up");
						}
						return attempts;
					});
		assertThat(attempts).hasValue(3);
		assertThat(count()).isOne();
	}

	private static void add(DatabaseTransaction tx, int id) {
		tx.sql("INSERT INTO [item] VALUES (?)").param(id).update();
	}

	private int count() {
		return this.db.sql("SELECT COUNT(*) FROM [item]").single(Integer.class);
	}

}
