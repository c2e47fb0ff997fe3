package io.dbop.execution;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The connection breaks before anything was committed. */
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class LostConnectionTests {

	private final DatabaseInstance database;

	private final WireProxy proxy;

	private final EngineFixture fixture;

	private final Items items;

	private final AtomicInteger attempts = new AtomicInteger();

	private final List<Long> sessions = new ArrayList<>();

	LostConnectionTests(DatabaseInstance database) {
		this.database = database;
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

	@ParameterizedTest
	@EnumSource
	@DisplayName("T7: an update in a transaction of its own is retried on a new connection")
	void whenTheConnectionBreaksBeforeTheCommitThenItIsRetriedOnANewOne(CutPoint point) throws Throwable {
		this.proxy.cutNext((sql) -> sql.startsWith("update"), point);
		this.fixture.perform((spec) -> spec.named("update"), this::update);
		assertThat(this.proxy.statementCuts(point)).isOne();
		assertThat(this.attempts).hasValue(2);
		assertThat(this.items.amount(1)).isOne();
		assertThat(this.sessions).doesNotHaveDuplicates().hasSize(2);
		assertThat(this.fixture.hikari.getHikariPoolMXBean().getTotalConnections()).isLessThanOrEqualTo(1);
		assertThat(this.fixture.statistics("update").doubtfulCommits()).isZero();
	}

	@Test
	@DisplayName("T7: a lost connection undoes the caller's transaction, whose owner alone can repeat it")
	void whenTheConnectionBreaksInAnOuterTransactionThenTheFailureIsTheOwners() {
		this.proxy.cutNext((sql) -> sql.startsWith("update"), CutPoint.BEFORE_SERVER);
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> this.fixture.inOuter(() -> {
			this.items.note("outer");
			this.fixture.perform((spec) -> spec.named("update"), this::update);
		}));
		assertThat(this.attempts).hasValue(1);
		assertThat(this.items.notes()).isEmpty();
		assertThat(this.items.amount(1)).isZero();
	}

	@Test
	@DisplayName("T7: a connection lost at the savepoint is no commit in doubt")
	void whenTheConnectionBreaksAtTheSavepointThenTheFailureIsTheOwners() {
		this.proxy.cutNext((sql) -> sql.toLowerCase(Locale.ROOT).startsWith("savepoint"), CutPoint.BEFORE_SERVER);
		assertThatThrownBy(() -> this.fixture.inOuter(() -> {
			this.items.note("outer");
			this.fixture.perform((spec) -> spec.named("update"), this::update);
		})).isNotInstanceOf(CommitOutcomeUnknownException.class);
		assertThat(this.proxy.statementCuts(CutPoint.BEFORE_SERVER)).isOne();
		assertThat(this.attempts).hasValue(0);
		assertThat(this.fixture.statistics("update").doubtfulCommits()).isZero();
		assertThat(this.items.notes()).isEmpty();
	}

	private void update() {
		this.attempts.incrementAndGet();
		this.sessions.add(this.fixture.jdbc
			.execute((ConnectionCallback<Long>) (Connection connection) -> this.database.sessionOf(connection).id()));
		this.items.add(1);
	}

}
