package io.dbop.execution;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** PostgreSQL refuses writes on a server that is no longer the primary. */
@EachDatabase(TestDatabase.POSTGRESQL)
class ReadOnlyServerTests {

	private final DatabaseInstance database;

	private final EngineFixture fixture;

	private final Items items;

	private final List<Long> sessions = new ArrayList<>();

	ReadOnlyServerTests(DatabaseInstance database) {
		this.database = database;
		this.fixture = EngineFixture.inRealTime(database, (settings) -> settings.setMaximumPoolSize(1));
		this.items = new Items(database, this.fixture.jdbc).with(1);
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void whenTheServerTakesNoWritesThenTheCallIsRetriedOnANewConnection() throws Throwable {
		this.fixture.jdbc.execute("set session characteristics as transaction read only");
		this.fixture.perform((spec) -> spec.named("update"), this::update);
		assertThat(this.sessions).hasSize(2).doesNotHaveDuplicates();
		assertThat(this.items.amount(1)).isOne();
	}

	@Test
	void whenTheCallIsDeclaredReadOnlyThenItsWriteFailsAtOnce() {
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> this.fixture.perform((spec) -> spec.readOnly(), this::update));
		assertThat(this.sessions).hasSize(1);
	}

	@Test
	void whenTheTransactionOfTheCallerIsReadOnlyThenOtherConnectionsStay() throws Throwable {
		try (EngineFixture two = EngineFixture.inRealTime(this.database,
				(settings) -> settings.setMaximumPoolSize(2))) {
			TransactionTemplate reading = new TransactionTemplate(two.transactionManager);
			reading.setReadOnly(true);
			for (Scope scope : List.of(Scope.NONE, Scope.AUTO)) {
				Set<Long> before = sessions(two);
				assertThatExceptionOfType(DataAccessException.class)
					.isThrownBy(() -> EngineFixture.inTransaction(reading, () -> two
						.perform((spec) -> spec.scope(scope), () -> two.jdbc.update("update item set amount = 1"))));
				assertThat(sessions(two)).containsAnyElementsOf(before);
			}
		}
	}

	/** Of both connections. */
	private Set<Long> sessions(EngineFixture two) throws SQLException {
		try (Connection one = two.pool.dataSource().getConnection();
				Connection other = two.pool.dataSource().getConnection()) {
			return Set.of(this.database.sessionOf(one).id(), this.database.sessionOf(other).id());
		}
	}

	private void update() {
		this.sessions.add(this.fixture.jdbc
			.execute((ConnectionCallback<Long>) (connection) -> this.database.sessionOf(connection).id()));
		this.items.add(1);
	}

}
