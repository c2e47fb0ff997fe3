package io.dbop.entity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.dbop.dialect.TableSql;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Entities in transactions of the caller, and what is left when something fails. */
@EachDatabase
class EntityTransactionTests {

	private static final EntitySettings IMPATIENT = new EntitySettings(EntityMode.EVOLVE, Map.of(), TypeConflict.REFUSE,
			500, Duration.ofSeconds(1));

	private final EntityFixture fixture;

	private final EntityOperations entities;

	private final TransactionTemplate transaction;

	EntityTransactionTests(DatabaseInstance instance) {
		this.fixture = new EntityFixture(instance, IMPATIENT);
		this.entities = this.fixture.entities();
		this.transaction = new TransactionTemplate(this.fixture.db.transactionManager());
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	private boolean changesTablesInTransactions() {
		return tables().changesTablesInTransactions();
	}

	private TableSql tables() {
		return this.fixture.pool.dialect().tables();
	}

	/** On another thread, which has no transaction. */
	private static <T> T elsewhere(Supplier<T> work) {
		return CompletableFuture.supplyAsync(work).orTimeout(30, TimeUnit.SECONDS).join();
	}

	private void execute(String sql) {
		this.fixture.db.jdbcTemplate().execute(quoted(sql));
	}

	private String quoted(String sql) {
		return sql.replace("[", this.fixture.pool.dialect().syntax().quote("x").substring(0, 1))
			.replace("]", this.fixture.pool.dialect().syntax().quote("x").substring(0, 1));
	}

	@Test
	@DisplayName("V3 H5 T11 a rolled back save of a new entity leaves nothing, and another thread saves the same")
	void whenRolledBackThenNothingIsLeftAndNothingIsKnown() {
		this.transaction.executeWithoutResult((status) -> {
			this.entities.save("users", "u1", Map.of("name", "John", "age", 5));
			if (changesTablesInTransactions()) {
				this.entities.save("users", "u1", Map.of("name", "Jim", "more", true));
				assertThat(this.entities.get("users", "u1").orElseThrow().fields()).containsEntry("more", true);
			}
			status.setRollbackOnly();
		});
		assertThat(this.entities.get("users", "u1")).isEmpty();
		assertThat(this.entities.history("users", "u1")).isEmpty();
		EntityRecord saved = elsewhere(
				() -> this.entities.save("users", "u1", Map.of("more", false, "name", "Ann", "age", 7)));
		assertThat(saved.version()).isOne();
		assertThat(this.entities.history("users", "u1")).singleElement()
			.satisfies((version) -> assertThat(version.record()).isEqualTo(saved));
		assertThat(this.fixture.db.sql("SELECT [field] FROM [dbop_fields] WHERE [entity] = ?")
			.params("users")
			.list(String.class)).contains("more", "name", "age");
	}

	@Test
	@DisplayName("a save of many rows, not yet committed, keeps nobody from saving the others")
	void whenManyRowsAreSavedThenTheOthersStayFree() {
		assumeThat(this.fixture.kind()).isNotEqualTo(TestDatabase.SQLITE);
		List<Map<String, Object>> rows = IntStream.range(0, 600)
			.mapToObj((i) -> Map.<String, Object>of("id", "u%03d".formatted(i), "name", "Name " + i))
			.toList();
		this.entities.saveAll("users", rows);
		this.transaction.executeWithoutResult((status) -> {
			this.entities.saveAll("users", rows.subList(0, 400));
			assertThat(this.entities.saveAll("users", rows.subList(0, 400).iterator())).isEqualTo(400);
			EntityRecord other = elsewhere(() -> this.entities.save("users", "u500", Map.of("name", "Ann")));
			assertThat(other.version()).isEqualTo(2);
		});
		assertThat(this.entities.history("users", "u399")).hasSize(3);
		assertThat(this.entities.history("users", "u500")).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ADD UNIQUE KEY (id)",
			"ADD COLUMN other BIGINT NOT NULL AUTO_INCREMENT, ADD PRIMARY KEY (other), ADD UNIQUE KEY (id)",
			"ADD COLUMN other BIGINT NOT NULL DEFAULT 1, ADD PRIMARY KEY (other, id), ADD UNIQUE KEY (id)" })
	void whenOthersHaveGivenTheTableAnotherKeyThenItIsSaved(String key) {
		assumeThat(this.fixture.kind()).isIn(TestDatabase.MYSQL, TestDatabase.MARIADB);
		List<Map<String, String>> rows = List.of(Map.of("id", "u1", "name", "John"), Map.of("id", "u2", "name", "Jim"));
		this.entities.saveAll("users", rows);
		execute("ALTER TABLE [users] DROP PRIMARY KEY, " + key);
		assertThat(this.entities.saveAll("users", rows)).extracting(EntityRecord::version).containsOnly(2L);
		try (EntityFixture other = new EntityFixture(this.fixture.instance)) {
			assertThat(other.entities().saveAll("users", rows)).extracting(EntityRecord::version).containsOnly(3L);
			assertThat(other.entities().saveAll("users", rows.iterator())).isEqualTo(2);
			assertThat(other.entities().history("users", "u2")).hasSize(4);
		}
	}

	@Test
	@DisplayName("V3 T11 what a savepoint takes back is not known any more")
	void whenRolledBackToASavepointThenOnlyTheRestIsKnown() {
		this.entities.save("users", "u1", Map.of("name", "John"));
		TransactionTemplate nested = new TransactionTemplate(this.fixture.db.transactionManager(),
				new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_NESTED));
		this.transaction.executeWithoutResult((outer) -> {
			nested.executeWithoutResult((inner) -> {
				this.entities.save("users", "u2", Map.of("name", "Jim", "later", 1));
				inner.setRollbackOnly();
			});
			assertThat(this.entities.get("users", "u2")).isEmpty();
			this.entities.save("users", "u3", Map.of("name", "Ann", "later", 2));
		});
		assertThat(this.entities.get("users", "u3").orElseThrow().fields()).containsEntry("later", 2);
		assertThat(this.entities.history("users", "u2")).isEmpty();
		assertThat(elsewhere(() -> this.entities.save("users", "u2", Map.of("later", 3))).version()).isOne();
	}

	@Test
	@DisplayName("V4 what is not committed is not known to others")
	void whenNotCommittedThenOthersDoNotKnowIt() {
		this.entities.save("users", "u1", Map.of("name", "John"));
		this.transaction.executeWithoutResult((status) -> {
			if (!changesTablesInTransactions()) {
				this.entities.save("users", "u2", Map.of("later", 1));
				return;
			}
			this.entities.save("others", "o1", Map.of("name", "Ann"));
			if (this.fixture.kind() != TestDatabase.SQLITE) {
				assertThat(elsewhere(() -> this.entities.get("others", "o1"))).isEmpty();
				assertThat(elsewhere(() -> this.entities.count("others", EntityQuery.all()))).isZero();
			}
			status.setRollbackOnly();
		});
		assertThat(elsewhere(() -> this.entities.save("users", "u1", Map.of("name", "Jim"))).version()).isEqualTo(2);
		assertThat(this.entities.get("others", "o1")).isEmpty();
		assertThat(elsewhere(() -> this.entities.save("others", "o1", Map.of("name", "Bob"))).version()).isOne();
	}

	@Test
	@DisplayName("V3 a transaction of dbop that fails leaves nothing")
	void whenAnActionFailsThenNothingIsLeft() {
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.fixture.db.inTransaction((db) -> {
			this.entities.save("users", "u1", Map.of("name", "John"));
			this.entities.saveAll("users", List.of(Map.of("id", "u2", "name", "x"), Map.of("id", "u1", "name", "y")));
			if (this.entities.get("users", "u2").isPresent()) {
				throw new IllegalStateException("no");
			}
		}));
		assertThat(this.entities.get("users", "u1")).isEmpty();
		assertThat(this.entities.save("users", "u1", Map.of("x", 1, "name", "Ann")).version()).isOne();
	}

	@Test
	@DisplayName("V6 a new field in a transaction that has used the table never commits it")
	void whenTheTransactionBlocksTheChangeThenItIsRefusedAndTakenBack() {
		assumeThat(changesTablesInTransactions()).isFalse();
		this.entities.save("users", "u1", Map.of("name", "John"));
		long begin = System.nanoTime();
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> this.transaction.executeWithoutResult((status) -> {
				this.entities.save("users", "x", Map.of("name", "X"));
				this.entities.save("users", "y", Map.of("later", 1));
			}))
			.satisfies(this::isTheRefusal);
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
		assertThat(this.entities.get("users", "x")).isEmpty();
		assertThat(this.entities.history("users", "x")).isEmpty();
		assertThat(this.entities.save("users", "y", Map.of("later", 1)).version()).isOne();
	}

	/** Galera does not wait: it aborts who uses a table that changes. */
	private void isTheRefusal(RuntimeException ex) {
		if (ex instanceof EntitySchemaException || this.fixture.instance.nodes().size() == 1) {
			assertThat(ex).isInstanceOf(EntitySchemaException.class).hasMessageContaining("prepare()");
		}
		else {
			assertThat(ex).isInstanceOf(PessimisticLockingFailureException.class);
		}
	}

	/** A view keeps SQLite from removing the column that has become too narrow. */
	@Test
	void whenAChangeFailsHalfwayThenTheTransactionComesToNothing() {
		assumeThat(this.fixture.kind()).isEqualTo(TestDatabase.SQLITE);
		this.entities.save("users", "u1", Map.of("n", 1, "note", "before"));
		execute("CREATE UNIQUE INDEX by_n ON [users] ([n])");
		execute("CREATE VIEW numbers AS SELECT [n] FROM [users]");
		assertThatExceptionOfType(UnexpectedRollbackException.class)
			.isThrownBy(() -> this.transaction.executeWithoutResult((status) -> {
				assertThatExceptionOfType(EntitySchemaException.class)
					.isThrownBy(() -> this.entities.save("users", "u1", Map.of("n", 5_000_000_000L)));
				this.entities.save("users", "u1", Map.of("note", "after"));
			}));
		assertThat(this.entities.get("users", "u1").orElseThrow().get("note")).isEqualTo("before");
		assertThatExceptionOfType(DuplicateKeyException.class)
			.isThrownBy(() -> this.entities.save("users", "u2", Map.of("n", 1)));
	}

	@Test
	@DisplayName("V6 a new field in a transaction that has used other tables works, and commits nothing")
	void whenTheTransactionDoesNotBlockTheChangeThenItWorks() {
		this.entities.save("users", "u1", Map.of("name", "John"));
		this.entities.save("others", "o1", Map.of("name", "Ann"));
		this.transaction.executeWithoutResult((status) -> {
			this.entities.save("others", "x", Map.of("name", "X"));
			this.entities.save("users", "u1", Map.of("later", 1));
			this.entities.saveAll("users", List.of(Map.of("id", "u1", "later", 2), Map.of("id", "u2", "later", 3)));
			this.entities.save("things", "t1", Map.of("n", 1));
			status.setRollbackOnly();
		});
		assertThat(this.entities.get("others", "x")).isEmpty();
		assertThat(this.entities.history("users", "u1")).hasSize(1);
		assertThat(this.entities.get("things", "t1")).isEmpty();
		assertThat(this.entities.save("users", "u1", Map.of("name", "Jim")).version()).isEqualTo(2);
	}

	@Test
	@DisplayName("V6 T11 a transaction that is older than the tables it needs is done again")
	void whenTheTransactionIsOlderThanTheTablesThenItIsRepeated() {
		this.entities.save("users", "u1", Map.of("name", "John"));
		this.entities.save("others", "o1", Map.of("name", "Ann"));
		EntityRecord saved = this.fixture.db.inTransaction((db) -> {
			this.entities.get("others", "o1");
			this.entities.save("others", "x", Map.of("name", "X"));
			this.entities.save("users", "u1", Map.of("last", true));
			this.entities.save("things", "t1", Map.of("n", 1));
			return this.entities.save("users", "u1", Map.of("name", "Jim"));
		});
		assertThat(saved.fields()).containsEntry("last", true);
		assertThat(this.entities.history("users", "u1")).hasSize(3);
		assertThat(this.entities.history("others", "x")).hasSize(1);
		assertThat(this.entities.history("things", "t1")).hasSize(1);
	}

	@Test
	@DisplayName("E6 H5 a history that cannot be written takes the save back, and the transaction of the caller with it")
	void whenTheHistoryFailsThenTheSaveIsTakenBack() {
		this.entities.save("users", "u1", Map.of("name", "John", "n", 1));
		execute("CREATE UNIQUE INDEX only_once ON [users_history] ([n])");
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> this.entities.save("users", "u2", Map.of("n", 1)));
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> this.entities.saveAll("users",
				List.of(Map.of("id", "u3", "n", 3), Map.of("id", "u2", "name", "x", "n", 1))));
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> this.entities.delete("users", "u1"));
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> this.entities.purge("users", "u1"));
		assertOnlyFirst();
		assertThatExceptionOfType(UnexpectedRollbackException.class)
			.isThrownBy(() -> this.transaction.executeWithoutResult((status) -> {
				this.entities.save("users", "u4", Map.of("n", 4));
				assertThatExceptionOfType(DataAccessException.class)
					.isThrownBy(() -> this.entities.save("users", "u2", Map.of("n", 1)));
				assertThat(status.isRollbackOnly() || this.fixture.pool.dialect().errorAbortsTransaction()).isTrue();
				if (!status.isRollbackOnly()) {
					throw new UnexpectedRollbackException("the database does so");
				}
			}));
		assertOnlyFirst();
	}

	private void assertOnlyFirst() {
		assertThat(this.entities.find("users", EntityQuery.all().includingDeleted())).extracting(EntityRecord::id)
			.containsExactly("u1");
		assertThat(this.entities.history("users", "u1")).hasSize(1);
		for (String id : List.of("u2", "u3", "u4")) {
			assertThat(this.entities.history("users", id)).isEmpty();
		}
	}

	@Test
	@DisplayName("E6 a unique index of somebody else's refuses a save, and no other row is changed")
	void whenAnotherRowHasTheValueThenTheSaveIsRefused() {
		this.entities.saveAll("users",
				List.of(Map.of("id", "a", "mail", 1, "name", "A"), Map.of("id", "b", "mail", 2)));
		execute("CREATE UNIQUE INDEX one_mail ON [users] ([mail])");
		List<EntityRecord> before = this.entities.find("users", EntityQuery.all());
		assertDuplicate(() -> this.entities.save("users", "c", Map.of("mail", 1, "name", "C")));
		assertDuplicate(() -> this.entities.save("users", "b", Map.of("mail", 1, "name", "B")));
		assertDuplicate(() -> this.entities.saveAll("users", List.of(Map.of("id", "c", "mail", 3),
				Map.of("id", "d", "mail", 1), Map.of("id", "b", "mail", 4), Map.of("id", "e", "name", "E"))));
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> this.transaction.executeWithoutResult((status) -> {
				assertDuplicate(() -> this.entities.saveAll("users", List.of(Map.of("id", "b", "mail", 4),
						Map.of("id", "d", "mail", 1), Map.of("id", "e", "name", "E"))));
				throw new IllegalStateException("seen");
			}));
		assertThat(this.entities.find("users", EntityQuery.all())).isEqualTo(before);
		assertThat(this.entities.history("users", "a")).hasSize(1);
		assertThat(this.entities.history("users", "b")).hasSize(1);
	}

	@Test
	@DisplayName("E6 rows of an iterator that are refused leave none of them, even if the caller wants to go on")
	void whenAnIteratorIsRefusedThenNoneOfItsRowsStays() {
		this.entities.saveAll("users", List.of(Map.of("id", "a", "mail", 1), Map.of("id", "b", "mail", 2)));
		execute("CREATE UNIQUE INDEX one_mail ON [users] ([mail])");
		List<EntityRecord> before = this.entities.find("users", EntityQuery.all());
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> this.transaction
			.executeWithoutResult((status) -> assertDuplicate(() -> this.entities.saveAll("users",
					List.of(Map.of("id", "b", "mail", 4), Map.of("id", "c", "mail", 3), Map.of("id", "d", "mail", 1))
						.iterator()))));
		assertThat(this.entities.find("users", EntityQuery.all())).isEqualTo(before);
		assertThat(this.entities.history("users", "b")).hasSize(1);
		assertThat(this.entities.history("users", "c")).isEmpty();
	}

	@Test
	@DisplayName("E6 who goes on after rows were refused commits what came after them, on all nodes")
	void whenTheCallerGoesOnAfterManyWereRefusedThenNoneOfThemStays() {
		assumeThat(this.fixture.kind()).isIn(TestDatabase.MYSQL, TestDatabase.MARIADB);
		this.entities.save("users", "u1", Map.of("age", 5, "name", "John"));
		execute("ALTER TABLE [users] ADD CONSTRAINT not_too_old CHECK ([age] < 1000)");
		List<Map<String, Object>> rows = IntStream.range(0, 300)
			.mapToObj((i) -> Map.<String, Object>of("id", "v%03d".formatted(i), "age", i, "name", "N".repeat(100)))
			.toList();
		List<Map<String, Object>> refused = new ArrayList<>(rows);
		refused.add(Map.of("id", "v300", "age", 1000, "name", "Too old"));
		this.transaction.executeWithoutResult((status) -> {
			assertThatExceptionOfType(DataIntegrityViolationException.class)
				.isThrownBy(() -> this.entities.saveAll("users", refused));
			this.entities.saveAll("users", rows);
		});
		assertThat(this.entities.saveAll("users", rows)).extracting(EntityRecord::version).containsOnly(2L);
		assertThat(this.entities.find("users", EntityQuery.all())).hasSize(301);
		assertThat(this.entities.history("users", "v299")).hasSize(2);
	}

	private static void assertDuplicate(Runnable save) {
		assertThatExceptionOfType(DuplicateKeyException.class).isThrownBy(save::run);
	}

}
