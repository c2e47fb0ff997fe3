package io.dbop.execution;

import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.OnOneNode;
import io.dbop.test.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Transaction managers that are stricter than usual. */
@EachDatabase({ TestDatabase.H2, TestDatabase.POSTGRESQL })
class ManagerKindsTests {

	private final DatabaseInstance database;

	private final EngineFixture fixture;

	private final Items items;

	private final AtomicInteger attempts = new AtomicInteger();

	ManagerKindsTests(DatabaseInstance database) {
		this.database = database;
		this.fixture = EngineFixture.inRealTime(database);
		this.items = new Items(database, this.fixture.jdbc).with(1);
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void whenTheManagerAllowsNoSavepointsThenACallTakesPart() throws Throwable {
		this.fixture.transactionManager.setNestedTransactionAllowed(false);
		this.fixture.inOuter(() -> this.fixture.perform((spec) -> {
		}, () -> this.items.note("inside")));
		assertThat(this.items.notes()).containsExactly("inside");
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	void whenTheManagerAllowsNoSavepointsThenAFailureIsTheOwners() throws Throwable {
		this.fixture.transactionManager.setNestedTransactionAllowed(false);
		try (HeldLock lock = HeldLock.on(this.database, 1)) {
			assertThatExceptionOfType(UnexpectedRollbackException.class).isThrownBy(() -> this.fixture.inOuter(() -> {
				this.items.note("outer");
				assertThat(catchThrowable(() -> this.fixture.perform((spec) -> {
				}, () -> {
					this.attempts.incrementAndGet();
					this.items.lockNow(1);
				}))).isInstanceOf(DataAccessException.class);
			}));
		}
		assertThat(this.attempts).hasValue(1);
		assertThat(this.items.notes()).isEmpty();
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	void whenNobodyKnowsWhatStandsBehindTheManagerThenAFailureIsTheOwners() throws Throwable {
		PlatformTransactionManager manager = new Wrapper(this.fixture.transactionManager);
		DatabaseEngine engine = new DatabaseEngine(this.fixture.pool, () -> manager, EngineFixture.QUICK, null,
				DatabaseEngine.Extensions.none());
		try (HeldLock lock = HeldLock.on(this.database, 1)) {
			assertThatExceptionOfType(UnexpectedRollbackException.class).isThrownBy(() -> this.fixture
				.inOuter(() -> assertThat(catchThrowable(() -> EngineFixture.perform(engine, (spec) -> {
				}, () -> {
					this.attempts.incrementAndGet();
					this.items.lockNow(1);
				}))).isInstanceOf(DataAccessException.class)));
		}
		assertThat(this.attempts).hasValue(1);
	}

	@Test
	void whenTheManagerValidatesThenAReaderTakesPartInAReadOnlyTransaction() throws Throwable {
		this.fixture.transactionManager.setValidateExistingTransaction(true);
		this.fixture.outer.setReadOnly(true);
		DefaultTransactionAttribute attribute = new DefaultTransactionAttribute();
		attribute.setReadOnly(true);
		this.fixture.inOuter(() -> this.fixture.perform((spec) -> spec.managedBy(attribute).readOnly(),
				ManagedWork.advised(this.fixture.transactionManager, attribute, this.attempts::incrementAndGet)));
		assertThat(this.attempts).hasValue(1);
	}

	private record Wrapper(PlatformTransactionManager target) implements PlatformTransactionManager {

		@Override
		public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
			return this.target.getTransaction(definition);
		}

		@Override
		public void commit(TransactionStatus status) {
			this.target.commit(status);
		}

		@Override
		public void rollback(TransactionStatus status) {
			this.target.rollback(status);
		}

	}

}
