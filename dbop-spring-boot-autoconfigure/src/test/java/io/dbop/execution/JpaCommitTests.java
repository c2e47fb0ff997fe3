package io.dbop.execution;

import java.util.concurrent.atomic.AtomicInteger;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.CutPoint;
import io.dbop.test.wire.WireProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.transaction.interceptor.DefaultTransactionAttribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Connections that break under a persistence context, whose rollback fails as well. */
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB })
class JpaCommitTests {

	private final WireProxy proxy;

	private final JpaFixture fixture;

	private final Items items;

	private final AtomicInteger attempts = new AtomicInteger();

	private final DefaultTransactionAttribute attribute = new DefaultTransactionAttribute();

	JpaCommitTests(DatabaseInstance database) {
		this.proxy = database.proxy();
		this.fixture = new JpaFixture(database.through(this.proxy));
		this.items = new Items(database, this.fixture.jdbc.jdbc).with(1);
	}

	@AfterEach
	void close() {
		this.fixture.close();
		this.proxy.close();
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("T6: a commit in doubt is reported, and nothing is done twice")
	void whenTheCommitIsCutThenTheDoubtIsReported(CutPoint point) {
		this.proxy.cutNextCommit(point);
		assertThatExceptionOfType(CommitOutcomeUnknownException.class).isThrownBy(() -> this.fixture.perform((spec) -> {
		}, this::note));
		this.proxy.cutNextCommit(point);
		assertThatExceptionOfType(CommitOutcomeUnknownException.class)
			.isThrownBy(() -> this.fixture.perform((spec) -> spec.managedBy(this.attribute),
					ManagedWork.advised(this.fixture.transactionManager, this.attribute, this::note)));
		assertThat(this.attempts).hasValue(2);
		assertThat(this.items.notes()).hasSize((point == CutPoint.BEFORE_ANSWER) ? 2 : 0);
	}

	@Test
	@DisplayName("T7: an update that is cut is retried on a new connection")
	void whenAFlushIsCutThenTheAttemptIsRetried() throws Throwable {
		this.proxy.cutNext((sql) -> sql.startsWith("update"), CutPoint.BEFORE_SERVER);
		this.fixture.perform((spec) -> spec.managedBy(this.attribute),
				ManagedWork.advised(this.fixture.transactionManager, this.attribute, this::update));
		assertThat(this.attempts).hasValue(2);
		assertThat(this.items.amount(1)).isOne();
	}

	@Test
	@DisplayName("T7: an update that is cut while the commit flushes is retried, for nothing can be in doubt")
	void whenTheFlushOfTheCommitIsCutThenTheAttemptIsRetried() throws Throwable {
		this.proxy.cutNext((sql) -> sql.startsWith("update"), CutPoint.BEFORE_ANSWER);
		this.fixture.perform((spec) -> spec.named("late"), () -> {
			this.attempts.incrementAndGet();
			this.fixture.entities.find(ItemEntity.class, 1).add(1);
		});
		assertThat(this.attempts).hasValue(2);
		assertThat(this.items.amount(1)).isOne();
	}

	@Test
	void whenTheRollbackIsCutThenTheBusinessExceptionIsThrown() {
		IllegalStateException business = new IllegalStateException("business");
		EngineFixture.Action work = () -> {
			update();
			throw business;
		};
		this.proxy.cutNext("rollback"::equalsIgnoreCase, CutPoint.BEFORE_SERVER);
		assertThat(catchThrowable(() -> this.fixture.perform((spec) -> {
		}, work))).isSameAs(business);
		this.proxy.cutNext("rollback"::equalsIgnoreCase, CutPoint.BEFORE_SERVER);
		assertThat(catchThrowable(() -> this.fixture.perform((spec) -> spec.managedBy(this.attribute),
				ManagedWork.advised(this.fixture.transactionManager, this.attribute, work))))
			.isSameAs(business);
		assertThat(this.proxy.statementCuts(CutPoint.BEFORE_SERVER)).isEqualTo(2);
		assertThat(this.items.amount(1)).isZero();
	}

	private void note() {
		this.attempts.incrementAndGet();
		this.items.note("once");
	}

	private void update() {
		this.attempts.incrementAndGet();
		this.fixture.entities.find(ItemEntity.class, 1).add(1);
		this.fixture.entities.flush();
	}

}
