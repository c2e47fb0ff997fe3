package io.dbop.entity;

import java.lang.ref.WeakReference;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.LinkedHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static io.dbop.entity.EntityQuery.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/** Conditions, order and pages, the same on every database. */
@EachDatabase
class EntityQueryTests {

	private final EntityFixture fixture;

	private final EntityOperations entities;

	EntityQueryTests(DatabaseInstance instance) {
		this.fixture = new EntityFixture(instance);
		this.entities = this.fixture.entities();
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	private void save(String id, @Nullable Object price, @Nullable String name) {
		Map<String, @Nullable Object> fields = new HashMap<>();
		fields.put("id", id);
		fields.put("price", price);
		fields.put("name", name);
		this.entities.save("goods", fields);
	}

	private List<String> ids(EntityQuery query) {
		return this.entities.find("goods", query).stream().map(EntityRecord::id).toList();
	}

	@Test
	@DisplayName("Q1 a condition cannot show what is deleted")
	void whenAConditionHasAnOrThenDeletedOnesStayHidden() {
		save("a", 5, "x");
		save("b", 7, "x");
		this.entities.delete("goods", "b");
		assertThat(ids(where("[price] = ? OR [name] = ?", 5, "x"))).containsExactly("a");
		assertThat(this.entities.count("goods", where("[price] = ? OR 1 = 1", 5))).isOne();
		assertThat(ids(where("[name] = 'it''s -- ) OR (' OR [price] = 5"))).containsExactly("a");
		for (String bad : List.of("1 = 1) OR (1 = 1", ") OR (", "1 = 1 --", "1 = 1 -- )", "1 = 1 /*", "/* */ 1 = 1",
				"(1 = 1", "1 = (SELECT 1 AS [x(]) ) OR 1 = 1 OR (1 = (SELECT 1 AS [y)])",
				"1 = (SELECT 1 AS [x']) ) OR 1 = 1 OR (1 = (SELECT 1 AS [y'])", "[x", "1 = 1; DROP TABLE goods", "'",
				"[name] = 'x")) {
			assertThatExceptionOfType(InvalidEntityException.class).as(bad)
				.isThrownBy(() -> ids(where(bad)))
				.withMessageContaining("Nothing was sent");
			assertThatExceptionOfType(InvalidEntityException.class).as(bad)
				.isThrownBy(() -> this.entities.count("goods", where(bad)));
		}
	}

	@Test
	void whenAParameterIsCalledLikeOneOfOursThenEachKeepsItsValue() {
		save("a", 5, "x");
		save("b", 7, "x");
		save("c", 9, "x");
		EntityQuery query = where("[price] > :dbop_1", Map.of("dbop_1", 1)).orderBy("[price]").limit(1);
		EntityRecord first = this.entities.find("goods", query).get(0);
		assertThat(ids(query.after(first))).containsExactly("b");
	}

	@Test
	@DisplayName("Q2 numbers, dates and nulls sort and compare as they should")
	void whenSortedThenAsTheTypeSays() {
		save("a", new BigDecimal("5.99"), "b");
		save("b", new BigDecimal("10.99"), null);
		save("c", new BigDecimal("24.99"), "B");
		save("d", null, "a");
		assertThat(ids(where("[price] < ?", 20).orderBy("price"))).containsExactly("a", "b");
		assertThat(ids(EntityQuery.all().orderBy("[price]"))).containsExactly("d", "a", "b", "c");
		assertThat(ids(EntityQuery.all().orderBy("[price] DESC"))).containsExactly("c", "b", "a", "d");
		assertThat(ids(EntityQuery.all().orderBy("[name] asc"))).containsExactly("b", "c", "d", "a");
		assertThat(ids(EntityQuery.all().orderBy("created_at desc, id desc"))).containsExactly("d", "c", "b", "a");
		Instant now = Instant.now();
		this.entities.save("goods", "d", Map.of("sold", now));
		assertThat(ids(where("[sold] BETWEEN ? AND ?", now.minusSeconds(9), now.plusSeconds(9)))).containsExactly("d");
		assertThat(ids(where("[sold] > :from", Map.of("from", now.plusSeconds(9))))).isEmpty();
		assertThat(ids(where("[sold] IN (:at)", Map.of("at", List.of(now.minusSeconds(9), now))))).containsExactly("d");
	}

	@Test
	@DisplayName("S5 an order is a list of columns")
	void whenAnOrderIsNotOneThenItIsRefused() {
		save("a", 5, "x");
		for (String bad : List.of("id; DELETE FROM goods", "price DESC NULLS LAST", "(SELECT 1)", "1, 2)",
				"price,,name", "[price", "lower(name)", "price -- x")) {
			assertThatExceptionOfType(InvalidEntityException.class).as(bad)
				.isThrownBy(() -> EntityQuery.all().orderBy(bad));
		}
		for (String unknown : List.of("nothing", "1", "_exact", "_revision")) {
			assertThatExceptionOfType(InvalidEntityException.class).as(unknown)
				.isThrownBy(() -> ids(EntityQuery.all().orderBy(unknown)));
		}
		assertThatIllegalArgumentException().isThrownBy(() -> EntityQuery.all().limit(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> EntityQuery.all().offset(-1));
		assertThat(this.entities.count("goods")).isOne();
	}

	@Test
	@DisplayName("Q3 limit and offset, each with and without the other")
	void whenPagedByOffsetThenPages() {
		IntStream.range(0, 5).forEach((i) -> save("g" + i, i, "x"));
		EntityQuery query = EntityQuery.all().orderBy("price DESC");
		assertThat(ids(query.limit(2))).containsExactly("g4", "g3");
		assertThat(ids(query.limit(2).offset(2))).containsExactly("g2", "g1");
		assertThat(ids(query.offset(3))).containsExactly("g1", "g0");
		assertThat(ids(query.limit(0))).isEmpty();
		assertThat(ids(query.limit(3).offset(9))).isEmpty();
		assertThat(ids(where("[price] > :min", Map.of("min", 1)).orderBy("price").limit(1).offset(1)))
			.containsExactly("g3");
	}

	@Test
	void whenPagedByTheLastRowThenEachIsSeenOnce() {
		for (int i = 0; i < 20; i++) {
			save("g%02d".formatted(i), (i % 4 == 0) ? null : BigDecimal.valueOf(i % 3, 1),
					(i % 5 == 0) ? null : "n" + i % 2);
		}
		for (String order : List.of("price, name DESC", "price DESC, name", "name", "created_at DESC", "id DESC",
				"name DESC, price DESC, version")) {
			List<String> all = ids(EntityQuery.all().orderBy(order));
			assertThat(all).hasSize(20);
			assertThat(paged(where("1 = 1").orderBy(order).limit(3))).as(order).isEqualTo(all);
			assertThat(paged(where("1 = :one", Map.of("one", 1)).orderBy(order).limit(7))).as(order).isEqualTo(all);
		}
		assertThat(paged(EntityQuery.all().limit(6))).hasSize(20);
	}

	@Test
	void whenPagedByNumbersThatNoColumnHoldsThenEachIsSeenOnce() {
		List<BigDecimal> prices = List.of(new BigDecimal("1E+40"), BigDecimal.ONE, new BigDecimal("-1E+50"),
				BigDecimal.TEN, new BigDecimal("1E+41"), new BigDecimal("1E+400"));
		for (int i = 0; i < prices.size(); i++) {
			save("g" + i, prices.get(i), "n");
		}
		this.entities.save("goods", "nan", Map.of("price", Double.NaN, "name", "n"));
		this.entities.save("goods", "infinite", Map.of("price", Double.POSITIVE_INFINITY, "name", "n"));
		for (String order : List.of("price", "price DESC", "name, price DESC")) {
			List<String> all = ids(EntityQuery.all().orderBy(order));
			assertThat(all).hasSize(8);
			assertThat(paged(EntityQuery.all().orderBy(order).limit(1))).as(order).isEqualTo(all);
		}
	}

	private List<String> paged(EntityQuery query) {
		List<String> ids = new ArrayList<>();
		List<EntityRecord> page = this.entities.find("goods", query);
		while (!page.isEmpty() && ids.size() < 100) {
			page.forEach((row) -> ids.add(row.id()));
			page = this.entities.find("goods", query.after(page.get(page.size() - 1)));
		}
		return ids;
	}

	@Test
	void whenStreamedThenRowsComeWhileTheyAreLookedAt() {
		List<Map<String, Object>> rows = new ArrayList<>();
		IntStream.range(0, 1200).forEach((i) -> rows.add(Map.of("id", "g" + i, "price", i)));
		this.entities.saveAll("goods", rows);
		try (Stream<EntityRecord> found = this.entities.stream("goods",
				where("[price] >= ?", 100).orderBy("price").fetchSize(50))) {
			assertThat(found.mapToInt((row) -> row.get("price", Integer.class)).limit(700).sum())
				.isEqualTo(IntStream.range(100, 800).sum());
		}
		assertThat(this.fixture.pool.status().active()).isZero();
	}

	@Test
	void whenRowsComeFromAnIteratorThenAllOrNone() {
		Stream<Map<String, Object>> rows = IntStream.range(0, 1300).mapToObj((i) -> Map.of("id", "g" + i, "price", i));
		assertThat(this.entities.saveAll("goods", rows.iterator())).isEqualTo(1300);
		assertThat(this.entities.count("goods")).isEqualTo(1300);
		Stream<Map<String, Object>> failing = IntStream.range(1300, 2600)
			.mapToObj((i) -> Map.of("id", "g" + i, "price", (i < 2599) ? i : "none"));
		assertThatExceptionOfType(EntityTypeException.class)
			.isThrownBy(() -> this.entities.saveAll("goods", failing.iterator()));
		assertThat(this.entities.count("goods")).isEqualTo(1300);
		assertThat(this.entities.history("goods", "g1300")).isEmpty();
		assertThat(this.entities.saveAll("goods", List.<Map<String, Object>>of().iterator())).isZero();
	}

	@Test
	void whenPagedInTheOrderOfDocumentsThenItIsRefused() {
		EntityRecord first = this.entities.save("goods", Map.of("tags", List.of("a")));
		assertThatExceptionOfType(InvalidEntityException.class)
			.isThrownBy(() -> this.entities.find("goods", EntityQuery.all().orderBy("[tags]").after(first)))
			.withMessageContaining("'tags'");
	}

	@Test
	void whenOneMapIsGivenAgainAndAgainThenEachRowIsAsItWas() {
		Map<String, Object> row = new LinkedHashMap<>();
		Stream<Map<String, Object>> rows = IntStream.range(0, 1100).mapToObj((i) -> {
			row.clear();
			row.put((i % 3 == 0) ? "number" : "name", (i % 3 == 0) ? (Object) i : "n" + i);
			row.put("id", "r" + i);
			row.put((i % 3 == 0) ? "name" : "number",
					(i % 3 == 0) ? "n" + i : (Object) ((i < 700) ? i : (long) i << 32));
			return row;
		});
		assertThat(this.entities.saveAll("again", rows.iterator())).isEqualTo(1100);
		for (int i : List.of(0, 1, 2, 3, 499, 500, 501, 699, 700, 702, 1099)) {
			Object number = (i < 700 || i % 3 == 0) ? (Object) (long) i : (Object) ((long) i << 32);
			assertThat(this.entities.get("again", "r" + i).orElseThrow().fields())
				.isEqualTo(Map.of("name", "n" + i, "number", number));
		}
	}

	@Test
	void whenRowsComeFromAnIteratorThenOnlySomeAreInMemory() {
		List<WeakReference<Object>> given = new ArrayList<>();
		Iterator<Map<String, Object>> rows = new Iterator<>() {

			@Override
			public boolean hasNext() {
				return given.size() < 6000;
			}

			@Override
			public Map<String, Object> next() {
				if (given.size() % 2000 == 1999) {
					// A database that is part of this process keeps some for a moment.
					await().untilAsserted(() -> {
						System.gc();
						assertThat(given.stream().filter((row) -> row.get() != null)).hasSizeLessThan(1600);
					});
				}
				Object name = "goods " + given.size();
				given.add(new WeakReference<>(name));
				return Map.of("name", name);
			}
		};
		assertThat(this.entities.saveAll("goods", rows)).isEqualTo(6000);
	}

	@Test
	void whenACallHasATimeoutThenItsStatementsKeepToIt() {
		save("a", 5, "x");
		Duration time = Duration.ofSeconds(10);
		assertThat(this.entities.get("goods", "a", ReadOptions.defaults().timeout(time))).isPresent();
		assertThat(ids(where("[price] = 5").timeout(time))).containsExactly("a");
		assertThat(
				this.entities.save("goods", "a", Map.of("price", 6), ChangeOptions.by("ann").timeout(time)).version())
			.isEqualTo(2);
		assertThat(this.entities.saveAll("goods", List.of(Map.of("id", "a"), Map.of("id", "a")),
				ChangeOptions.by("ann").timeout(time)))
			.extracting(EntityRecord::version)
			.containsExactly(3L, 4L);
		assertThat(this.entities.delete("goods", "a", ChangeOptions.by("ann").timeout(time))).isTrue();
		assertThat(this.entities.history("goods", "a", HistoryQuery.newest(1).timeout(time))).hasSize(1);
		assertThat(this.entities.version("goods", "a", 1, ReadOptions.defaults().timeout(time))).isPresent();
	}

}
