package io.dbop.execution;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;

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

	@Test
	@DisplayName("T7: a connection lost while rows are read in a transaction of Spring's is no commit in doubt")
	void whenTheConnectionBreaksWhileRowsAreReadThenSpringsTransactionIsRepeated() throws Throwable {
		DefaultTransactionAttribute attribute = new DefaultTransactionAttribute();
		EngineFixture.Action work = ManagedWork.advised(this.fixture.transactionManager, attribute, () -> {
			this.items.note("attempt " + this.attempts.incrementAndGet());
			assertThat(this.fixture.jdbc.execute(this::readRows)).isPositive();
		});
		this.fixture.perform((spec) -> spec.named("read").managedBy(attribute), work);
		assertThat(this.attempts).hasValue(2);
		assertThat(this.items.notes()).containsExactly("attempt 2");
		assertThat(this.fixture.statistics("read").doubtfulCommits()).isZero();
	}

	/** The first time the connection breaks after the first row. */
	private int readRows(Connection connection) throws SQLException {
		String series = (this.database.database() == TestDatabase.POSTGRESQL)
				? "select repeat('x', 10000) from generate_series(1, 5000)"
				: "with recursive n(i) as (select 1 union all select i + 1 from n where i < 900) select repeat('x', 50000) from n";
		int rows = 0;
		try (Statement statement = connection.createStatement()) {
			statement.setFetchSize((this.database.database() == TestDatabase.MYSQL) ? Integer.MIN_VALUE : 10);
			try (ResultSet result = statement.executeQuery(series)) {
				while (result.next()) {
					rows++;
					if (rows == 1 && this.attempts.get() == 1) {
						this.proxy.cut();
					}
				}
			}
		}
		return rows;
	}

	private void update() {
		this.attempts.incrementAndGet();
		this.sessions.add(this.fixture.jdbc
			.execute((ConnectionCallback<Long>) (Connection connection) -> this.database.sessionOf(connection).id()));
		this.items.add(1);
	}

}
