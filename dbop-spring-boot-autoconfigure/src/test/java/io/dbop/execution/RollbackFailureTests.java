package io.dbop.execution;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.CutPoint;
import io.dbop.test.wire.WireProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** The rollback fails as well: it must not stand in for the failure that it follows. */
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class RollbackFailureTests {

	private final WireProxy proxy;

	private final EngineFixture fixture;

	private final Items items;

	private final List<PlatformTransactionManager> managers;

	private final AtomicInteger attempts = new AtomicInteger();

	RollbackFailureTests(DatabaseInstance database) {
		this.proxy = database.proxy();
		this.fixture = EngineFixture.inRealTime(database.through(this.proxy));
		this.items = new Items(database, this.fixture.jdbc).with(1);
		this.managers = List.of(this.fixture.transactionManager,
				new DataSourceTransactionManager(this.fixture.pool.dataSource()));
	}

	@AfterEach
	void close() {
		this.fixture.close();
		this.proxy.close();
	}

	@Test
	void whenTheConnectionBreaksAtTheRollbackThenTheBusinessExceptionIsThrown() {
		IllegalStateException business = new IllegalStateException("business");
		EngineFixture.Action work = () -> {
			this.attempts.incrementAndGet();
			this.items.note("undone");
			throw business;
		};
		breakRollback();
		assertThat(catchThrowable(() -> own(0, work))).isSameAs(business);
		for (PlatformTransactionManager manager : this.managers) {
			breakRollback();
			assertThat(catchThrowable(() -> managed(manager, 0, work))).isSameAs(business);
		}
		assertThat(this.proxy.statementCuts(CutPoint.BEFORE_SERVER)).isEqualTo(3);
		assertThat(this.attempts).hasValue(3);
		assertThat(this.items.notes()).isEmpty();
	}

	@Test
	void whenTheConnectionBreaksInAStatementThenItsFailureIsThrown() {
		breakUpdate();
		assertThat(catchThrowable(() -> own(0, this::update))).isInstanceOf(DataAccessException.class)
			.hasMessageContaining("update item");
		for (PlatformTransactionManager manager : this.managers) {
			breakUpdate();
			assertThat(catchThrowable(() -> managed(manager, 0, this::update))).isInstanceOf(DataAccessException.class)
				.hasMessageContaining("update item");
		}
		assertThat(this.items.amount(1)).isZero();
	}

	@Test
	void whenTheConnectionBreaksInAStatementThenTheAttemptIsRetriedOnANewOne() throws Throwable {
		for (PlatformTransactionManager manager : this.managers) {
			breakUpdate();
			managed(manager, 3, this::update);
		}
		assertThat(this.attempts).hasValue(4);
		assertThat(this.items.amount(1)).isEqualTo(2);
	}

	@Test
	void whenTheConnectionBreaksAtTheCommitThenTheDoubtIsReportedThoughTheRollbackFailsToo() {
		int rows = 0;
		for (PlatformTransactionManager manager : this.managers) {
			this.proxy.cutNextCommit(CutPoint.BEFORE_ANSWER);
			Throwable thrown = catchThrowable(() -> managed(manager, 3, () -> {
				this.attempts.incrementAndGet();
				this.items.note("once");
			}));
			assertThat(thrown).isInstanceOf(CommitOutcomeUnknownException.class);
			assertThat(this.items.notes()).hasSize(++rows);
			assertThat(this.attempts).hasValue(rows);
		}
	}

	private void breakRollback() {
		this.proxy.cutNext("rollback"::equalsIgnoreCase, CutPoint.BEFORE_SERVER);
	}

	private void breakUpdate() {
		this.proxy.cutNext((sql) -> sql.startsWith("update"), CutPoint.BEFORE_SERVER);
	}

	private void update() {
		this.attempts.incrementAndGet();
		this.items.add(1);
	}

	private void own(int retries, EngineFixture.Action work) throws Throwable {
		this.fixture.perform((spec) -> spec.maxRetries(retries), work);
	}

	private void managed(PlatformTransactionManager manager, int retries, EngineFixture.Action work) throws Throwable {
		DefaultTransactionAttribute attribute = new DefaultTransactionAttribute();
		this.fixture.perform((spec) -> spec.maxRetries(retries).managedBy(attribute),
				ManagedWork.advised(manager, attribute, work));
	}

}
