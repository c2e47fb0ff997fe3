package io.dbop.test.wire;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.sql.DataSource;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.OwnThreads;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link WireProxy}.
 */
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class WireProxyTests {

	private static final String SELECT = "select id from item";

	private static final String INSERT = "insert into item (id) values (1)";

	private final DatabaseInstance database;

	private final WireProxy proxy;

	private final DataSource dataSource;

	WireProxyTests(DatabaseInstance database) {
		this.database = database;
		this.proxy = database.proxy();
		this.dataSource = database.through(this.proxy).dataSource();
	}

	@BeforeEach
	void createTable() throws SQLException {
		try (Connection direct = this.database.dataSource().getConnection()) {
			execute(direct, "create table item (id integer primary key)");
		}
	}

	@AfterEach
	void close() {
		this.proxy.close();
	}

	@Test
	void whenInAutocommitThenOneRoundTrip() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			Traffic traffic = this.proxy.trafficOf(() -> execute(connection, SELECT));
			assertThat(traffic.roundTrips()).isOne();
			assertThat(traffic.statements()).containsExactly(SELECT);
			assertThat(traffic.bytesToServer()).isGreaterThan(SELECT.length());
			assertThat(traffic.bytesToClient()).isPositive();
		}
	}

	@Test
	void whenCommittingThenOneMoreRoundTrip() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			connection.setAutoCommit(false);
			execute(connection, INSERT);
			Traffic traffic = this.proxy.trafficOf(connection::commit);
			assertThat(traffic.roundTrips()).isOne();
			assertThat(traffic.statements()).hasSize(1).first().asString().isEqualToIgnoringCase("commit");
		}
	}

	@Test
	void whenInATransactionThenTheDriverDecidesWhatElseIsSent(TestDatabase kind) throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			Traffic traffic = this.proxy.trafficOf(() -> {
				connection.setAutoCommit(false);
				execute(connection, INSERT);
				connection.commit();
			});
			assertThat(traffic.roundTrips()).isEqualTo(switch (kind) {
				// BEGIN goes along with the statement.
				case POSTGRESQL -> 2;
				// Autocommit is switched off by a statement.
				case MARIADB -> 3;
				// Before it writes, the driver also asks whether it may.
				default -> 4;
			});
		}
	}

	@Test
	void whenCutBeforeTheAnswerToACommitThenTheRowIsThere() throws SQLException {
		this.proxy.cutNextCommit(CutPoint.BEFORE_ANSWER);
		insertAndFailToCommit();
		assertThat(this.proxy.statementCuts(CutPoint.BEFORE_ANSWER)).isOne();
		assertThat(idsInTable()).containsExactly(1);
	}

	@Test
	void whenCutBeforeACommitReachesTheServerThenTheRowIsNotThere() throws SQLException {
		this.proxy.cutNextCommit(CutPoint.BEFORE_SERVER);
		insertAndFailToCommit();
		assertThat(this.proxy.statementCuts(CutPoint.BEFORE_SERVER)).isOne();
		await().until(() -> this.database.sessions() == 0);
		assertThat(idsInTable()).isEmpty();
	}

	@Test
	void whenACommitIsPreparedOnTheServerThenItIsRecognised() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			connection.setAutoCommit(false);
			for (int i = 0; i < 10; i++) {
				execute(connection, SELECT);
				Traffic traffic = this.proxy.trafficOf(connection::commit);
				assertThat(traffic.statements()).hasSize(1).first().asString().isEqualToIgnoringCase("commit");
			}
		}
	}

	@Test
	void whenCutOnceThenTheNextCommitSucceeds() throws SQLException {
		this.proxy.cutNextCommit(CutPoint.BEFORE_SERVER);
		insertAndFailToCommit();
		try (Connection connection = this.dataSource.getConnection()) {
			connection.setAutoCommit(false);
			execute(connection, "insert into item (id) values (2)");
			connection.commit();
		}
		assertThat(idsInTable()).containsExactly(2);
	}

	@ParameterizedTest
	@EnumSource
	void whenCutAtAStatementThenItTakesEffectOrNot(CutPoint point) throws SQLException {
		this.proxy.cutNext(INSERT::equals, point);
		try (Connection connection = this.dataSource.getConnection()) {
			execute(connection, SELECT);
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute(connection, INSERT));
		}
		assertThat(idsInTable()).hasSize((point == CutPoint.BEFORE_ANSWER) ? 1 : 0);
	}

	@Test
	void whenCutThenAllConnectionsBreakAndNewOnesWork() throws SQLException {
		try (Connection one = this.dataSource.getConnection(); Connection two = this.dataSource.getConnection()) {
			assertThat(this.proxy.openConnections()).isEqualTo(2);
			assertThat(this.proxy.cut()).isEqualTo(2);
			assertThat(this.proxy.connectionCuts()).isEqualTo(2);
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute(one, SELECT));
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute(two, SELECT));
		}
		connectAndSelect();
	}

	@Test
	void whenDownThenConnectionsAreRefusedUntilUp() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			this.proxy.down();
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute(connection, SELECT));
		}
		assertThatExceptionOfType(SQLException.class).isThrownBy(this.dataSource::getConnection);
		this.proxy.up();
		connectAndSelect();
	}

	@Test
	void whenABlackHoleThenNothingComesBackUntilItHeals() throws Exception {
		try (Connection connection = this.dataSource.getConnection()) {
			this.proxy.blackHole();
			CompletableFuture<Void> select = CompletableFuture.runAsync(() -> executeUnchecked(connection, SELECT),
					OwnThreads.EACH);
			assertThat(select).satisfies((future) -> assertThatExceptionOfType(TimeoutException.class)
				.isThrownBy(() -> future.get(100, TimeUnit.MILLISECONDS)));
			this.proxy.heal();
			assertThat(select).succeedsWithin(10, TimeUnit.SECONDS);
		}
	}

	@Test
	void whenClosedInABlackHoleThenClientsAreReleased() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			this.proxy.blackHole();
			CompletableFuture<Void> select = CompletableFuture.runAsync(() -> executeUnchecked(connection, SELECT),
					OwnThreads.EACH);
			assertThat(select).satisfies((future) -> assertThatExceptionOfType(TimeoutException.class)
				.isThrownBy(() -> future.get(100, TimeUnit.MILLISECONDS)));
			this.proxy.close();
			assertThat(select).failsWithin(10, TimeUnit.SECONDS);
		}
	}

	private void insertAndFailToCommit() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			connection.setAutoCommit(false);
			execute(connection, INSERT);
			assertThatExceptionOfType(SQLException.class).isThrownBy(connection::commit);
		}
	}

	private void connectAndSelect() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			execute(connection, SELECT);
		}
	}

	private List<Integer> idsInTable() throws SQLException {
		try (Connection direct = this.database.dataSource().getConnection();
				ResultSet resultSet = direct.createStatement().executeQuery(SELECT)) {
			List<Integer> ids = new ArrayList<>();
			while (resultSet.next()) {
				ids.add(resultSet.getInt(1));
			}
			return ids;
		}
	}

	private static void executeUnchecked(Connection connection, String sql) {
		try {
			execute(connection, sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

}
