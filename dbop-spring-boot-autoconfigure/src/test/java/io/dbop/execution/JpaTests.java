package io.dbop.execution;

import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.OnOneNode;
import io.dbop.test.TestDatabase;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Attempts with a persistence context between the code and the connection. */
@EachDatabase({ TestDatabase.H2, TestDatabase.POSTGRESQL })
class JpaTests {

	private final DatabaseInstance database;

	private final JpaFixture fixture;

	private final Items items;

	private final AtomicInteger attempts = new AtomicInteger();

	JpaTests(DatabaseInstance database) {
		this.database = database;
		this.fixture = new JpaFixture(database);
		this.items = new Items(database, this.fixture.jdbc.jdbc).with(1, 2);
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	@DisplayName("B4: a retried step uses the connection of the EntityManager")
	void whenRetriedThenJdbcAndJpaShareTheConnection() throws Throwable {
		try (HeldLock lock = HeldLock.on(this.database, 2)) {
			this.fixture.perform((spec) -> spec.named("step"), () -> {
				ItemEntity item = this.fixture.entities.find(ItemEntity.class, 1);
				item.add(1);
				this.fixture.entities.flush();
				assertThat(sessionOfJdbc()).isEqualTo(sessionOfJpa());
				failOnce(lock);
			});
		}
		assertThat(this.attempts).hasValue(2);
		assertThat(this.items.amount(1)).isOne();
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	@DisplayName("B4: after rollback and retry the persistence context holds no stale entities")
	void whenRetriedThenEntitiesAreReadAgain() throws Throwable {
		ItemEntity[] seen = new ItemEntity[2];
		try (HeldLock lock = HeldLock.on(this.database, 2)) {
			this.fixture.perform((spec) -> spec.named("step"), () -> {
				ItemEntity item = this.fixture.entities.find(ItemEntity.class, 1);
				seen[this.attempts.get()] = item;
				if (this.attempts.get() == 1) {
					assertThat(item.amount()).isEqualTo(100);
				}
				item.add(5);
				if (this.attempts.get() == 0) {
					new JdbcTemplate(this.database.dataSource()).update("update item set amount = 100 where id = 1");
				}
				failOnce(lock);
			});
		}
		assertThat(seen[1]).isNotSameAs(seen[0]);
		assertThat(this.items.amount(1)).isEqualTo(105);
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	@DisplayName("B4: retry stands outside of the transaction that Spring manages")
	void whenSpringManagesTheTransactionThenEachAttemptHasItsOwnContext() throws Throwable {
		DefaultTransactionAttribute attribute = new DefaultTransactionAttribute();
		try (HeldLock lock = HeldLock.on(this.database, 2)) {
			this.fixture.perform((spec) -> spec.managedBy(attribute),
					ManagedWork.advised(this.fixture.transactionManager, attribute, () -> {
						this.fixture.entities.find(ItemEntity.class, 1).add(1);
						this.fixture.entities.flush();
						failOnce(lock);
					}));
		}
		assertThat(this.attempts).hasValue(2);
		assertThat(this.items.amount(1)).isOne();
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	@DisplayName("B4: in an outer JPA transaction nothing is retried, and the failure is the owner's")
	void whenTheCallerHasATransactionThenTheFailureIsItsOwners() throws Exception {
		try (HeldLock lock = HeldLock.on(this.database, 2)) {
			assertThatExceptionOfType(UnexpectedRollbackException.class).isThrownBy(() -> this.fixture.inOuter(() -> {
				this.fixture.entities.find(ItemEntity.class, 1).add(1);
				this.fixture.entities.flush();
				assertThat(catchThrowable(() -> this.fixture.perform((spec) -> spec.named("step"), () -> {
					this.attempts.incrementAndGet();
					this.items.lockNow(2);
				}))).isInstanceOf(DataAccessException.class);
			}));
		}
		assertThat(this.attempts).hasValue(1);
		assertThat(this.items.amount(1)).isZero();
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	@DisplayName("B4: an owner under the pipeline repeats the whole transaction")
	void whenTheOwnerIsRetriedThenItsStepsAreToo() throws Throwable {
		try (HeldLock lock = HeldLock.on(this.database, 2)) {
			this.fixture.perform((spec) -> spec.named("owner"), () -> {
				this.fixture.entities.find(ItemEntity.class, 1).add(1);
				this.fixture.entities.flush();
				this.fixture.perform((spec) -> spec.named("step"), () -> failOnce(lock));
			});
		}
		assertThat(this.attempts).hasValue(2);
		assertThat(this.items.amount(1)).isOne();
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	void whenTheWorkCatchesAFailureThenNothingUndoneIsCommitted() throws Throwable {
		try (HeldLock lock = HeldLock.on(this.database, 2)) {
			this.fixture.perform((spec) -> spec.named("careless"), () -> {
				this.fixture.entities.find(ItemEntity.class, 1).add(1);
				this.fixture.entities.flush();
				catchThrowable(() -> failOnce(lock));
			});
		}
		// H2 undoes only the statement.
		assertThat(this.attempts).hasValue((this.database.database() == TestDatabase.H2) ? 1 : 2);
		assertThat(this.items.amount(1)).isOne();
	}

	@Test
	void whenTheSessionIsKilledThenTheAttemptIsRetriedOnANewConnection() throws Throwable {
		this.fixture.perform((spec) -> spec.named("killed"), () -> {
			this.fixture.entities.find(ItemEntity.class, 1).add(1);
			this.fixture.entities.flush();
			if (this.attempts.getAndIncrement() == 0) {
				kill();
			}
		});
		assertThat(this.attempts).hasValue(2);
		assertThat(this.items.amount(1)).isOne();
	}

	@Test
	void whenTheSessionIsKilledAndTheRollbackFailsThenTheFirstFailureIsThrown() {
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> this.fixture.perform((spec) -> spec.named("killed"), () -> {
				this.fixture.entities.find(ItemEntity.class, 1).add(1);
				this.fixture.entities.flush();
				catchThrowable(this::kill);
				throw new IllegalStateException("business");
			}))
			.withMessage("business");
		assertThat(this.items.amount(1)).isZero();
	}

	private void failOnce(HeldLock lock) throws Exception {
		if (this.attempts.incrementAndGet() == 2) {
			lock.close();
		}
		this.items.lockNow(2);
	}

	/**
	 * Returns when the session does not answer any more, by the failure of a statement.
	 */
	private void kill() throws Exception {
		this.database.kill(new DatabaseInstance.Session(sessionOfJdbc()));
		for (int i = 0; i < 1000; i++) {
			this.fixture.jdbc.jdbc.queryForList("select id from item");
			Thread.onSpinWait();
		}
		throw new AssertionError("The session lives");
	}

	private long sessionOfJdbc() {
		return this.fixture.jdbc.jdbc
			.execute((ConnectionCallback<Long>) (connection) -> this.database.sessionOf(connection).id());
	}

	private long sessionOfJpa() {
		return this.fixture.entities.unwrap(Session.class)
			.doReturningWork((connection) -> this.database.sessionOf(connection).id());
	}

}
