package io.dbop.database;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.dbop.sql.InvalidSqlException;
import io.dbop.statement.InvalidParametersException;
import io.dbop.statement.StatementSpec;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.NotOnClusters;
import io.dbop.test.TestDatabase;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.jdbc.support.GeneratedKeyHolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Statements of the handle, the same on every database. */
@EachDatabase(also = TestDatabase.HSQLDB)
class StatementTests {

	private final HandleFixture fixture;

	private final Database db;

	StatementTests(DatabaseInstance instance) {
		this.fixture = new HandleFixture(instance);
		this.db = this.fixture.database;
	}

	@BeforeEach
	void table() {
		this.db.sql("CREATE TABLE [order] ([id] INTEGER PRIMARY KEY, [Select] VARCHAR(40), [amount] DECIMAL(12,2))")
			.update();
		this.db.sql("INSERT INTO [order] ([id], [Select], [amount]) VALUES (?, ?, ?), (?, ?, ?)")
			.params(1, "one", new BigDecimal("1.10"), 2, "two", null)
			.update();
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	@DisplayName("S1 reserved words and mixed case as [identifiers]")
	void whenIdentifiersAreBracketedThenReservedWordsWork() {
		assertThat(this.db.sql("SELECT * FROM [order] WHERE [id] = ?").param(1).list(Order.class)).singleElement()
			.satisfies((order) -> {
				assertThat(order.id()).isOne();
				assertThat(order.select()).isEqualTo("one");
				assertThat(order.amount()).isEqualByComparingTo("1.10");
			});
	}

	@Test
	void whenParametersAreNumberedThenTheyMayBeReorderedAndRepeated() {
		assertThat(this.db.sql("SELECT [id] FROM [order] WHERE [Select] = $2 AND [id] = $1 AND [id] <= $1")
			.params(2, "two")
			.single(Integer.class)).isEqualTo(2);
	}

	@Test
	void whenParametersAreNamedThenValuesComeByNameFromMapsAndObjects() {
		StatementSpec byName = this.db.sql("SELECT [id] FROM [order] WHERE [Select] = :select AND [id] = :id");
		assertThat(byName.param("id", 1).param("select", "one").single(Integer.class)).isOne();
		assertThat(named().params(Map.of("id", 1, "select", "one", "more", 3)).single(Integer.class)).isOne();
		assertThat(named().paramSource(new Order(1, "one", null)).single(Integer.class)).isOne();
	}

	private StatementSpec named() {
		return this.db.sql("SELECT [id] FROM [order] WHERE [Select] = :select AND [id] = :id");
	}

	@Test
	void whenANamedParameterIsACollectionThenItStandsForItsValues() {
		assertThat(this.db.sql("SELECT [id] FROM [order] WHERE [id] IN (:ids) AND [id] < :max ORDER BY [id]")
			.param("ids", List.of(1, 2, 7))
			.param("max", 5)
			.list(Integer.class)).containsExactly(1, 2);
	}

	@Test
	void whenResultsAreAskedForThenInTheWordsOfJdbcClient() {
		String all = "SELECT [id] FROM [order] ORDER BY [id]";
		assertThat(this.db.sql(all).query(Integer.class).list()).containsExactly(1, 2);
		assertThat(this.db.sql(all).query().singleColumn()).hasSize(2);
		assertThat(this.db.sql(all).query().listOfRows()).hasSize(2);
		assertThat(this.db.sql(all).query((row, number) -> row.getInt(1) + number).list()).containsExactly(1, 3);
		List<Integer> seen = new ArrayList<>();
		this.db.sql(all).query((row) -> {
			seen.add(row.getInt(1));
		});
		assertThat(seen).containsExactly(1, 2);
		assertThat(this.db.sql(all).maxRows(1).list(Integer.class)).containsExactly(1);
		assertThat(this.db.sql("SELECT [id] FROM [order] WHERE [id] = 9").optional(Integer.class)).isEmpty();
		assertThat(this.db.sql("SELECT [id] FROM [order] WHERE [id] = 2").optional(Integer.class))
			.isEqualTo(Optional.of(2));
		assertThatExceptionOfType(IncorrectResultSizeDataAccessException.class)
			.isThrownBy(() -> this.db.sql(all).single(Integer.class));
	}

	@Test
	void whenRowsAreStreamedThenTheConnectionIsHeldUntilTheStreamIsClosed() {
		try (Stream<Integer> ids = this.db.sql("SELECT [id] FROM [order] ORDER BY [id]").stream(Integer.class)) {
			assertThat(this.fixture.pool.status().active()).isOne();
			assertThat(ids).containsExactly(1, 2);
		}
		assertThat(this.fixture.pool.status().active()).isZero();
	}

	@Test
	@NotOnClusters("each node has its own AUTO_INCREMENT numbers")
	void whenTheDatabaseGivesKeysThenTheyAreReceived() {
		String key = switch (this.fixture.kind()) {
			case SQLITE -> "INTEGER PRIMARY KEY AUTOINCREMENT";
			case MARIADB, MYSQL -> "INTEGER AUTO_INCREMENT PRIMARY KEY";
			default -> "INTEGER GENERATED BY DEFAULT AS IDENTITY (START WITH 1) PRIMARY KEY";
		};
		this.db.sql("CREATE TABLE [keyed] ([id] " + key + ", [name] VARCHAR(20))").update();
		GeneratedKeyHolder keys = new GeneratedKeyHolder();
		assertThat(this.db.sql("INSERT INTO [keyed] ([name]) VALUES (?)").param("a").update(keys, "id")).isOne();
		assertThat(keys.getKey()).isNotNull();
		assertThat(keys.getKey().intValue()).isOne();
	}

	@Test
	void whenAStatementFailsThenSpringsExceptionTellsWhy() {
		assertThatExceptionOfType(DuplicateKeyException.class)
			.isThrownBy(() -> this.db.sql("INSERT INTO [order] ([id]) VALUES (?)").param(1).update());
	}

	@Test
	void whenABatchIsExecutedThenAllRowsOrNone() {
		List<@Nullable Object[]> rows = new ArrayList<>();
		for (int i = 10; i < 2510; i++) {
			rows.add(new @Nullable Object[] { i, "row " + i, null });
		}
		String insert = "INSERT INTO [order] ([id], [Select], [amount]) VALUES (?, ?, ?)";
		assertThat(this.db.sql(insert).batch(rows).execute()).hasSize(2500);
		assertThat(count()).isEqualTo(2502);
		List<List<Object>> bad = new ArrayList<>();
		for (int i = 5000; i < 6500; i++) {
			bad.add(Arrays.asList(i, "x", BigDecimal.ONE));
		}
		bad.add(Arrays.asList(1, "there already", BigDecimal.ONE));
		assertThatExceptionOfType(org.springframework.dao.DataIntegrityViolationException.class)
			.isThrownBy(() -> this.db.sql(insert).batch(bad).execute());
		assertThat(count()).isEqualTo(2502);
		assertThat(this.db.sql(insert).batch(List.of()).execute()).isEmpty();
	}

	@Test
	void whenABatchHasNamedParametersThenRowsAreMapsOrObjects() {
		this.db.sql("INSERT INTO [order] ([id], [Select]) VALUES (:id, :select)")
			.batch(List.of(Map.of("id", 20, "select", "map"), new Order(21, "record", null)))
			.execute();
		assertThat(this.db.sql("SELECT [Select] FROM [order] WHERE [id] >= 20 ORDER BY [id]").list(String.class))
			.containsExactly("map", "record");
	}

	@Test
	void whenABatchHasOneParameterThenRowsAreItsValues() {
		assertThat(this.db.sql("INSERT INTO [order] ([id]) VALUES (?)").batch(List.of(30, 31)).execute()).hasSize(2);
		assertThat(this.db.sql("INSERT INTO [order] ([id], [amount]) VALUES (?, ?)")
			.batch(List.of(new int[] { 32, 1 }))
			.execute()).hasSize(1);
		assertThat(count()).isEqualTo(5);
	}

	@Test
	@DisplayName("a map may have more than the statement asks for, which may be nothing")
	void whenAMapHasMoreThanIsAskedForThenTheRestIsLeft() {
		Map<String, Object> values = Map.of("id", 3, "more", 4);
		assertThat(this.db.sql("SELECT :id").params(values).single(Integer.class)).isEqualTo(3);
		assertThat(this.db.sql("SELECT 1").params(values).single(Integer.class)).isOne();
	}

	@Test
	void whenParametersDoNotFitThenTheDatabaseIsNotReached() {
		long acquired = this.fixture.pool.statistics().acquired();
		String insert = "INSERT INTO [order] ([id], [Select]) VALUES (?, ?)";
		refused("has 2 parameter(s), and 1 value(s) were given", () -> this.db.sql(insert).param(3).update());
		refused("has 2 parameter(s), and 3 value(s) were given", () -> this.db.sql(insert).params(3, "a", 4).update());
		refused("parameter 1 was given no value", () -> this.db.sql(insert).param(2, "a").update());
		refused("values were given by name", () -> this.db.sql(insert).param("id", 3).update());
		refused("values were given by name", () -> this.db.sql(insert).params(Map.of("id", 3)).update());
		refused("values were given by name", () -> this.db.sql("SELECT 1").param("id", 3).single(Integer.class));
		refused("':select' was given no value", () -> named().param("id", 3).single(Integer.class));
		refused("no parameter ':other'",
				() -> named().params(Map.of("id", 1, "select", "a")).param("other", 1).update());
		refused("values were given by place", () -> named().params(1, "one").single(Integer.class));
		refused("row 2 of the batch", () -> this.db.sql(insert).batch(List.of(List.of(3, "a"), List.of(4))).execute());
		refused("row 1 of the batch", () -> this.db.sql(insert).batch(Arrays.asList(null, List.of(4, "a"))).execute());
		refused("java.lang.Object", () -> this.db.sql(insert).params(3, new Object()).update());
		refused("java.util.Optional", () -> this.db.sql(insert).params(3, Optional.of("secret-value")).update());
		refused("as in 'IN (:ids)'", () -> this.db.sql(insert).params(3, List.of("a")).update());
		refused("empty collection",
				() -> this.db.sql("SELECT 1 WHERE 1 IN (:ids)").param("ids", List.of()).list(Integer.class));
		assertThatExceptionOfType(InvalidSqlException.class)
			.isThrownBy(() -> this.db.sql("SELECT * FROM [order] WHERE [id] = ? AND [Select] = :name"))
			.withMessageContaining("main");
		assertThatIllegalArgumentException().isThrownBy(() -> this.db.sql(" "));
		assertThatIllegalArgumentException().isThrownBy(() -> this.db.sql("SELECT 1").tag("key", null));
		assertThat(this.fixture.pool.statistics().acquired()).isEqualTo(acquired);
	}

	private static void refused(String why, ThrowingCallable call) {
		assertThatExceptionOfType(InvalidParametersException.class).isThrownBy(call)
			.withMessageContaining(why)
			.withMessageContaining("'main'")
			.withMessageNotContaining("secret-value");
	}

	@Test
	@DisplayName("S6 hostile tags are harmless, and the count of parameters is theirs without")
	void whenTagsAreHostileThenTheyAreOnlyTags() {
		for (String hostile : List.of("*/ DROP TABLE [order]; /*", "? ?? $1 :name", "[id]", "a\n-- b", "'",
				"/*! x */")) {
			assertThat(this.db.sql("SELECT [id] FROM [order] WHERE [id] = ?")
				.param(2)
				.tag("key", hostile)
				.tag(hostile, "value")
				.single(Integer.class)).isEqualTo(2);
		}
		assertThat(count()).isEqualTo(2);
	}

	@Test
	void whenInATransactionThenAStatementTakesPart() {
		this.db.inTransaction((tx) -> {
			tx.sql("UPDATE [order] SET [Select] = ? WHERE [id] = ?").params("changed", 1).update();
			assertThat(this.db.sql("SELECT [Select] FROM [order] WHERE [id] = 1").single(String.class))
				.isEqualTo("changed");
			assertThat(
					this.db.jdbcClient().sql("select count(*) from " + quoted("order")).query(Integer.class).single())
				.isEqualTo(2);
			tx.setRollbackOnly();
		});
		assertThat(this.db.sql("SELECT [Select] FROM [order] WHERE [id] = 1").single(String.class)).isEqualTo("one");
	}

	private String quoted(String name) {
		boolean backtick = this.fixture.kind() == TestDatabase.MARIADB || this.fixture.kind() == TestDatabase.MYSQL;
		return backtick ? "`" + name + "`" : '"' + name + '"';
	}

	@Test
	void whenTheSameStatementIsRunAgainThenItsTranslationIsFound() {
		long misses = this.db.translations().misses();
		long hits = this.db.translations().hits();
		for (int i = 0; i < 5; i++) {
			this.db.sql("SELECT [id] FROM [order] WHERE [id] = 1 AND 3 = ?")
				.param(3)
				.tag("n", "" + i)
				.list(Integer.class);
		}
		assertThat(this.db.translations().misses() - misses).isOne();
		assertThat(this.db.translations().hits() - hits).isEqualTo(4);
	}

	private int count() {
		return this.db.sql("SELECT COUNT(*) FROM [order]").single(Integer.class);
	}

	/** A row. */
	record Order(int id, String select, @Nullable BigDecimal amount) {
	}

}
