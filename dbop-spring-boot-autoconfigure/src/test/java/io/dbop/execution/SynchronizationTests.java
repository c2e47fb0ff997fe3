package io.dbop.execution;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.OnOneNode;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.event.TransactionalApplicationListener;
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** What is to happen after a commit happens once, for the attempt that was committed. */
@OnOneNode(OnOneNode.LOCKS)
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class SynchronizationTests {

	private final DatabaseInstance database;

	private final EngineFixture fixture;

	private final Items items;

	private final GenericApplicationContext context = new GenericApplicationContext();

	private final AtomicInteger attempts = new AtomicInteger();

	private final List<String> events = new ArrayList<>();

	SynchronizationTests(DatabaseInstance database) {
		this.database = database;
		this.fixture = EngineFixture.inRealTime(database);
		this.items = new Items(database, this.fixture.jdbc).with(1);
	}

	@BeforeEach
	void listen() {
		this.context.addApplicationListener(TransactionalApplicationListener
			.forPayload((String payload) -> this.events.add("event of " + payload)));
		this.context.refresh();
	}

	@AfterEach
	void close() {
		this.context.close();
		this.fixture.close();
	}

	@Test
	void whenTheTransactionIsItsOwnThenTheyFireOnce() throws Throwable {
		this.fixture.perform((spec) -> {
		}, this::work);
		assertThat(this.events).containsExactly("rolled back attempt 1", "committed attempt 2", "event of attempt 2");
	}

	@Test
	void whenAtASavepointThenTheyFireOnceAfterTheOuterCommit() throws Throwable {
		this.fixture.inOuter(() -> {
			this.fixture.perform((spec) -> {
			}, this::work);
			assertThat(this.events).isEmpty();
		});
		assertThat(this.events).containsExactlyInAnyOrder("committed attempt 2", "event of attempt 2",
				"rolled back attempt 1");
	}

	@Test
	void whenSpringManagesTheAttemptsThenTheyFireOnceAfterTheOuterCommit() throws Throwable {
		for (Propagation propagation : List.of(Propagation.REQUIRED, Propagation.NESTED)) {
			this.attempts.set(0);
			this.events.clear();
			DefaultTransactionAttribute attribute = new DefaultTransactionAttribute(propagation.value());
			this.fixture.inOuter(() -> this.fixture.perform((spec) -> spec.managedBy(attribute),
					ManagedWork.advised(this.fixture.transactionManager, attribute, this::work)));
			assertThat(this.events).as(propagation.name())
				.containsExactlyInAnyOrder("committed attempt 2", "event of attempt 2", "rolled back attempt 1");
		}
	}

	@Test
	void whenTheStepIsGivenUpThenItsPartOfTheOuterTransactionWasRolledBack() throws Throwable {
		this.fixture.inOuter(() -> {
			assertThat(catchThrowable(
					() -> this.fixture.perform((spec) -> spec.maxRetries(0).scope(Scope.SAVEPOINT), this::work)))
				.isNotNull();
			register("outer");
		});
		assertThat(this.events).containsExactly("committed outer", "rolled back attempt 1");
	}

	@Test
	void whenTheStepHasCaughtTheFailureOfItsTransactionThenItsPartWasRolledBack() throws Throwable {
		this.fixture.inOuter(() -> {
			this.items.note("caller");
			assertThat(catchThrowable(() -> this.fixture.perform((spec) -> {
			}, () -> {
				register("step");
				this.items.note("step");
				catchThrowable(() -> this.fixture.inOuter(() -> {
					throw new IllegalStateException("business");
				}));
			}))).isInstanceOf(UnexpectedRollbackException.class);
		});
		assertThat(this.items.notes()).containsExactly("caller");
		assertThat(this.events).containsExactly("rolled back step");
	}

	@Test
	void whenAnUndoneAttemptTookAnotherConnectionThenItIsGivenBack() throws Throwable {
		try (HikariDataSource other = new HikariDataSource()) {
			other.setDataSource(this.database.dataSource());
			this.fixture.inOuter(() -> this.fixture.perform((spec) -> {
			}, () -> {
				read(other);
				work();
			}));
			assertThat(this.attempts).hasValue(2);
			assertThat(other.getHikariPoolMXBean().getActiveConnections()).isZero();
		}
		assertThat(this.fixture.hikari.getHikariPoolMXBean().getActiveConnections()).isZero();
	}

	private static void read(DataSource dataSource) {
		new JdbcTemplate(dataSource).queryForList("select id from item");
	}

	private void work() throws SQLException {
		String attempt = "attempt " + this.attempts.incrementAndGet();
		register(attempt);
		this.context.publishEvent(attempt);
		if (this.attempts.get() == 1) {
			try (HeldLock lock = HeldLock.on(this.database, 1)) {
				this.items.lockNow(1);
			}
		}
	}

	private void register(String what) {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCommit() {
				SynchronizationTests.this.events.add("committed " + what);
			}

			@Override
			public void afterCompletion(int status) {
				if (status != STATUS_COMMITTED) {
					SynchronizationTests.this.events.add("rolled back " + what);
				}
			}

		});
	}

}
