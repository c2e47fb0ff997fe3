package io.dbop.execution;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.dbop.pool.AttemptLedger;
import io.dbop.pool.CancelSignal;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.OwnThreads;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.WireProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * Cancels that hit a BEGIN. PostgreSQL's driver sends it along with the first statement,
 * and the server executes that one all the same: by itself, so that it is committed.
 */
@Tag("fault")
@EachDatabase(TestDatabase.POSTGRESQL)
class CancelledBeginTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	/** So often that it does not matter how slow the machine is just now. */
	private static final Consumer<ExecutionSpec<Object>> LIMITED = (spec) -> spec.attemptTimeout(Duration.ofMillis(500))
		.maxRetries(20);

	private final WireProxy proxy;

	private final EngineFixture fixture;

	private final Items items;

	private final JdbcTemplate observer;

	private final AtomicInteger attempts = new AtomicInteger();

	CancelledBeginTests(DatabaseInstance database) {
		this.proxy = database.proxy();
		this.fixture = EngineFixture.inRealTime(database.through(this.proxy));
		this.items = new Items(database, this.fixture.jdbc);
		this.observer = new JdbcTemplate(database.dataSource());
	}

	@AfterEach
	void close() {
		this.fixture.close();
		this.proxy.close();
	}

	@Test
	@DisplayName("T6: a deadline that comes while a transaction begins does not write twice")
	void whenTheDeadlineComesAtTheBeginningThenTheWriteIsThereOnce() throws Throwable {
		this.proxy.slowNextBegin(LONG);
		this.fixture.perform(LIMITED, this::note);
		assertThat(this.proxy.slowBegun()).isOne();
		assertThat(this.items.notes()).containsExactly("attempt " + this.attempts);
		assertThat(this.fixture.statistics("operation").timeouts()).isPositive();
	}

	@Test
	@DisplayName("T6: likewise with a batch")
	void whenTheDeadlineComesAtTheBeginningOfABatchThenItIsThereOnce() throws Throwable {
		this.proxy.slowNextBegin(LONG);
		this.fixture.perform(LIMITED, () -> {
			int attempt = this.attempts.incrementAndGet();
			this.fixture.jdbc.batchUpdate("insert into note values ('a " + attempt + "')",
					"insert into note values ('b " + attempt + "')");
		});
		assertThat(this.proxy.slowBegun()).isOne();
		assertThat(this.items.notes()).containsExactly("a " + this.attempts, "b " + this.attempts);
	}

	@Test
	@DisplayName("T6: JDBC's own query timeout does not either")
	void whenTheQueryTimeoutComesAtTheBeginningThenTheWriteIsThereOnce() throws Throwable {
		this.proxy.slowNextBegin(Duration.ofSeconds(2));
		this.fixture.jdbc.setQueryTimeout(1);
		this.fixture.perform((spec) -> spec.named("limited"), this::note);
		assertThat(this.proxy.slowBegun()).isOne();
		assertThat(this.items.notes()).containsExactly("attempt 1");
	}

	@Test
	@DisplayName("T6: work that is cancelled while its transaction begins leaves nothing behind")
	void whenCancelledAtTheBeginningThenNothingIsLeft() {
		CancelSignal signal = new CancelSignal();
		this.proxy.slowNextBegin(Duration.ofSeconds(2));
		CompletableFuture<Void> work = CompletableFuture.runAsync(() -> signal.run(() -> underway(signal)),
				OwnThreads.EACH);
		awaitSlowBegin();
		signal.cancel();
		assertThat(work).succeedsWithin(10, TimeUnit.SECONDS);
		assertThat(this.items.notes()).isEmpty();
		assertThat(this.fixture.hikari.getHikariPoolMXBean().getActiveConnections()).isZero();
	}

	private void underway(CancelSignal signal) {
		AttemptLedger ledger = signal.ledger("async");
		ledger.open();
		try {
			catchThrowable(() -> this.fixture.perform((spec) -> spec.named("cancelled"), this::note));
		}
		finally {
			ledger.close();
		}
	}

	@Test
	@DisplayName("T6: an administrator's cancel of a BEGIN leaves the outcome unknown, and nothing is repeated")
	void whenSomebodyElseCancelsTheBeginningThenTheOutcomeIsUnknown() {
		this.proxy.slowNextBegin(LONG);
		CompletableFuture<Void> cancel = cancelFromOutside();
		assertThatExceptionOfType(CommitOutcomeUnknownException.class)
			.isThrownBy(() -> this.fixture.perform((spec) -> spec.named("alone"), this::note));
		assertThat(cancel).succeedsWithin(10, TimeUnit.SECONDS);
		assertThat(this.attempts).hasValue(1);
		assertThat(this.items.notes()).containsExactly("attempt 1");
	}

	@Test
	@DisplayName("T6: likewise where the write gives rows, so that the driver does not notice")
	void whenTheWriteGivesRowsThenTheOutcomeIsUnknownAsWell() {
		this.proxy.slowNextBegin(LONG);
		CompletableFuture<Void> cancel = cancelFromOutside();
		assertThatExceptionOfType(CommitOutcomeUnknownException.class)
			.isThrownBy(() -> this.fixture.perform((spec) -> spec.named("alone"),
					() -> this.fixture.jdbc.queryForList("insert into note values ('rows') returning text")));
		assertThat(cancel).succeedsWithin(10, TimeUnit.SECONDS);
		assertThat(this.items.notes()).containsExactly("rows");
	}

	@Test
	@DisplayName("T6: a cancel of the first statement itself leaves no doubt")
	void whenSomebodyElseCancelsTheFirstStatementThenNothingIsLeft() {
		CompletableFuture<Void> cancel = cancelFromOutside();
		assertThatExceptionOfType(QueryTimeoutException.class)
			.isThrownBy(() -> this.fixture.perform((spec) -> spec.named("first"),
					() -> this.fixture.jdbc.execute("SELECT pg_sleep(20); insert into note values ('no')")));
		assertThat(cancel).succeedsWithin(10, TimeUnit.SECONDS);
		assertThat(this.items.notes()).isEmpty();
	}

	@Test
	@DisplayName("T6: nor if the code goes on after it")
	void whenTheCodeGoesOnAfterThatThenNothingMoreIsCommitted() {
		this.proxy.slowNextBegin(LONG);
		CompletableFuture<Void> cancel = cancelFromOutside();
		assertThatExceptionOfType(CommitOutcomeUnknownException.class)
			.isThrownBy(() -> this.fixture.perform((spec) -> spec.named("alone"), () -> {
				catchThrowable(this::note);
				note();
			}));
		assertThat(cancel).succeedsWithin(10, TimeUnit.SECONDS);
		assertThat(this.items.notes()).containsExactly("attempt 1");
	}

	@Test
	@DisplayName("T6: a call that may be done twice is repeated after it")
	void whenTheCallIsIdempotentThenItIsRepeated() throws Throwable {
		this.proxy.slowNextBegin(LONG);
		CompletableFuture<Void> cancel = cancelFromOutside();
		this.fixture.perform((spec) -> spec.idempotent().retryOn(Exception.class), this::note);
		assertThat(cancel).succeedsWithin(10, TimeUnit.SECONDS);
		assertThat(this.items.notes()).containsExactly("attempt 1", "attempt 2");
	}

	@Test
	@DisplayName("T6: without dbop the driver's write stands, though its caller was told of a cancel")
	void whenDbopHasNoPartInItThenTheWriteStands() throws SQLException {
		try (Connection connection = this.fixture.hikari.unwrap(com.zaxxer.hikari.HikariDataSource.class)
			.getConnection();
				PreparedStatement insert = connection.prepareStatement("insert into note values ('alone')")) {
			connection.setAutoCommit(false);
			this.proxy.slowNextBegin(LONG);
			CompletableFuture<Void> cancel = cancelFromOutside();
			assertThatExceptionOfType(SQLException.class).isThrownBy(insert::executeUpdate)
				.satisfies((ex) -> assertThat(ex.getSQLState()).isEqualTo("57014"));
			assertThat(cancel).succeedsWithin(10, TimeUnit.SECONDS);
		}
		assertThat(this.items.notes()).containsExactly("alone");
	}

	private void note() {
		this.items.note("attempt " + this.attempts.incrementAndGet());
	}

	private CompletableFuture<Void> cancelFromOutside() {
		return CompletableFuture.runAsync(() -> {
			awaitSlowBegin();
			this.observer.queryForList("select pg_cancel_backend(pid) from pg_stat_activity "
					+ "where datname = current_database() and query like 'SELECT pg_sleep%'");
		}, OwnThreads.EACH);
	}

	private void awaitSlowBegin() {
		await().until(() -> this.observer.queryForObject(
				"select count(*) from pg_stat_activity "
						+ "where datname = current_database() and query like 'SELECT pg_sleep%' and state = 'active'",
				Integer.class) > 0);
	}

}
