package io.dbop.execution;

import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * SQLite: a transaction that has read what another one has changed since cannot write.
 */
@EachDatabase(TestDatabase.SQLITE)
class StaleSnapshotTests {

	private final EngineFixture fixture;

	private final Items items;

	private final JdbcTemplate other;

	private final AtomicInteger attempts = new AtomicInteger();

	StaleSnapshotTests(DatabaseInstance database) {
		this.fixture = EngineFixture.inRealTime(database);
		this.items = new Items(database, this.fixture.jdbc).with(1);
		this.fixture.jdbc.queryForList("select 1");
		this.other = new JdbcTemplate(database.dataSource());
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	@DisplayName("T5: the whole transaction is run again, and succeeds on attempt 2")
	void whenItsSnapshotIsStaleThenTheWholeTransactionIsRunAgain() throws Throwable {
		// Declared as read-only it does not take the write lock when it begins.
		this.fixture.perform((spec) -> spec.named("upgrade").readOnly(), this::readThenWrite);
		assertThat(this.attempts).hasValue(2);
		assertThat(this.items.amount(1)).isEqualTo(11);
		assertThat(this.fixture.statistics("upgrade").retries()).isOne();
	}

	@Test
	@DisplayName("T5: in an outer transaction the failure is the owner's, however the step is scoped")
	void whenTheSnapshotIsTheCallersThenTheStepIsNotRepeated() {
		TransactionTemplate deferred = new TransactionTemplate(this.fixture.transactionManager);
		deferred.setReadOnly(true);
		assertThatExceptionOfType(UnexpectedRollbackException.class)
			.isThrownBy(() -> EngineFixture.inTransaction(deferred, () -> {
				assertThatExceptionOfType(UncategorizedSQLException.class)
					.isThrownBy(() -> this.fixture.perform((spec) -> {
					}, this::readThenWrite))
					.withMessageContaining("SQLITE_BUSY_SNAPSHOT");
			}));
		assertThat(this.attempts).hasValue(1);
		assertThat(this.items.amount(1)).isEqualTo(10);
	}

	@Test
	@DisplayName("T5: a transaction that may write takes the lock when it begins, so that nobody gets in between")
	void whenTheTransactionMayWriteThenItsSnapshotDoesNotGetStale() throws Throwable {
		this.fixture.perform((spec) -> {
		}, () -> {
			this.attempts.incrementAndGet();
			int before = read();
			this.other.execute("pragma busy_timeout = 50");
			assertThatExceptionOfType(UncategorizedSQLException.class).isThrownBy(this::interfere)
				.withMessageContaining("SQLITE_BUSY");
			this.fixture.jdbc.update("update item set amount = ? where id = 1", before + 1);
		});
		assertThat(this.attempts).hasValue(1);
		assertThat(this.items.amount(1)).isOne();
	}

	private void readThenWrite() {
		int before = read();
		if (this.attempts.incrementAndGet() == 1) {
			interfere();
		}
		this.fixture.jdbc.update("update item set amount = ? where id = 1", before + 1);
	}

	private int read() {
		return this.fixture.jdbc.queryForObject("select amount from item where id = 1", Integer.class);
	}

	private void interfere() {
		this.other.update("update item set amount = amount + 10 where id = 1");
	}

}
