package io.dbop.execution;

import java.util.ArrayList;
import java.util.List;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.OnOneNode;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Hooks run inside the scope of each attempt. */
@EachDatabase({ TestDatabase.H2, TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class PreAttemptTests {

	private final DatabaseInstance database;

	private final EngineFixture fixture;

	private final Items items;

	private final List<Integer> prepared = new ArrayList<>();

	PreAttemptTests(DatabaseInstance database) {
		this.database = database;
		this.fixture = EngineFixture.inRealTime(database);
		this.items = new Items(database, this.fixture.jdbc).with(1);
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	@DisplayName("R6: the hook is called once per attempt, in its transaction, before the work")
	void whenRetriedThenTheHookRunsOncePerAttemptInsideTheScope() throws Throwable {
		List<String> order = new ArrayList<>();
		try (HeldLock lock = HeldLock.on(this.database, 1)) {
			this.fixture.perform((spec) -> spec.preAttempt((context) -> {
				assertThat(TransactionSynchronizationManager.isActualTransactionActive()).isTrue();
				order.add("hook " + context.attempt());
			}), () -> {
				order.add("work");
				if (order.size() == 4) {
					lock.close();
				}
				this.items.lockNow(1);
			});
		}
		assertThat(order).containsExactly("hook 1", "work", "hook 2", "work");
	}

	@OnOneNode(OnOneNode.LOCKS)
	@Test
	@DisplayName("R6: a hook that fails rolls the attempt back, and the next attempt calls it again")
	void whenTheHookFailsThenTheAttemptIsRolledBackAndRetried() throws Throwable {
		try (HeldLock lock = HeldLock.on(this.database, 1)) {
			this.fixture.perform((spec) -> spec.preAttempt((context) -> {
				this.prepared.add(context.attempt());
				this.items.note("attempt " + context.attempt());
				if (context.attempt() == 2) {
					lock.close();
				}
				this.items.lockNow(1);
			}), () -> {
			});
		}
		assertThat(this.prepared).containsExactly(1, 2);
		assertThat(this.items.notes()).containsExactly("attempt 2");
	}

	@Test
	@DisplayName("R6: a hook that fails for good fails the call, the work is not done")
	void whenTheHookFailsForGoodThenTheWorkIsNotDone() {
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> this.fixture.run((spec) -> spec.preAttempt((context) -> {
				this.items.note("hook");
				throw new IllegalStateException("not ready");
			}), () -> {
				throw new AssertionError("the work must not run");
			}));
		assertThat(this.items.notes()).isEmpty();
	}

	@Test
	@DisplayName("R6: the hook has the connection of the attempt")
	void whenTheHookUsesTheDataSourceOfTheContextThenItIsTheAttemptsConnection() throws Throwable {
		this.fixture.perform((spec) -> spec.preAttempt(
				(context) -> new JdbcTemplate(context.dataSource()).update("insert into note (text) values ('hook')")),
				() -> {
					assertThat(this.fixture.jdbc.queryForObject("select count(*) from note", Integer.class)).isOne();
					assertThat(this.items.notes()).isEmpty();
				});
		assertThat(this.items.notes()).containsExactly("hook");
	}

}
