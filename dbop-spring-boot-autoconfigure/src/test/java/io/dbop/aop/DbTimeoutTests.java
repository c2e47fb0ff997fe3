package io.dbop.aop;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.DbRetry;
import io.dbop.annotation.DbTimeout;
import io.dbop.test.Applications;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

/** {@code @DbTimeout} on real databases. */
@Timeout(90)
@EachDatabase(also = TestDatabase.HSQLDB)
class DbTimeoutTests {

	private static final Duration LIMIT = Duration.ofMillis(400);

	/** What a cancel may take on a busy machine. */
	private static final Duration GRACE = Duration.ofMillis(2500);

	private final DatabaseInstance database;

	private final ConfigurableApplicationContext application;

	private final Slow slow;

	private final Seen seen;

	private final JdbcTemplate jdbc;

	DbTimeoutTests(DatabaseInstance database) {
		this.database = database;
		List<String> properties = new ArrayList<>(List.of(Applications.alias("main", database)));
		properties.add("endless=" + endless());
		properties.add("limit=400ms");
		properties.add("dbop.databases.main.pool.max=1");
		properties.add("dbop.databases.main.pool.min=1");
		properties.add("dbop.databases.main.retry.initial-delay=1ms");
		this.application = Applications.start(Beans.class, properties.toArray(String[]::new));
		this.slow = this.application.getBean(Slow.class);
		this.seen = this.application.getBean(Seen.class);
		this.jdbc = this.application.getBean(JdbcTemplate.class);
	}

	@AfterEach
	void close() {
		this.application.close();
	}

	@Test
	@DisplayName("O1: at the deadline the statement is ended, once and without a transaction")
	void whenTheTimeIsOverThenTheStatementIsEndedAndNothingIsRepeated() {
		assertEnded(this.slow::alone, LIMIT);
		assertThat(this.seen.attempts).isOne();
		assertThat(this.seen.inTransaction).isFalse();
		assertThat(this.jdbc.queryForObject("select 1", Integer.class)).isOne();
	}

	@Test
	@DisplayName("O2: an inner call does not extend the deadline of the outer one")
	void whenNestedThenTheEarlierEndHolds() {
		assertEnded(() -> this.application.getBean(Outer.class).callsWithMore(), LIMIT);
		assertEnded(() -> this.application.getBean(Outer.class).callsWithLess(), LIMIT);
	}

	@Test
	@DisplayName("O2: many statements share the one deadline")
	void whenManyStatementsRunThenTheyShareTheTime() {
		assertEnded(this.slow::many, LIMIT);
	}

	@Test
	@DisplayName("O2: of @DbTimeout and @DbRetry(totalTimeout) the smaller one holds, over all attempts")
	void whenBesideARetryThenTheSmallerLimitHolds() {
		assertEnded(this.slow::repeatedUntilTheTimeoutEndsIt, LIMIT);
		assertThat(this.seen.attempts).isGreaterThan(1);
		assertEnded(this.slow::repeatedUntilTheTotalEndsIt, LIMIT);
		assertThat(this.seen.attempts).isOne();
	}

	@Test
	void whenBesideATransactionThenItsTimeIsThatOfAnAttempt() {
		assertEnded(this.slow::inTransaction, LIMIT);
		assertThat(this.seen.attempts).isOne();
		assertThat(this.seen.inTransaction).isTrue();
		assertEnded(this.slow::inSpringsTransaction, LIMIT);
		assertThat(this.seen.attempts).isOne();
		assertThat(this.seen.inTransaction).isTrue();
	}

	@Test
	@DisplayName("O5: after a timeout in the caller's transaction it is void on PostgreSQL (25P02) until its rollback,"
			+ " and then the same connection works")
	void whenTimedOutInTheCallersTransactionThenTheConnectionWorksAfterTheRollback() {
		assumeThat(this.database.database()).isEqualTo(TestDatabase.POSTGRESQL);
		Integer session = this.jdbc.queryForObject("select pg_backend_pid()", Integer.class);
		this.application.getBean(TransactionTemplate.class).executeWithoutResult((status) -> {
			assertEnded(this.slow::alone, LIMIT);
			Throwable next = catchThrowable(() -> this.jdbc.queryForObject("select 1", Integer.class));
			assertThat(next.getCause()).isInstanceOfSatisfying(SQLException.class,
					(ex) -> assertThat(ex.getSQLState()).isEqualTo("25P02"));
			status.setRollbackOnly();
		});
		assertThat(this.jdbc.queryForObject("select pg_backend_pid()", Integer.class)).isEqualTo(session);
	}

	private void assertEnded(Runnable work, Duration limit) {
		this.seen.attempts = 0;
		long start = System.nanoTime();
		assertThat(catchThrowable(work::run)).isInstanceOf(DataAccessException.class);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(limit.minusMillis(50), limit.plus(GRACE));
	}

	private String endless() {
		return switch (this.database.database()) {
			case HSQLDB -> this.database.sleepSql(LIMIT);
			case SQLITE -> "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n";
			case H2 -> "select max(a.x + b.x) from system_range(1, 1000000) a, system_range(1, 1000000) b";
			case POSTGRESQL -> "select max(a + b) from generate_series(1, 1000000) a, generate_series(1, 1000000) b";
			case MARIADB, MYSQL -> "select 40 + sleep(20) from (select 1 union all select 2) two";
		};
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Seen.class, Slow.class, Outer.class })
	static class Beans {

	}

	/** What the work saw, apart from it, since a proxy has fields of its own. */
	static class Seen {

		int attempts;

		boolean inTransaction;

	}

	static class Slow {

		private final JdbcTemplate jdbc;

		private final String endless;

		private final Seen seen;

		Slow(Seen seen, JdbcTemplate jdbc, @Value("${endless}") String endless) {
			this.seen = seen;
			this.jdbc = jdbc;
			this.endless = endless;
		}

		@DbTimeout("${limit}")
		public void alone() {
			work();
		}

		@DbTimeout("30s")
		public void patient() {
			work();
		}

		@DbTimeout("400ms")
		public void many() {
			while (true) {
				this.jdbc.queryForObject("select 1", Integer.class);
			}
		}

		@DbRetry(attemptTimeout = "150ms", maxRetries = 20, totalTimeout = "30s")
		@DbTimeout(timeout = "400ms")
		public void repeatedUntilTheTimeoutEndsIt() {
			work();
		}

		@DbRetry(totalTimeout = "400ms")
		@DbTimeout
		public void repeatedUntilTheTotalEndsIt() {
			work();
		}

		@AutoTransaction(timeout = "400ms")
		@DbTimeout("30s")
		public void inTransaction() {
			work();
		}

		@Transactional
		@DbTimeout("400ms")
		public void inSpringsTransaction() {
			work();
		}

		private void work() {
			this.seen.attempts++;
			this.seen.inTransaction = TransactionSynchronizationManager.isActualTransactionActive();
			this.jdbc.execute(this.endless);
		}

	}

	static class Outer {

		private final Slow slow;

		Outer(Slow slow) {
			this.slow = slow;
		}

		@DbTimeout("400ms")
		public void callsWithMore() {
			this.slow.patient();
		}

		@DbTimeout("30s")
		public void callsWithLess() {
			this.slow.alone();
		}

	}

}
