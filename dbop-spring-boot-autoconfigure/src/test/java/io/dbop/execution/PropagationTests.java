package io.dbop.execution;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.OnOneNode;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What becomes of a method with {@code @Transactional} whose first attempt fails, by its
 * propagation, without a transaction of the caller and with one.
 */
@OnOneNode(OnOneNode.LOCKS)
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class PropagationTests {

	private final DatabaseInstance database;

	private final EngineFixture fixture;

	private final Items items;

	private final AtomicInteger attempts = new AtomicInteger();

	PropagationTests(DatabaseInstance database) {
		this.database = database;
		this.fixture = EngineFixture.inRealTime(database);
		this.items = new Items(database, this.fixture.jdbc).with(1);
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void whenRequiredAloneThenEachAttemptHasATransactionOfItsOwn() throws Throwable {
		run(Propagation.REQUIRED);
		assertThat(this.items.notes()).containsExactly("attempt 2");
	}

	@Test
	void whenRequiredInATransactionThenEachAttemptHasASavepoint() throws Throwable {
		runInOuter(Propagation.REQUIRED);
		assertThat(this.items.notes()).containsExactly("attempt 2", "outer");
	}

	@Test
	void whenRequiresNewAloneThenEachAttemptHasATransactionOfItsOwn() throws Throwable {
		run(Propagation.REQUIRES_NEW);
		assertThat(this.items.notes()).containsExactly("attempt 2");
	}

	@Test
	void whenRequiresNewInATransactionThenEachAttemptHasATransactionBesideIt() {
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.fixture.inOuter(() -> {
			this.items.note("outer");
			run(Propagation.REQUIRES_NEW);
			throw new IllegalStateException("the outer one is rolled back");
		}));
		assertThat(this.items.notes()).containsExactly("attempt 2");
	}

	@Test
	void whenNestedAloneThenEachAttemptHasATransactionOfItsOwn() throws Throwable {
		run(Propagation.NESTED);
		assertThat(this.items.notes()).containsExactly("attempt 2");
	}

	@Test
	void whenNestedInATransactionThenEachAttemptHasSpringsSavepoint() throws Throwable {
		runInOuter(Propagation.NESTED);
		assertThat(this.items.notes()).containsExactly("attempt 2", "outer");
	}

	@Test
	void whenMandatoryAloneThenItIsRefused() {
		assertThatExceptionOfType(IllegalTransactionStateException.class).isThrownBy(() -> run(Propagation.MANDATORY));
		assertThat(this.attempts).hasValue(0);
	}

	@Test
	void whenMandatoryInATransactionThenEachAttemptHasASavepoint() throws Throwable {
		runInOuter(Propagation.MANDATORY);
		assertThat(this.items.notes()).containsExactly("attempt 2", "outer");
	}

	@Test
	void whenSupportsAloneThenWhatStandsIsNotRepeated() {
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> run(Propagation.SUPPORTS));
		assertThat(this.items.notes()).containsExactly("attempt 1");
	}

	@Test
	void whenSupportsInATransactionThenEachAttemptHasASavepoint() throws Throwable {
		runInOuter(Propagation.SUPPORTS);
		assertThat(this.items.notes()).containsExactly("attempt 2", "outer");
	}

	@Test
	void whenNotSupportedAloneThenWhatStandsIsNotRepeated() {
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> run(Propagation.NOT_SUPPORTED));
		assertThat(this.items.notes()).containsExactly("attempt 1");
	}

	@Test
	void whenNotSupportedInATransactionThenItRunsBesideItAndWhatStandsIsNotRepeated() throws Throwable {
		this.fixture.inOuter(() -> {
			this.items.note("outer");
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> run(Propagation.NOT_SUPPORTED));
		});
		assertThat(this.items.notes()).containsExactly("attempt 1", "outer");
	}

	@Test
	void whenNeverAloneThenWhatStandsIsNotRepeated() {
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> run(Propagation.NEVER));
		assertThat(this.items.notes()).containsExactly("attempt 1");
	}

	@Test
	void whenNeverInATransactionThenItIsRefusedAndTheTransactionGoesOn() throws Throwable {
		this.fixture.inOuter(() -> {
			this.items.note("outer");
			assertThatExceptionOfType(IllegalTransactionStateException.class).isThrownBy(() -> run(Propagation.NEVER));
		});
		assertThat(this.attempts).hasValue(0);
		assertThat(this.items.notes()).containsExactly("outer");
	}

	private void runInOuter(Propagation propagation) throws Throwable {
		this.fixture.inOuter(() -> {
			this.items.note("outer");
			run(propagation);
		});
	}

	private void run(Propagation propagation) throws Throwable {
		DefaultTransactionAttribute attribute = new DefaultTransactionAttribute(propagation.value());
		try (HeldLock lock = HeldLock.on(this.database, 1)) {
			EngineFixture.Action method = ManagedWork.advised(this.fixture.transactionManager, attribute,
					() -> work(lock));
			this.fixture.perform((spec) -> spec.managedBy(attribute), method);
		}
	}

	private void work(HeldLock lock) throws SQLException {
		if (this.attempts.incrementAndGet() == 2) {
			lock.close();
		}
		this.items.note("attempt " + this.attempts);
		this.items.lockNow(1);
	}

}
