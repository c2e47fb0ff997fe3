package io.dbop.execution;

import java.time.Duration;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.RoundTrips;
import io.dbop.test.wire.WireProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.interceptor.DefaultTransactionAttribute;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How often a call goes to the server and back: as often as without the pipeline, apart
 * from savepoints.
 */
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class RoundTripTests {

	/** PostgreSQL's driver sends BEGIN along with the first statement. */
	private final int transaction;

	/** The others switch autocommit off and on, and the read-only mode likewise. */
	private final int readOnlyTransaction;

	private final WireProxy proxy;

	private final EngineFixture fixture;

	private final Items items;

	RoundTripTests(DatabaseInstance database) {
		boolean postgres = database.database() == TestDatabase.POSTGRESQL;
		this.transaction = postgres ? 1 : 3;
		this.readOnlyTransaction = postgres ? 1 : 5;
		this.proxy = database.proxy();
		this.fixture = EngineFixture.inRealTime(database.through(this.proxy),
				(settings) -> settings.setMaximumPoolSize(1));
		this.items = new Items(database, this.fixture.jdbc).with(1);
	}

	@AfterEach
	void close() {
		this.fixture.close();
		this.proxy.close();
	}

	@Test
	void whenInAutocommitThenOneRoundTrip() throws Throwable {
		assertThat(roundTrips(this::update)).isOne();
		ExecutionPlan plan = this.fixture.engine.plan((spec) -> spec.scope(Scope.NONE).idempotent());
		assertThat(roundTrips(() -> run(plan, this::update))).isOne();
	}

	@Test
	void whenInATransactionThenAsManyAsWithSpringAlone() throws Throwable {
		assertThat(roundTrips(() -> this.fixture.inOuter(this::update))).isEqualTo(1 + this.transaction);
		ExecutionPlan plan = this.fixture.engine.plan((spec) -> spec.idempotent());
		assertThat(roundTrips(() -> run(plan, this::update))).isEqualTo(1 + this.transaction);
	}

	@Test
	void whenSpringManagesTheTransactionThenNothingIsAdded() throws Throwable {
		DefaultTransactionAttribute attribute = new DefaultTransactionAttribute();
		EngineFixture.Action method = ManagedWork.advised(this.fixture.transactionManager, attribute, this::update);
		ExecutionPlan plan = this.fixture.engine.plan((spec) -> spec.managedBy(attribute));
		assertThat(roundTrips(() -> run(plan, method))).isEqualTo(1 + this.transaction);
	}

	@Test
	void whenReadOnlyThenTheModeIsSetAndPutBack() throws Throwable {
		ExecutionPlan plan = this.fixture.engine.plan((spec) -> spec.readOnly());
		assertThat(roundTrips(() -> run(plan, this::read))).isEqualTo(1 + this.readOnlyTransaction);
	}

	/** Elsewhere a transaction has begun before its first statement anyway. */
	@Test
	void whenAnAttemptHasATimeoutThenItsTransactionBeginsAlone() throws Throwable {
		ExecutionPlan plan = this.fixture.engine.plan((spec) -> spec.attemptTimeout(Duration.ofSeconds(20)));
		assertThat(roundTrips(() -> run(plan, this::update))).isEqualTo(1 + Math.max(2, this.transaction));
	}

	@Test
	void whenInATransactionOfTheCallerThenASavepointIsSetAndReleased() throws Throwable {
		ExecutionPlan plan = this.fixture.engine.plan((spec) -> spec.named("step"));
		assertThat(roundTrips(() -> this.fixture.inOuter(() -> {
			update();
			run(plan, this::update);
		}))).isEqualTo(2 + 2 + this.transaction);
	}

	@Test
	void whenThereIsNothingToRepeatThenNoSavepointIsSet() throws Throwable {
		ExecutionPlan plan = this.fixture.engine.plan((spec) -> spec.maxRetries(0));
		assertThat(roundTrips(() -> this.fixture.inOuter(() -> {
			update();
			run(plan, this::update);
		}))).isEqualTo(2 + this.transaction);
	}

	@Test
	void whenNestedInACallThatOwnsTheTransactionThenNoSavepointIsSet() throws Throwable {
		ExecutionPlan owner = this.fixture.engine.plan((spec) -> spec.named("owner"));
		ExecutionPlan step = this.fixture.engine.plan((spec) -> spec.named("step"));
		assertThat(roundTrips(() -> run(owner, () -> {
			run(step, this::update);
			run(step, this::update);
		}))).isEqualTo(2 + this.transaction);
	}

	private int roundTrips(EngineFixture.Action action) throws Throwable {
		return RoundTrips.of(this.proxy, action::run);
	}

	private static void run(ExecutionPlan plan, EngineFixture.Action action) throws Throwable {
		plan.run((attempt) -> {
			action.run();
			return null;
		});
	}

	private void update() {
		this.items.add(1);
	}

	private void read() {
		this.fixture.jdbc.queryForList("select id from item");
	}

}
