package io.dbop.database;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.execution.AttemptContext;
import io.dbop.execution.DatabaseEngine;
import io.dbop.execution.Scope;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.support.JdbcTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

/** A hook that uses the database by the handle that it is a hook of. */
@EachDatabase(TestDatabase.POSTGRESQL)
class HookByHandleTests {

	private static final String TENANT = "SELECT current_setting('app.tenant', true)";

	private final HandleFixture fixture;

	private final AtomicInteger hooked = new AtomicInteger();

	private final Database db;

	HookByHandleTests(DatabaseInstance instance) {
		this.fixture = new HandleFixture(instance, (config) -> config.poolMax(1));
		JdbcTransactionManager manager = new JdbcTransactionManager(this.fixture.pool.dataSource());
		this.db = Database
			.of(new DatabaseEngine(this.fixture.pool, () -> manager, HandleFixture.QUICK, this.fixture.breakers,
					new DatabaseEngine.Extensions(List.of(), List.of(this::byHandle), List.of(), null)));
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	private void byHandle(AttemptContext context) {
		this.hooked.incrementAndGet();
		this.db.sql("SELECT set_config('app.tenant', 'b', true)").single(String.class);
	}

	@Test
	@DisplayName("R6 a hook may use the database by us")
	void whenAHookUsesTheHandleThenItIsCalledOnceInTheSameTransaction() {
		String tenant = this.db.execute((spec) -> spec.scope(Scope.TRANSACTION),
				() -> this.db.sql(TENANT).single(String.class));
		assertThat(tenant).isEqualTo("b");
		assertThat(this.hooked).hasValueBetween(1, 2);
	}

}
