package io.dbop.execution;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import io.dbop.failure.SqlExceptionChain;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Failures that abort a transaction of PostgreSQL, that come by no statement, and that
 * the work catches: COMMIT would lose all without a word.
 */
@EachDatabase(TestDatabase.POSTGRESQL)
class UnseenAbortTests {

	private final EngineFixture fixture;

	private final Items items;

	UnseenAbortTests(DatabaseInstance database) {
		this.fixture = EngineFixture.inRealTime(database);
		this.items = new Items(database, this.fixture.jdbc).with(1, 2);
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void whenReadingRowsFailsThenTheCommitIsRefused() {
		refused(UnseenAbortTests::divideByZeroInTheSecondPortion);
	}

	@Test
	void whenAnUpdatableRowFailsThenTheCommitIsRefused() {
		refused(UnseenAbortTests::violateByRow);
	}

	@Test
	void whenTheDriversConnectionFailsThenTheCommitIsRefused() {
		refused((connection) -> connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy nothing from stdin"));
	}

	@Test
	void whenSpringCommitsThenThatIsRefusedToo() {
		DefaultTransactionAttribute attribute = new DefaultTransactionAttribute();
		assertThat(catchThrowable(() -> this.fixture.perform((spec) -> spec.managedBy(attribute),
				ManagedWork.advised(this.fixture.transactionManager, attribute,
						() -> carelessly(UnseenAbortTests::divideByZeroInTheSecondPortion)))))
			.satisfies(UnseenAbortTests::isRefusal);
	}

	private void refused(ConnectionCallback<?> failing) {
		assertThat(catchThrowable(() -> this.fixture.perform((spec) -> {
		}, () -> carelessly(failing)))).satisfies(UnseenAbortTests::isRefusal);
		assertThat(this.items.notes()).isEmpty();
	}

	private static void isRefusal(Throwable thrown) {
		assertThat(SqlExceptionChain.of(thrown)).extracting(SQLException::getSQLState).contains("25P02");
	}

	private void carelessly(ConnectionCallback<?> failing) {
		this.items.note("lost");
		assertThat(catchThrowable(() -> this.fixture.jdbc.execute(failing))).isNotNull();
	}

	private static int divideByZeroInTheSecondPortion(Connection connection) throws SQLException {
		int sum = 0;
		try (PreparedStatement statement = connection
			.prepareStatement("select 1 / (15 - i) from generate_series(1, 20) i")) {
			statement.setFetchSize(10);
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					sum += rows.getInt(1);
				}
			}
		}
		return sum;
	}

	private static boolean violateByRow(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE,
				ResultSet.CONCUR_UPDATABLE);
				ResultSet rows = statement.executeQuery("select id, amount from item where id = 2")) {
			assertThat(rows.next()).isTrue();
			rows.updateInt("id", 1);
			rows.updateRow();
			return true;
		}
	}

}
