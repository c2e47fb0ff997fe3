package io.dbop.entity;

import java.math.BigInteger;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.dao.OptimisticLockingFailureException;

import static io.dbop.entity.ChangeOptions.by;
import static io.dbop.entity.EntityQuery.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The contract of entities, the same on every database. */
@EachDatabase
class EntityTests {

	private final EntityFixture fixture;

	private final EntityOperations entities;

	EntityTests(DatabaseInstance instance) {
		this.fixture = new EntityFixture(instance);
		this.entities = this.fixture.entities();
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	@DisplayName("E1 a save without an id makes one, and leaves the map alone")
	void whenSavedWithoutIdThenOneIsMade() {
		Map<String, Object> given = Collections.unmodifiableMap(new HashMap<>(Map.of("id", " ", "name", "John")));
		Instant before = Instant.now().minusSeconds(1);
		EntityRecord saved = this.entities.save("users", given);
		assertThat(saved.id()).isNotBlank();
		assertThat(saved.version()).isOne();
		assertThat(saved.createdAt()).isEqualTo(saved.updatedAt()).isBetween(before, Instant.now());
		assertThat(saved.fields()).isEqualTo(Map.of("name", "John"));
		assertThat(this.entities.get("users", saved.id())).contains(saved);
	}

	@Test
	@DisplayName("E1 whole numbers of any class are ids, taken as their texts")
	void whenAnIdIsAWholeNumberThenItIsItsText() {
		for (Object id : List.of(7, 8L, (short) 9, (byte) 10, BigInteger.valueOf(11), new BigDecimal("12"))) {
			assertThat(this.entities.save("users", Map.of("id", id, "name", "John")).id()).isEqualTo(id.toString());
		}
		assertThatExceptionOfType(InvalidEntityException.class)
			.isThrownBy(() -> this.entities.save("users", Map.of("id", new BigDecimal("1.0"))));
	}

	@Test
	@DisplayName("E2 what is absent stays, what is null becomes null, creation is kept")
	void whenSavedInPartThenTheRestStays() {
		EntityRecord first = this.entities.save("users",
				Map.of("id", "u1", "name", "John", "age", 5, "joined", Instant.parse("2020-01-01T00:00:00.123456789Z")),
				by("ann"));
		EntityRecord second = this.entities.save("users", "u1", Map.of("status", "premium"), by("bob").comment("up"));
		assertThat(second.version()).isEqualTo(2);
		assertThat(second.createdAt()).isEqualTo(first.createdAt());
		assertThat(second.createdBy()).isEqualTo("ann");
		assertThat(second.updatedBy()).isEqualTo("bob");
		assertThat(second.fields()).containsEntry("name", "John")
			.containsEntry("age", 5)
			.containsEntry("status", "premium")
			.containsEntry("joined", Instant.parse("2020-01-01T00:00:00.123456789Z"));
		Map<String, @Nullable Object> none = new HashMap<>();
		none.put("name", null);
		none.put("joined", null);
		EntityRecord third = this.entities.save("users", "u1", none);
		assertThat(third.fields()).containsEntry("name", null).containsEntry("joined", null).containsEntry("age", 5);
		assertThat(this.entities.get("users", "u1")).contains(third);
	}

	@Test
	@DisplayName("E6 a batch is the same as single saves")
	void whenSavedTogetherThenAsOneAfterTheOther() {
		List<Map<String, Object>> rows = List.of(Map.of("id", "a", "x", 1), Map.of("id", "b", "y", List.of(1, "two")),
				Map.of("x", 3L, "z", Map.of("k", true)), Map.of("id", "a", "y", "no list".length()),
				Map.of("id", "a", "x", 9));
		List<EntityRecord> saved = this.entities.saveAll("things", withoutConflict(rows), by("ann"));
		assertThat(saved).hasSize(5);
		assertThat(saved).extracting(EntityRecord::version).containsExactly(1L, 1L, 1L, 2L, 3L);
		assertThat(saved.get(4).fields()).containsEntry("x", 9L).containsEntry("w", 7);
		assertThat(this.entities.history("things", "a")).extracting(EntityVersion::version).containsExactly(3L, 2L, 1L);
		assertThat(this.entities.count("things")).isEqualTo(3);
		assertThat(this.entities.saveAll("things", List.of())).isEmpty();
	}

	private static List<Map<String, Object>> withoutConflict(List<Map<String, Object>> rows) {
		List<Map<String, Object>> changed = new ArrayList<>(rows);
		changed.set(3, Map.of("id", "a", "w", 7));
		return changed;
	}

	@Test
	@DisplayName("E6 five thousand rows within the limits, and a failure leaves nothing")
	void whenThereAreManyRowsThenAllOrNone() {
		List<Map<String, Object>> rows = new ArrayList<>();
		IntStream.range(0, 5000).forEach((i) -> rows.add(Map.of("id", "r" + i, "n", i, "name", "row " + i)));
		assertThat(this.entities.saveAll("rows", rows)).hasSize(5000);
		assertThat(this.entities.count("rows")).isEqualTo(5000);
		assertThat(this.entities.saveAll("rows", rows.subList(0, 700))).allMatch((row) -> row.version() == 2);
		rows.set(4999, Map.of("id", "r4999", "n", "no number"));
		assertThatExceptionOfType(EntityTypeException.class).isThrownBy(() -> this.entities.saveAll("rows", rows));
		assertThat(this.entities.history("rows", "r0")).hasSize(2);
		assertThat(this.entities.history("rows", "r4999")).hasSize(1);
	}

	@Test
	@DisplayName("E6 rows that are too large together go in several statements")
	void whenRowsAreLargeThenTheyAreStillSaved() {
		String large = "x".repeat(1 << 20);
		List<Map<String, Object>> rows = IntStream.range(0, 40)
			.<Map<String, Object>>mapToObj((i) -> Map.of("id", "r" + i, "text", large + i))
			.toList();
		assertThat(this.entities.saveAll("rows", rows)).hasSize(40);
		assertThat(this.entities.get("rows", "r39").orElseThrow().get("text")).isEqualTo(large + 39);
	}

	@Test
	@DisplayName("E8 the truth table of delete, restore and purge")
	void whenDeletedThenHiddenAndRestored() {
		assertThat(this.entities.delete("users", "u1")).isFalse();
		this.entities.save("users", "u1", Map.of("name", "John"));
		assertThat(this.entities.restore("users", "u1")).isFalse();
		assertThat(this.entities.delete("users", "nobody")).isFalse();
		assertThat(this.entities.delete("users", "u1", by("ann").comment("gone"))).isTrue();
		assertThat(this.entities.delete("users", "u1")).isFalse();
		assertThat(this.entities.get("users", "u1")).isEmpty();
		assertThat(this.entities.exists("users", "u1")).isFalse();
		assertThat(this.entities.count("users")).isZero();
		assertThat(this.entities.find("users", EntityQuery.all())).isEmpty();
		assertThat(this.entities.get("users", "u1", ReadOptions.includingDeleted()))
			.hasValueSatisfying((user) -> assertThat(user.deletedAt()).isEqualTo(user.updatedAt()));
		assertThat(this.entities.find("users", EntityQuery.all().includingDeleted())).hasSize(1);
		assertThat(this.entities.restore("users", "u1")).isTrue();
		assertThat(this.entities.get("users", "u1")).isPresent();
		this.entities.delete("users", "u1");
		EntityRecord revived = this.entities.save("users", "u1", Map.of("age", 5));
		assertThat(revived.deleted()).isFalse();
		assertThat(revived.get("name")).isEqualTo("John");
		assertThat(this.entities.purge("users", "nobody")).isFalse();
		assertThat(this.entities.purge("users", "u1")).isTrue();
		assertThat(this.entities.get("users", "u1", ReadOptions.includingDeleted())).isEmpty();
		assertThat(this.entities.history("users", "u1")).extracting(EntityVersion::change)
			.containsExactly(EntityChange.PURGE, EntityChange.RESTORE, EntityChange.DELETE, EntityChange.RESTORE,
					EntityChange.DELETE, EntityChange.CREATE);
	}

	@Test
	@DisplayName("H1 each version is the whole state after a change, newest first")
	void whenChangedThenEachVersionIsComplete() {
		this.entities.save("users", "u1", Map.of("name", "John", "age", 5), by("ann").comment("first"));
		this.entities.save("users", "u1", Map.of("age", 6), by("bob"));
		this.entities.delete("users", "u1", by("carl"));
		this.entities.restore("users", "u1");
		List<EntityVersion> history = this.entities.history("users", "u1");
		assertThat(history).extracting(EntityVersion::version).containsExactly(4L, 3L, 2L, 1L);
		assertThat(history).extracting(EntityVersion::change)
			.containsExactly(EntityChange.RESTORE, EntityChange.DELETE, EntityChange.UPDATE, EntityChange.CREATE);
		assertThat(history).extracting(EntityVersion::by).containsExactly(null, "carl", "bob", "ann");
		assertThat(history.get(3).comment()).isEqualTo("first");
		assertThat(history.get(2).comment()).isNull();
		assertThat(history.get(3).fields()).isEqualTo(Map.of("name", "John", "age", 5));
		assertThat(history.get(2).fields()).isEqualTo(Map.of("name", "John", "age", 6));
		assertThat(history.get(1).record().deleted()).isTrue();
		assertThat(history.get(0).fields()).isEqualTo(history.get(2).fields());
		assertThat(this.entities.history("users", "u1", HistoryQuery.newest(2).before(4)))
			.isEqualTo(history.subList(1, 3));
		assertThat(this.entities.version("users", "u1", 2)).contains(history.get(2));
		assertThat(this.entities.version("users", "u1", 9)).isEmpty();
	}

	@Test
	@DisplayName("H4 a version that is saved again restores all of it")
	void whenAVersionIsSavedThenItIsRestored() {
		EntityRecord first = this.entities.save("users", "u1", Map.of("age", 5, "name", "John"));
		this.entities.save("users", "u1", Map.of("age", 5_000_000_000L, "later", true, "name", "Jim"));
		EntityRecord restored = this.entities.save("users", "u1",
				this.entities.version("users", "u1", 1).orElseThrow().fields());
		assertThat(restored.version()).isEqualTo(3);
		assertThat(restored.createdAt()).isEqualTo(first.createdAt());
		assertThat(restored.fields()).containsEntry("age", 5L)
			.containsEntry("name", "John")
			.containsEntry("later", null);
	}

	@Test
	@DisplayName("H6 the history of what is saved again goes on")
	void whenSavedAfterPurgeThenTheHistoryGoesOn() {
		this.entities.save("users", "u1", Map.of("name", "John", "age", 5));
		this.entities.purge("users", "u1");
		EntityRecord again = this.entities.save("users", "u1", Map.of("name", "Jim"));
		assertThat(again.version()).isEqualTo(3);
		assertThat(again.fields()).containsEntry("age", null).containsEntry("name", "Jim");
		this.entities.purge("users", "u1");
		assertThat(this.entities.saveAll("users", List.of(Map.of("id", "u1", "age", 1), Map.of("id", "u2", "age", 2))))
			.extracting(EntityRecord::version)
			.containsExactly(5L, 1L);
		assertThat(this.entities.history("users", "u1")).extracting(EntityVersion::version)
			.containsExactly(5L, 4L, 3L, 2L, 1L);
	}

	@Test
	void whenAVersionIsExpectedThenAnotherIsRefused() {
		this.entities.save("users", "u1", Map.of("age", 1), ChangeOptions.ofVersion(0));
		this.entities.save("users", "u1", Map.of("age", 2), ChangeOptions.ofVersion(1));
		assertThatExceptionOfType(OptimisticLockingFailureException.class)
			.isThrownBy(() -> this.entities.save("users", "u1", Map.of("age", 3), ChangeOptions.ofVersion(1)));
		assertThatExceptionOfType(OptimisticLockingFailureException.class)
			.isThrownBy(() -> this.entities.save("users", "u1", Map.of("age", 3), ChangeOptions.ofVersion(0)));
		assertThatExceptionOfType(OptimisticLockingFailureException.class)
			.isThrownBy(() -> this.entities.delete("users", "u1", ChangeOptions.ofVersion(1)));
		assertThat(this.entities.delete("users", "u1", ChangeOptions.ofVersion(2))).isTrue();
		assertThat(this.entities.history("users", "u1")).hasSize(3);
		this.entities.purge("users", "u1");
		assertThatExceptionOfType(OptimisticLockingFailureException.class)
			.isThrownBy(() -> this.entities.delete("users", "u1", ChangeOptions.ofVersion(3)));
		assertThatExceptionOfType(OptimisticLockingFailureException.class)
			.isThrownBy(() -> this.entities.purge("users", "u1", ChangeOptions.ofVersion(3)));
		assertThat(this.entities.delete("users", "u1")).isFalse();
	}

	@Test
	@DisplayName("Q1 Q2 Q3 conditions, order, limit and offset")
	void whenFoundThenByConditionInOrder() {
		this.entities.saveAll("goods",
				List.of(Map.of("id", "a", "price", new java.math.BigDecimal("5.99"), "age", 9),
						Map.of("id", "b", "price", new java.math.BigDecimal("10.99"), "age", 10),
						Map.of("id", "c", "price", new java.math.BigDecimal("24.99"), "age", 100),
						Map.of("id", "d", "price", new java.math.BigDecimal("1.10"), "age", 1)));
		this.entities.delete("goods", "d");
		assertThat(ids(where("[price] < ?", 20))).containsExactly("a", "b");
		assertThat(ids(where("[price] < ? OR [age] >= ?", 6, 1))).containsExactly("a", "b", "c");
		assertThat(this.entities.count("goods", where("[price] < ? OR [age] >= ?", 6, 1))).isEqualTo(3);
		assertThat(ids(where("[age] IN (:ages)", Map.of("ages", List.of(9, 100))))).containsExactly("a", "c");
		assertThat(ids(EntityQuery.all().orderBy("[age] DESC"))).containsExactly("c", "b", "a");
		assertThat(ids(EntityQuery.all().orderBy("age").limit(1).offset(1))).containsExactly("b");
		assertThat(ids(EntityQuery.all().offset(1))).containsExactly("b", "c");
		assertThat(ids(EntityQuery.all().limit(0))).isEmpty();
		assertThat(ids(where("[age] > 0").includingDeleted())).hasSize(4);
		for (String bad : Arrays.asList("1 = 1) OR (1 = 1", "1 = 1 --", "1 = 1 /* ", "(1 = 1", "1 = 1; DELETE")) {
			assertThatExceptionOfType(InvalidEntityException.class).isThrownBy(() -> ids(where(bad)));
		}
		assertThatExceptionOfType(InvalidEntityException.class)
			.isThrownBy(() -> EntityQuery.all().orderBy("id; DELETE FROM goods"));
		assertThatExceptionOfType(InvalidEntityException.class)
			.isThrownBy(() -> ids(EntityQuery.all().orderBy("nothing")));
	}

	private List<String> ids(EntityQuery query) {
		return this.entities.find("goods", query).stream().map(EntityRecord::id).toList();
	}

	@Test
	void whenNothingWasSavedThenReadsMakeNoTable() {
		assertThat(this.entities.get("users", "u1")).isEmpty();
		assertThat(this.entities.find("users", EntityQuery.all())).isEmpty();
		assertThat(this.entities.count("users")).isZero();
		assertThat(this.entities.exists("users", "u1")).isFalse();
		assertThat(this.entities.history("users", "u1")).isEmpty();
		assertThat(this.entities.stream("users", EntityQuery.all())).isEmpty();
		assertThat(this.entities.plan("users", Map.of("name", "John"))).hasSize(4);
		assertThat(this.entities.get("users", "u1")).isEmpty();
		this.entities.prepare("users", Map.of("name", "John"));
		assertThat(this.entities.plan("users", Map.of("name", "John"))).isEmpty();
	}

}
