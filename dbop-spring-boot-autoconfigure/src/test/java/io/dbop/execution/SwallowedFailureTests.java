package io.dbop.execution;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.failure.SqlExceptionChain;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.OnOneNode;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.WireProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Work that catches a failure which has undone its transaction, and goes on. */
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class SwallowedFailureTests {

	private final DatabaseInstance database;

	private final WireProxy proxy;

	private final EngineFixture fixture;

	private final Items items;

	private final AtomicInteger attempts = new AtomicInteger();

	SwallowedFailureTests(DatabaseInstance database) {
		this.database = database;
		this.proxy = database.proxy();
		this.fixture = EngineFixture.inRealTime(database.through(this.proxy),
				(settings) -> settings.setConnectionInitSql(DeadlockPartner.victimSettings(database.database())));
		this.items = new Items(database, this.fixture.jdbc).with(1, 2);
	}

	@AfterEach
	void close() {
		this.fixture.close();
		this.proxy.close();
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	void whenADeadlockIsCaughtThenTheTransactionIsRolledBackAndRetried() throws Throwable {
		try (DeadlockPartner partner = DeadlockPartner.in(this.database)) {
			this.fixture.perform((spec) -> spec.named("owned"), () -> carelessly(partner));
		}
		assertThat(this.attempts).hasValue(2);
		assertThat(this.items.notes()).containsExactly("attempt 2");
		assertThat(this.fixture.statistics("owned").retries()).isOne();
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	void whenSpringOwnsTheTransactionThenItIsRolledBackAndRetriedToo() throws Throwable {
		for (PlatformTransactionManager manager : managers()) {
			TransactionTemplate template = new TransactionTemplate(manager);
			this.attempts.set(0);
			try (DeadlockPartner partner = DeadlockPartner.in(this.database)) {
				this.fixture.perform((spec) -> spec.managedBy(new DefaultTransactionAttribute()),
						() -> EngineFixture.inTransaction(template, () -> carelessly(partner)));
			}
			assertThat(this.attempts).hasValue(2);
			assertThat(this.items.notes()).containsOnly("attempt 2");
		}
		assertThat(this.items.notes()).hasSize(2);
	}

	@Test
	void whenTheFailureIsPermanentThenTheCallerGetsIt() {
		Throwable thrown = catchThrowable(() -> this.fixture.perform((spec) -> {
		}, () -> {
			this.attempts.incrementAndGet();
			this.items.note("before");
			catchThrowable(() -> this.items.insert(1));
		}));
		assertThat(this.attempts).hasValue(1);
		if (this.database.database() == TestDatabase.POSTGRESQL) {
			assertThat(states(thrown)).contains("25P02", "23505");
			assertThat(this.items.notes()).isEmpty();
			assertThat(this.proxy.traffic().statements()).contains("ROLLBACK").doesNotContain("COMMIT");
		}
		else {
			assertThat(thrown).isNull();
			assertThat(this.items.notes()).containsExactly("before");
		}
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	void whenCaughtAtASavepointThenTheAttemptIsUndoneToItAndTheOuterWorkSurvives() throws Throwable {
		if (this.database.database() != TestDatabase.POSTGRESQL) {
			return;
		}
		try (DeadlockPartner partner = DeadlockPartner.in(this.database)) {
			this.fixture.inOuter(() -> {
				this.items.note("outer");
				this.fixture.perform((spec) -> spec.named("step"), () -> carelessly(partner));
			});
		}
		assertThat(this.attempts).hasValue(2);
		assertThat(this.items.notes()).containsExactly("attempt 2", "outer");
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	void whenANestedCallAnswersADeadlockWithItsDefaultThenNothingUndoneIsCommitted() throws Throwable {
		boolean savepointSurvives = this.database.database() == TestDatabase.POSTGRESQL;
		AtomicInteger owner = new AtomicInteger();
		try (DeadlockPartner partner = DeadlockPartner.in(this.database)) {
			this.fixture.perform((spec) -> spec.named("owner"), () -> {
				this.items.note("owner " + owner.incrementAndGet());
				this.fixture.perform((spec) -> spec.named("step").defaultValue("default"),
						() -> partner.embrace(this.items, this.attempts.incrementAndGet()));
			});
		}
		assertThat(this.attempts).hasValue(2);
		assertThat(owner).hasValue(savepointSurvives ? 1 : 2);
		assertThat(this.items.notes()).containsExactly("owner " + owner);
		assertThat(this.items.amount(1)).isOne();
	}

	@Test
	void whenANestedCallAnswersWithItsDefaultThenTheOwnersWorkIsCommitted() throws Throwable {
		this.fixture.perform((spec) -> spec.named("owner"), () -> {
			this.items.note("owner");
			assertThat(this.fixture.<String>run((spec) -> spec.defaultValue("default"), () -> {
				this.items.note("step");
				this.items.insert(1);
				return "inserted";
			})).isEqualTo("default");
		});
		assertThat(this.items.notes()).containsExactly("owner");
	}

	@Test
	void whenRolledBackToTheCodesOwnSavepointThenTheRestIsCommitted() throws Throwable {
		this.fixture.perform((spec) -> {
		}, () -> {
			this.items.note("before");
			TransactionTemplate nested = new TransactionTemplate(this.fixture.transactionManager);
			nested.setPropagationBehavior(TransactionTemplate.PROPAGATION_NESTED);
			assertThat(catchThrowable(() -> nested.executeWithoutResult((status) -> this.items.insert(1))))
				.isInstanceOf(DataAccessException.class);
		});
		assertThat(this.items.notes()).containsExactly("before");
	}

	private List<PlatformTransactionManager> managers() {
		return List.of(new JdbcTransactionManager(this.fixture.pool.dataSource()),
				new DataSourceTransactionManager(this.fixture.pool.dataSource()));
	}

	private void carelessly(DeadlockPartner partner) throws Throwable {
		this.attempts.incrementAndGet();
		Throwable caught = catchThrowable(() -> partner.embrace(this.items, this.attempts.get()));
		if (caught == null || this.database.database() != TestDatabase.POSTGRESQL) {
			this.items.note("attempt " + this.attempts.get());
		}
	}

	private static List<String> states(Throwable thrown) {
		return SqlExceptionChain.of(thrown).stream().map(SQLException::getSQLState).toList();
	}

}
