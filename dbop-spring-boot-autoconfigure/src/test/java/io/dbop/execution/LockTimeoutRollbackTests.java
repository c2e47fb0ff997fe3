package io.dbop.execution;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.RestartableServer;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.dao.DataAccessException;
import org.springframework.transaction.UnexpectedRollbackException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Servers that undo the whole transaction when one has waited too long for a lock. */
class LockTimeoutRollbackTests {

	@ParameterizedTest
	@EnumSource(names = { "MARIADB", "MYSQL" })
	void whenALockIsNotGrantedThenTheWholeTransactionCountsAsUndone(TestDatabase kind) throws Throwable {
		try (RestartableServer server = started(kind)) {
			for (DatabaseInstance database : server.freshDatabase().drivers()) {
				new Scenario(database).run();
			}
		}
	}

	private static RestartableServer started(TestDatabase kind) {
		try {
			RestartableServer server = RestartableServer.of(kind, "--innodb-rollback-on-timeout=ON");
			server.start();
			return server;
		}
		catch (UncheckedIOException ex) {
			return Assumptions.abort(ex.getMessage());
		}
	}

	/** What is done through one of the drivers. */
	private static final class Scenario {

		private final DatabaseInstance database;

		private final AtomicInteger attempts = new AtomicInteger();

		Scenario(DatabaseInstance database) {
			this.database = database;
		}

		void run() throws Throwable {
			try (EngineFixture fixture = EngineFixture.inRealTime(this.database,
					(settings) -> settings.setConnectionInitSql("set session innodb_lock_wait_timeout = 1"))) {
				fixture.jdbc.execute("drop table if exists item, note");
				Items items = new Items(this.database, fixture.jdbc).with(1);
				swallow(fixture, items);
				failAtASavepoint(fixture, items);
			}
		}

		/** What went before the failure is lost, so that what comes after must be too. */
		private void swallow(EngineFixture fixture, Items items) throws Throwable {
			try (HeldLock lock = HeldLock.on(this.database, 1)) {
				fixture.perform((spec) -> spec.named("careless"), () -> {
					items.note("before " + this.attempts.incrementAndGet());
					if (this.attempts.get() == 2) {
						lock.close();
					}
					catchThrowable(() -> items.add(1));
					catchThrowable(() -> items.note("after " + this.attempts));
				});
			}
			assertThat(items.notes()).isEqualTo(List.of("after 2", "before 2"));
			assertThat(items.amount(1)).isOne();
		}

		private void failAtASavepoint(EngineFixture fixture, Items items) throws Exception {
			this.attempts.set(0);
			try (HeldLock lock = HeldLock.on(this.database, 1)) {
				assertThatExceptionOfType(UnexpectedRollbackException.class).isThrownBy(() -> fixture.inOuter(() -> {
					items.note("outer");
					assertThat(catchThrowable(() -> fixture.perform((spec) -> spec.named("step"), () -> {
						this.attempts.incrementAndGet();
						items.add(1);
					}))).isInstanceOf(DataAccessException.class);
				}));
			}
			assertThat(this.attempts).hasValue(1);
			assertThat(items.notes()).doesNotContain("outer");
		}

	}

}
