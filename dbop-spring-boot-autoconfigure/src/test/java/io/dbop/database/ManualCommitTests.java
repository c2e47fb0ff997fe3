package io.dbop.database;

import java.util.List;
import java.util.Map;

import io.dbop.entity.EntityQuery;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** A pool whose connections commit nothing by themselves: {@code hikari.auto-commit}. */
@EachDatabase
class ManualCommitTests {

	private final JdbcTemplate direct;

	private final HandleFixture fixture;

	ManualCommitTests(DatabaseInstance database) {
		this.direct = new JdbcTemplate(database.dataSource());
		this.direct.execute("create table note (text varchar(40))");
		this.fixture = new HandleFixture(database, (config) -> config.hikari(Map.of("auto-commit", "false")));
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void whenAStatementSucceedsThenItsWorkStands() {
		note("one");
		assertThat(notes()).containsExactly("one");
	}

	@Test
	void whenABatchSucceedsThenItsWorkStands() {
		this.fixture.database.sql("insert into note values (?)").batch(List.of("a", "b")).execute();
		assertThat(notes()).containsExactly("a", "b");
	}

	@Test
	void whenAnEntityIsSavedThenItIsThere() {
		String id = this.fixture.database.entities().save("things", Map.of("name", "x")).id();
		assertThat(this.fixture.database.entities().get("things", id)).isPresent();
	}

	@Test
	void whenTheCallerRollsBackThenNothingIsThere() {
		new TransactionTemplate(this.fixture.database.transactionManager()).executeWithoutResult((status) -> {
			note("one");
			status.setRollbackOnly();
		});
		assertThat(notes()).isEmpty();
	}

	@Test
	@DisplayName("in a transaction of another database each statement stands, whatever was read before")
	void whenTheTransactionIsAnothersThenEachStatementStands() {
		JdbcTransactionManager another = new JdbcTransactionManager(new DriverManagerDataSource("jdbc:h2:mem:another"));
		new TransactionTemplate(another).executeWithoutResult((status) -> {
			this.fixture.database.sql("select text from note").list(String.class);
			note("one");
			this.fixture.database.entities().save("things", Map.of("name", "x"));
			status.setRollbackOnly();
		});
		assertThat(notes()).containsExactly("one");
		assertThat(this.fixture.database.entities().find("things", EntityQuery.all())).hasSize(1);
	}

	@Test
	void whenASessionHasNoTransactionThenEachStatementStands() {
		try (DatabaseSession session = this.fixture.database.open()) {
			session.sql("insert into note values (?)").params("one").update();
			session.sql("insert into note values (?)").batch(List.of("two")).execute();
			session.begin();
			session.sql("insert into note values (?)").params("three").update();
			session.rollback();
			session.sql("insert into note values (?)").params("four").update();
		}
		assertThat(notes()).containsExactly("four", "one", "two");
	}

	private void note(String text) {
		this.fixture.database.sql("insert into note values (?)").params(text).update();
	}

	private List<String> notes() {
		return this.direct.queryForList("select text from note order by text", String.class);
	}

}
