package io.dbop.entity;

import java.time.DayOfWeek;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.dbop.dialect.ColumnType;
import io.dbop.dialect.ColumnValues;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.NotOnClusters;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.support.TransactionTemplate;

import static io.dbop.entity.EntityQuery.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Two instances of an application, one of which knows less than the other. */
@EachDatabase
class StaleSchemaTests {

	private final DatabaseInstance instance;

	private final EntityFixture one;

	private final EntityFixture other;

	private final EntityOperations ahead;

	private final EntityOperations behind;

	StaleSchemaTests(DatabaseInstance instance) {
		this.instance = instance;
		this.one = new EntityFixture(instance);
		this.other = new EntityFixture(instance);
		this.ahead = this.one.entities();
		this.behind = this.other.entities();
		this.ahead.saveAll("users", List.of(Map.of("id", "u1", "name", "John", "n", 1), Map.of("id", "u2", "n", 2)));
		assertThat(this.behind.get("users", "u1")).isPresent();
	}

	@AfterEach
	void close() {
		this.one.close();
		this.other.close();
	}

	private void execute(String sql) {
		String quoted = this.one.pool.dialect().syntax().quote("x").substring(0, 1);
		this.one.db.jdbcTemplate().execute(sql.replace("[", quoted).replace("]", quoted));
	}

	@Test
	@DisplayName("H1 H2 V5 who knows less of a row keeps all of it, in the history too")
	void whenARowHasAFieldThatIsNotKnownThenItStays() {
		this.ahead.save("users", "u1", Map.of("later", "here"));
		EntityRecord saved = this.behind.save("users", "u1", Map.of("name", "Jim"));
		assertThat(saved.fields()).isEqualTo(Map.of("name", "Jim", "n", 1, "later", "here"));
		assertThat(this.ahead.get("users", "u1")).contains(saved);
		assertThat(this.ahead.version("users", "u1", 3).orElseThrow().record()).isEqualTo(saved);
		this.ahead.save("users", "u1", Map.of("last", true));
		assertThat(this.behind.delete("users", "u1")).isTrue();
		assertThat(this.ahead.version("users", "u1", 5).orElseThrow().fields()).containsEntry("last", true);
		this.ahead.save("users", "u2", Map.of("most", 1L));
		assertThat(this.behind.purge("users", "u2")).isTrue();
		assertThat(this.ahead.version("users", "u2", 3).orElseThrow().fields()).containsEntry("most", 1L);
	}

	@Test
	@DisplayName("V5 H2 who knows less reads what others have added and widened")
	void whenARowHasAFieldThatIsNotKnownThenItIsRead() {
		this.ahead.save("users", "u1", Map.of("later", "here", "n", 5_000_000_000L));
		assertThat(this.behind.get("users", "u1").orElseThrow().fields())
			.isEqualTo(Map.of("name", "John", "n", 5_000_000_000L, "later", "here"));
		this.ahead.save("users", "u1", Map.of("more", DayOfWeek.MONDAY));
		assertThat(this.behind.find("users", where("[id] = ?", "u1")).get(0).fields()).containsEntry("more",
				DayOfWeek.MONDAY);
		this.ahead.save("users", "u1", Map.of("more", "MON", "yet", 1));
		assertThat(this.behind.history("users", "u1").get(0).fields()).containsEntry("more", "MON")
			.containsEntry("yet", 1);
		this.ahead.save("users", "u1", Map.of("end", 1));
		assertThat(this.behind.find("users", where("[end] = ?", 1))).hasSize(1);
		assertThat(this.behind.find("users", EntityQuery.all().orderBy("end"))).hasSize(2);
	}

	@Test
	@DisplayName("V5 H2 a column that was added past dbop is kept by those who have not looked since, whatever the mode")
	void whenSomebodyElseHasAddedColumnsThenTheyStay() {
		EntitySettings validating = new EntitySettings(EntityMode.VALIDATE, Map.of(), TypeConflict.REFUSE, 500,
				Duration.ofSeconds(5));
		try (EntityFixture old = new EntityFixture(this.instance, validating)) {
			assertThat(old.entities().get("users", "u1")).isPresent();
			ColumnValues columns = this.one.pool.dialect().columns();
			for (String table : List.of("users_history", "users")) {
				execute("ALTER TABLE [" + table + "] ADD COLUMN [price] " + columns.type(ColumnType.NUMERIC));
				execute("ALTER TABLE [" + table + "] ADD COLUMN [stock] " + columns.type(ColumnType.BIGINT));
			}
			try (EntityFixture young = new EntityFixture(this.instance, validating)) {
				young.entities()
					.saveAll("users", Stream.of("u1", "u2")
						.map((id) -> Map.<String, Object>of("id", id, "price", Double.POSITIVE_INFINITY, "stock", 7L))
						.toList());
			}
			Map<String, Object> added = Map.of("price", Double.POSITIVE_INFINITY, "stock", 7L);
			assertThat(old.entities().save("users", "u1", Map.of("name", "Jim")).fields()).containsAllEntriesOf(added);
			assertThat(this.behind.save("users", "u2", Map.of("name", "Ann")).fields()).containsAllEntriesOf(added);
		}
		for (String id : List.of("u1", "u2")) {
			EntityRecord user = this.ahead.get("users", id).orElseThrow();
			assertThat(user.fields()).containsEntry("stock", 7L).containsEntry("price", Double.POSITIVE_INFINITY);
			assertThat(this.ahead.version("users", id, 3).orElseThrow().record()).isEqualTo(user);
		}
	}

	@Test
	@DisplayName("V5 a batch with rows that are known and rows that are not is whole")
	void whenABatchHoldsStaleRowsThenItIsWhole() {
		this.ahead.save("users", "u2", Map.of("later", "here"));
		assertThat(this.behind.saveAll("users",
				List.of(Map.of("id", "u1", "n", 7), Map.of("id", "u2", "n", 8), Map.of("id", "u3", "n", 9),
						Map.of("id", "u2", "name", "Ann"))))
			.extracting(EntityRecord::version)
			.containsExactly(2L, 3L, 1L, 4L);
		assertThat(this.ahead.get("users", "u2").orElseThrow().fields())
			.isEqualTo(Map.of("n", 8, "name", "Ann", "later", "here"));
		assertThat(this.ahead.version("users", "u2", 3).orElseThrow().fields()).containsEntry("later", "here");
		assertThat(this.ahead.history("users", "u1")).hasSize(2);
	}

	@Test
	@DisplayName("V5 a batch with stale rows in the transaction of the caller saves each of them once")
	void whenABatchInATransactionHoldsStaleRowsThenEachIsSavedOnce() {
		this.ahead.save("users", "u2", Map.of("later", "here"));
		new TransactionTemplate(this.other.db.transactionManager()).executeWithoutResult((status) -> {
			assertThat(this.behind.saveAll("users",
					List.of(Map.of("id", "u1", "n", 7), Map.of("id", "u2", "n", 8), Map.of("id", "u3", "n", 9))))
				.extracting(EntityRecord::version)
				.containsExactly(2L, 3L, 1L);
		});
		for (EntityRecord user : this.ahead.find("users", EntityQuery.all())) {
			List<EntityVersion> history = this.ahead.history("users", user.id());
			assertThat(history).hasSize((int) user.version());
			assertThat(history.get(0).record()).isEqualTo(user);
		}
		assertThat(this.ahead.get("users", "u2").orElseThrow().get("later")).isEqualTo("here");
	}

	@Test
	@DisplayName("V5 a batch of stale rows only in the transaction of the caller is saved, too")
	void whenABatchInATransactionHoldsStaleRowsOnlyThenEachIsSavedOnce() {
		this.ahead.saveAll("users", List.of(Map.of("id", "u1", "later", "here"), Map.of("id", "u2", "later", "there")));
		new TransactionTemplate(this.other.db.transactionManager()).executeWithoutResult((status) -> {
			assertThat(this.behind.saveAll("users", List.of(Map.of("id", "u1", "n", 7), Map.of("id", "u2", "n", 8))))
				.extracting(EntityRecord::version)
				.containsExactly(3L, 3L);
		});
		assertThat(this.ahead.history("users", "u2")).extracting((version) -> version.fields().get("later"))
			.containsExactly("there", "there", null);
		assertThat(this.ahead.get("users", "u1").orElseThrow().fields()).containsEntry("n", 7)
			.containsEntry("later", "here");
	}

	@Test
	@DisplayName("V5 rows of an iterator, some of them stale, are saved once each")
	void whenAnIteratorGivesStaleRowsThenEachIsSavedOnce() {
		this.ahead.save("users", "u2", Map.of("later", "here"));
		assertThat(this.behind.saveAll("users",
				List.of(Map.of("id", "u1", "n", 7), Map.of("id", "u2", "n", 8), Map.of("id", "u3", "n", 9)).iterator()))
			.isEqualTo(3);
		for (EntityRecord user : this.ahead.find("users", EntityQuery.all())) {
			List<EntityVersion> history = this.ahead.history("users", user.id());
			assertThat(history).hasSize((int) user.version());
			assertThat(history.get(0).record()).isEqualTo(user);
		}
		assertThat(this.ahead.get("users", "u2").orElseThrow().fields()).containsEntry("later", "here")
			.containsEntry("n", 8);
	}

	@Test
	@DisplayName("V5 a plan that the server has kept never reaches the caller")
	void whenAColumnIsWidenedThenKeptStatementsStillWork() {
		IntStream.range(0, 12).forEach((i) -> {
			this.behind.get("users", "u1");
			this.behind.find("users", where("[n] < ?", 100));
			this.behind.save("users", "u2", Map.of("n", i));
		});
		this.ahead.save("users", "u3", Map.of("n", 5_000_000_000L));
		IntStream.range(0, 6).forEach((i) -> {
			assertThat(this.behind.get("users", "u1").orElseThrow().get("n")).isIn(1, 1L);
			assertThat(this.behind.find("users", where("[n] < ?", 100))).hasSize(2);
			assertThat(this.behind.save("users", "u2", Map.of("n", i)).get("n")).isIn(i, (long) i);
		});
	}

	@Test
	@DisplayName("V5 columns that somebody drops or adds")
	void whenSomebodyChangesColumnsThenItHeals() {
		execute("ALTER TABLE [users] DROP COLUMN [name]");
		assertThat(this.ahead.get("users", "u1").orElseThrow().fields()).isEqualTo(Map.of("n", 1));
		assertThat(this.ahead.save("users", "u1", Map.of("n", 3)).version()).isEqualTo(2);
		assertThat(this.behind.save("users", "u1", Map.of("name", "Jim")).fields())
			.isEqualTo(Map.of("name", "Jim", "n", 3));
		assertThat(this.ahead.get("users", "u1").orElseThrow().fields()).containsEntry("name", "Jim");
		execute("ALTER TABLE [users] ADD COLUMN [extra] INTEGER");
		assertThat(this.behind.save("users", "u1", Map.of("extra", 1)).get("extra")).isEqualTo(1);
		assertThat(this.ahead.save("users", "u1", Map.of("n", 4)).get("extra")).isEqualTo(1);
		assertThat(this.ahead.history("users", "u1").get(0).fields()).containsEntry("extra", 1);
	}

	@Test
	@DisplayName("V5 a column that somebody adds to both tables is known to all when it is used")
	void whenSomebodyAddsAColumnThenNobodyLosesIt() {
		execute("ALTER TABLE [users] ADD COLUMN [extra] INTEGER");
		execute("ALTER TABLE [users_history] ADD COLUMN [extra] INTEGER");
		try (EntityFixture fresh = new EntityFixture(this.instance)) {
			fresh.entities().save("users", "u1", Map.of("extra", 1));
		}
		assertThat(this.behind.save("users", "u1", Map.of("n", 4)).fields()).containsEntry("extra", 1);
		assertThat(this.ahead.history("users", "u1").get(0).fields()).containsEntry("extra", 1).containsEntry("n", 4);
	}

	@Test
	@DisplayName("V5 records of fields that somebody removes")
	void whenSomebodyRemovesTheRecordsThenItHeals() {
		this.ahead.save("users", "u1", Map.of("day", DayOfWeek.MONDAY));
		execute("DELETE FROM [dbop_fields]");
		assertThat(this.behind.saveAll("users", List.of(Map.of("id", "u1", "n", 4), Map.of("id", "u2", "n", 5))))
			.extracting(EntityRecord::version)
			.containsExactly(3L, 2L);
		this.ahead.save("users", "u1", Map.of("later", 1));
		assertThat(this.behind.save("users", "u1", Map.of("n", 6)).fields()).containsEntry("later", 1);
		assertThat(this.ahead.history("users", "u1").get(0).fields()).containsEntry("later", 1).containsEntry("n", 6);
		execute("DROP TABLE [dbop_fields]");
		assertThat(this.behind.save("users", "u1", Map.of("last", 1)).fields()).containsEntry("last", 1);
		assertThat(this.ahead.save("users", "u1", Map.of("n", 7)).fields()).containsEntry("last", 1);
		assertThat(this.ahead.history("users", "u1").get(0).fields()).containsEntry("last", 1);
	}

	@Test
	@DisplayName("V5 tables that somebody drops are made again")
	void whenSomebodyDropsTheTablesThenTheyAreMadeAgain() {
		execute("DROP TABLE [users]");
		execute("DROP TABLE [users_history]");
		assertThat(this.ahead.get("users", "u1")).isEmpty();
		assertThat(this.behind.find("users", EntityQuery.all())).isEmpty();
		assertThat(this.ahead.save("users", "u1", Map.of("n", 1)).version()).isOne();
		assertThat(this.behind.save("users", "u1", Map.of("name", "Jim")).version()).isEqualTo(2);
		execute("DROP TABLE [users_history]");
		assertThat(this.behind.save("users", "u1", Map.of("n", 3)).version()).isEqualTo(3);
		assertThat(this.ahead.history("users", "u1")).hasSize(1);
	}

	@Test
	@DisplayName("V2 fields that come while rows are saved are in every copy")
	@NotOnClusters(
			value = "In Group Replication a change of a table and who waits for other nodes may wait for each other",
			of = TestDatabase.MYSQL)
	void whenFieldsComeWhileRowsAreSavedThenNoCopyLacksThem() {
		assumeThat(this.one.kind()).as("H2 may lose a row that is written while it copies the table")
			.isNotEqualTo(TestDatabase.H2);
		CompletableFuture<Void> adding = CompletableFuture
			.runAsync(() -> IntStream.range(0, 15).forEach((i) -> this.ahead.save("users", "u1", Map.of("f" + i, i))));
		CompletableFuture<Void> saving = CompletableFuture
			.runAsync(() -> IntStream.range(0, 60).forEach((i) -> this.behind.save("users", "u1", Map.of("n", i))));
		CompletableFuture.allOf(adding, saving).join();
		List<EntityVersion> history = new ArrayList<>(this.ahead.history("users", "u1"));
		assertThat(history).hasSize(76);
		int fields = 0;
		for (int i = history.size() - 1; i >= 0; i--) {
			int now = (int) history.get(i).fields().values().stream().filter((value) -> value != null).count();
			assertThat(now).as("version %s", history.get(i).version()).isGreaterThanOrEqualTo(fields);
			fields = now;
		}
		assertThat(fields).isEqualTo(17);
	}

	@Test
	@DisplayName("V8 the same entity in two schemas and in two databases")
	void whenAnEntityIsInTwoPlacesThenTheyDoNotMix() {
		DatabaseInstance place = (this.one.kind() == TestDatabase.POSTGRESQL) ? inSchema()
				: this.one.kind().freshDatabase();
		try (EntityFixture elsewhere = new EntityFixture(place)) {
			EntityOperations entities = elsewhere.entities();
			assertThat(entities.get("users", "u1")).isEmpty();
			assertThat(entities.save("users", "u1", Map.of("name", 5, "own", true)).version()).isOne();
			assertThat(this.ahead.save("users", "u1", Map.of("later", 1)).fields())
				.isEqualTo(Map.of("name", "John", "n", 1, "later", 1));
			assertThat(entities.get("users", "u1").orElseThrow().fields()).isEqualTo(Map.of("name", 5, "own", true));
		}
	}

	private DatabaseInstance inSchema() {
		execute("CREATE SCHEMA elsewhere");
		String url = this.instance.url();
		return SameDatabase.of(this.instance, url + (url.contains("?") ? "&" : "?") + "currentSchema=elsewhere");
	}

	@Test
	@DisplayName("T6 batches of the same rows in opposite order")
	void whenBatchesComeInOppositeOrderThenNobodySeesADeadlock() {
		assumeThat(this.one.kind()).isNotEqualTo(TestDatabase.SQLITE);
		List<Map<String, Object>> rows = IntStream.range(0, 600)
			.<Map<String, Object>>mapToObj((i) -> Map.of("id", "r" + i, (i % 2 == 0) ? "a" : "b", i))
			.toList();
		List<Map<String, Object>> reversed = new ArrayList<>(rows);
		Collections.reverse(reversed);
		this.ahead.saveAll("rows", rows);
		CompletableFuture<?>[] all = Stream.of(this.ahead, this.behind, this.ahead, this.behind)
			.map((entities) -> CompletableFuture.runAsync(() -> {
				entities.saveAll("rows", (entities == this.ahead) ? rows : reversed);
				entities.saveAll("rows", (entities == this.ahead) ? rows : reversed);
			}))
			.toArray(CompletableFuture[]::new);
		CompletableFuture.allOf(all).join();
		assertThat(this.ahead.find("rows", EntityQuery.all())).hasSize(600).allMatch((row) -> row.version() == 9);
	}

}
