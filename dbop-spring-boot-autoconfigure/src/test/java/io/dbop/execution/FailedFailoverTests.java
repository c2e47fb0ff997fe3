package io.dbop.execution;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Drivers that say they could not connect when they failed over in vain. */
@EachDatabase({ TestDatabase.H2, TestDatabase.POSTGRESQL })
class FailedFailoverTests {

	private final DefaultTransactionAttribute attribute = new DefaultTransactionAttribute();

	private final FailingDataSource driver;

	private final EngineFixture fixture;

	private final Items items;

	private final AtomicInteger attempts = new AtomicInteger();

	FailedFailoverTests(DatabaseInstance database) {
		this.driver = new FailingDataSource(database.dataSource());
		this.fixture = EngineFixture.inRealTime(database, (settings) -> settings.setDataSource(this.driver));
		this.items = new Items(database, this.fixture.jdbc);
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	static Stream<SQLException> failures() {
		return Stream.of(new SQLException("unable to connect", "08001"), new SQLException("rejected", "08004"),
				new SQLNonTransientConnectionException("failover failed", "08001"),
				new SQLTransientConnectionException("failover failed", "08001"),
				new SQLTransientConnectionException("failover failed"));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void whenACommitFailsThenItIsInDoubt(SQLException failure) {
		this.driver.failAfter("commit", failure);
		assertInDoubt(() -> this.fixture.perform((spec) -> spec.named("ours"), this::note));
	}

	@Test
	@DisplayName("the failure of a fallback is its own")
	void whenAFallbackFailsThenTheCallAroundItIsJudgedByThat() throws Throwable {
		this.items.with(1);
		this.driver.failAfter("executeQuery", new SQLException("gone", "08006"));
		String select = "select amount from item where id = ?";
		Integer amount = this.fixture.<Integer>run((spec) -> spec.named("around").scope(Scope.NONE), () -> {
			this.attempts.incrementAndGet();
			return this.fixture.<Integer>run((spec) -> spec.scope(Scope.NONE)
				.maxRetries(0)
				.fallback((failure) -> this.fixture.jdbc.queryForObject(select, Integer.class, 1)), () -> {
					this.items.insert(1);
					return -1;
				});
		});
		assertThat(amount).isZero();
		assertThat(this.attempts).hasValue(2);
	}

	@Test
	@DisplayName("what could not be rolled back is not committed by the way")
	void whenARollbackIsRefusedThenNothingIsCommitted() {
		IllegalStateException business = new IllegalStateException("business");
		this.driver.refuse("rollback", new SQLException("not now", "HY000"));
		assertThat(catchThrowable(() -> this.fixture.perform((spec) -> spec.named("ours"), () -> {
			note();
			throw business;
		}))).isSameAs(business);
		assertThat(this.items.notes()).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("failures")
	void whenACommitOfSpringsFailsThenItIsInDoubt(SQLException failure) {
		this.driver.failAfter("commit", failure);
		assertInDoubt(() -> this.fixture.perform((spec) -> spec.managedBy(this.attribute),
				ManagedWork.advised(this.fixture.transactionManager, this.attribute, this::note)));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void whenASingleWriteFailsThenItIsInDoubt(SQLException failure) {
		this.driver.failAfter("executeUpdate", failure);
		assertInDoubt(() -> this.fixture.perform((spec) -> spec.scope(Scope.NONE), this::note));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void whenAStatementOfATransactionFailsThenItIsRepeated(SQLException failure) throws Throwable {
		this.driver.failAfter("executeUpdate", failure);
		this.fixture.perform((spec) -> spec.named("ours"), this::note);
		assertThat(this.attempts).hasValue(2);
		assertThat(this.items.notes()).hasSize(1);
	}

	@Test
	void whenACommitFailsThatNobodySeesThenItIsInDoubt() {
		JdbcTransactionManager manager = new JdbcTransactionManager(this.driver);
		DatabaseEngine engine = unseen(manager);
		JdbcTemplate jdbc = new JdbcTemplate(this.driver);
		EngineFixture.Action write = () -> {
			this.attempts.incrementAndGet();
			jdbc.update("insert into note (text) values ('once')");
		};
		this.driver.failAfter("commit", new SQLException("unable to connect", "08001"));
		assertInDoubt(() -> EngineFixture.perform(engine, (spec) -> spec.named("ours"), write));
		this.driver.failAfter("commit", new SQLException("unable to connect", "08001"));
		assertThatExceptionOfType(CommitOutcomeUnknownException.class).isThrownBy(() -> EngineFixture.perform(engine,
				(spec) -> spec.managedBy(this.attribute), ManagedWork.advised(manager, this.attribute, write)));
		assertThat(this.items.notes()).hasSize(2);
	}

	@Test
	void whenNobodySeesThatThereIsNoConnectionThenItIsRepeated() throws Throwable {
		JdbcTransactionManager manager = new JdbcTransactionManager(this.driver);
		DatabaseEngine engine = unseen(manager);
		this.driver.failAfter("getConnection", new SQLException("unable to connect", "08001"));
		EngineFixture.perform(engine, (spec) -> spec.named("ours"), this.attempts::incrementAndGet);
		this.driver.failAfter("getConnection", new SQLException("unable to connect", "08001"));
		EngineFixture.perform(engine, (spec) -> spec.managedBy(this.attribute),
				ManagedWork.advised(manager, this.attribute, this.attempts::incrementAndGet));
		assertThat(this.attempts).hasValue(2);
	}

	private DatabaseEngine unseen(JdbcTransactionManager manager) {
		return new DatabaseEngine(this.fixture.pool, () -> manager, EngineFixture.QUICK, this.fixture.breakers,
				DatabaseEngine.Extensions.none());
	}

	private void assertInDoubt(EngineFixture.Action call) {
		assertThatExceptionOfType(CommitOutcomeUnknownException.class).isThrownBy(call::run);
		assertThat(this.attempts).hasValue(1);
		assertThat(this.items.notes()).hasSize(1);
	}

	private void note() {
		this.attempts.incrementAndGet();
		this.items.note("once");
	}

}
