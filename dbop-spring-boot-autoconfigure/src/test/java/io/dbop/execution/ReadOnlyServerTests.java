package io.dbop.execution;

import java.util.ArrayList;
import java.util.List;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;

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

	private void update() {
		this.sessions.add(this.fixture.jdbc
			.execute((ConnectionCallback<Long>) (connection) -> this.database.sessionOf(connection).id()));
		this.items.add(1);
	}

}
