package io.dbop.execution;

import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.OnOneNode;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Functions that write, called by a query. */
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class SelectedFunctionTests {

	private final DatabaseInstance database;

	private final EngineFixture fixture;

	private final Items items;

	private final TransactionTemplate inner;

	private final AtomicInteger attempts = new AtomicInteger();

	SelectedFunctionTests(DatabaseInstance database) {
		this.database = database;
		this.fixture = EngineFixture.inRealTime(database);
		this.items = new Items(database, this.fixture.jdbc).with(1);
		new JdbcTemplate(database.dataSource()).execute((database.database() == TestDatabase.POSTGRESQL)
				? "create function write_note(varchar) returns integer language sql as "
						+ "'insert into note (text) values ($1); select 1'"
				: "create function write_note(given varchar(40)) returns integer deterministic modifies sql data "
						+ "begin insert into note (text) values (given); return 1; end");
		this.inner = new TransactionTemplate(this.fixture.transactionManager);
		this.inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	void whenItsTransactionInsideWasCommittedThenTheCallIsNotRepeated() throws Exception {
		try (HeldLock lock = HeldLock.on(this.database, 1)) {
			assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> this.fixture.perform((spec) -> spec.named("outer"), () -> {
					inside("select write_note('inner')");
					failOnce(lock);
				}));
		}
		assertThat(this.attempts).hasValue(1);
		assertThat(this.items.notes()).containsExactly("inner");
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	void whenItCommittedByItselfThenTheCallIsNotRepeated() throws Exception {
		try (HeldLock lock = HeldLock.on(this.database, 1)) {
			assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> this.fixture.perform((spec) -> spec.scope(Scope.NONE), () -> {
					this.fixture.jdbc.queryForList("select write_note('single')");
					failOnce(lock);
				}));
		}
		assertThat(this.attempts).hasValue(1);
		assertThat(this.items.notes()).containsExactly("single");
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	void whenItsTransactionIsUndoneThenTheCallIsRepeated() throws Throwable {
		try (HeldLock lock = HeldLock.on(this.database, 1)) {
			this.fixture.perform((spec) -> spec.named("outer"), () -> {
				this.fixture.jdbc.queryForList("select write_note('own')");
				failOnce(lock);
			});
		}
		assertThat(this.attempts).hasValue(2);
		assertThat(this.items.notes()).containsExactly("own");
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	void whenTheFunctionsAreTheUsualOnesThenTheCallIsRepeated() throws Throwable {
		try (HeldLock lock = HeldLock.on(this.database, 1)) {
			this.fixture.perform((spec) -> spec.named("outer"), () -> {
				inside("select count(*), coalesce(max(amount), 0), lower('A'), now() from item where id in (1, 2)");
				failOnce(lock);
			});
		}
		assertThat(this.attempts).hasValue(2);
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	void whenTheTransactionInsideIsReadOnlyThenTheCallIsRepeated() throws Throwable {
		new JdbcTemplate(this.database.dataSource()).execute((this.database.database() == TestDatabase.POSTGRESQL)
				? "create function look(integer) returns integer language sql as 'select $1'"
				: "create function look(given integer) returns integer deterministic return given");
		this.inner.setReadOnly(true);
		try (HeldLock lock = HeldLock.on(this.database, 1)) {
			this.fixture.perform((spec) -> spec.named("outer"), () -> {
				inside("select look(1)");
				failOnce(lock);
			});
		}
		assertThat(this.attempts).hasValue(2);
	}

	private void inside(String sql) {
		this.inner.executeWithoutResult((status) -> this.fixture.jdbc.queryForList(sql));
	}

	private void failOnce(HeldLock lock) throws Exception {
		if (this.attempts.incrementAndGet() == 2) {
			lock.close();
		}
		this.items.lockNow(1);
	}

}
