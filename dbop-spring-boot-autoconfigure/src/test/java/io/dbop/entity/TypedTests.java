package io.dbop.entity;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.dbop.entity.value.InvalidValueException;
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
import static org.assertj.core.api.Assertions.catchThrowable;

/** The contract of typed entities, the same on every database. */
@EachDatabase
class TypedTests {

	private final EntityFixture fixture;

	private final EntityOperations entities;

	private final EntityRepository<User> users;

	TypedTests(DatabaseInstance instance) {
		this.fixture = new EntityFixture(instance);
		this.entities = this.fixture.entities();
		this.users = this.entities.typed(User.class);
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	@DisplayName("E1 a record without an id gets one, and is found again")
	void whenARecordIsSavedThenItIsFoundAgain() {
		User saved = this.users.save(new User(null, "John", 42, Map.of("theme", "dark"), Instant.EPOCH));
		assertThat(saved.id()).isNotBlank();
		assertThat(saved).isEqualTo(new User(saved.id(), "John", 42, Map.of("theme", "dark"), Instant.EPOCH));
		assertThat(this.users.get(saved.id())).contains(saved);
		assertThat(this.users.save(new User(" ", "Ann", 1, null, null)).id()).isNotBlank();
		assertThat(this.users.find(where("[name] = ? AND [age] > ?", "John", 41))).containsExactly(saved);
		assertThat(this.users.count()).isEqualTo(2);
		assertThat(this.users.exists(saved.id())).isTrue();
	}

	@Test
	@DisplayName("P4 a text that is none of a component's constants is not told")
	void whenAValueDoesNotSuitItsComponentThenItIsNotTold() {
		this.entities.save("shifts", "a", Map.of("day", "geheim"));
		this.entities.save("dates", "a", Map.of("day", "geheim"));
		Throwable byDay = catchThrowable(() -> this.entities.typed(Dated.class).get("a"));
		assertThat(byDay).isNotNull();
		for (Throwable each = byDay; each != null; each = each.getCause()) {
			assertThat(each.toString()).doesNotContain("geheim");
		}
		Throwable thrown = catchThrowable(() -> this.entities.typed(Shift.class).get("a"));
		assertThat(thrown).isNotNull();
		for (Throwable each = thrown; each != null; each = each.getCause()) {
			assertThat(each.toString()).doesNotContain("geheim");
		}
		assertThat(thrown).hasStackTraceContaining("day").hasStackTraceContaining("DayOfWeek");
	}

	@DbEntity("dates")
	record Dated(String id, LocalDate day) {
	}

	@DbEntity("shifts")
	record Shift(String id, DayOfWeek day) {
	}

	@Test
	@DisplayName("E3 components of every type come back equal, the empty ones as what stands for nothing")
	void whenEveryTypeIsSavedThenItComesBackEqual() {
		EntityRepository<AllTypes> all = this.entities.typed(AllTypes.class);
		AllTypes empty = all.save(AllTypes.empty(null));
		AllTypes full = AllTypes.full();
		assertThat(all.save(full)).isEqualTo(full);
		assertThat(all.get("full")).contains(full);
		assertThat(all.get(empty.id())).contains(empty).contains(AllTypes.empty(empty.id()));
		assertThat(all.saveAll(List.of(full, AllTypes.empty("full")))).containsExactly(full, AllTypes.empty("full"));
		assertThat(all.version("full", 1)).map(TypedVersion::object).contains(full);
	}

	@Test
	@DisplayName("E3 arrays come back with the same elements")
	void whenArraysAreSavedThenTheyComeBack() {
		Arrays given = new Arrays("a", new byte[] { 0, -1 }, new int[] { 1, -1 }, new String[] { "x", null },
				new double[][] { { 0.1, Double.NaN }, {} }, new Address[] { AllTypes.full().address() });
		Arrays found = this.entities.typed(Arrays.class).save(given);
		assertThat(Objects.deepEquals(found.contents(), given.contents())).isTrue();
	}

	@Test
	@DisplayName("E2 a typed save saves all of its own fields, and leaves the others")
	void whenSavedAgainThenNullsBecomeNullAndOtherFieldsStay() {
		this.users.save(new User("u1", "John", 42, Map.of("a", 1), Instant.EPOCH));
		this.entities.save("users", "u1", Map.of("status", "premium"));
		this.users.save(new User("u1", null, 43, null, null));
		assertThat(this.entities.get("users", "u1").orElseThrow().fields()).containsEntry("status", "premium")
			.containsEntry("name", null)
			.containsEntry("joined", null)
			.containsEntry("preferences", null)
			.containsEntry("age", 43);
	}

	@Test
	@DisplayName("E5 a component that is null has a column of its type")
	void whenTheFirstValueIsNullThenTheTypeIsTheDeclaredOne() {
		this.users.save(new User("u1", null, 1, null, null));
		assertThat(this.users.plan()).isEmpty();
		assertThat(this.users.find(where("[joined] > ?", Instant.EPOCH))).isEmpty();
		assertThatExceptionOfType(EntityTypeException.class)
			.isThrownBy(() -> this.entities.save("users", "u1", Map.of("joined", "soon")));
	}

	@Test
	void whenPreparedThenThereAreTablesAndNothingInThem() {
		assertThat(this.users.plan()).isNotEmpty();
		this.users.prepare();
		assertThat(this.users.plan()).isEmpty();
		this.users.prepare();
		assertThat(this.users.count(where("[age] = 5 OR [joined] IS NULL"))).isZero();
	}

	@Test
	@DisplayName("E6 many are saved at once, from a collection or an iterator")
	void whenManyAreSavedThenAllAreThere() {
		List<User> given = new ArrayList<>();
		IntStream.range(0, 1200).forEach((i) -> given.add(new User("u%04d".formatted(i), "n" + i, i, null, null)));
		assertThat(this.users.saveAll(given)).isEqualTo(given);
		assertThat(this.users.saveAll(given.iterator(), by("ann"))).isEqualTo(1200);
		assertThat(this.users.saveAll(List.of())).isEmpty();
		try (Stream<User> stream = this.users.stream(EntityQuery.all().orderBy("[age]"))) {
			assertThat(stream).isEqualTo(given);
		}
		assertThat(this.users.history("u0007")).map(TypedVersion::by).containsExactly("ann", null);
	}

	@Test
	@DisplayName("E8 deleted ones are hidden, restored, and purged")
	void whenDeletedThenHiddenUntilRestored() {
		User user = this.users.save(new User("u1", "John", 1, null, null));
		assertThat(this.users.delete("u1")).isTrue();
		assertThat(this.users.get("u1")).isEmpty();
		assertThat(this.users.exists("u1", ReadOptions.includingDeleted())).isTrue();
		assertThat(this.users.get("u1", ReadOptions.includingDeleted())).contains(user);
		assertThat(this.users.restore("u1")).isTrue();
		assertThat(this.users.restore("u1")).isFalse();
		assertThat(this.users.purge("u1")).isTrue();
		assertThat(this.users.purge("u1")).isFalse();
	}

	@Test
	@DisplayName("H1 the history is typed; H4 to save a version's object restores it")
	void whenChangedThenTheHistoryIsTyped() {
		User first = this.users.save(new User("u1", "John", 1, null, null), by("ann").comment("new"));
		this.users.save(new User("u1", "Jack", 2, null, Instant.EPOCH));
		List<TypedVersion<User>> history = this.users.history("u1");
		assertThat(history).map(TypedVersion::version).containsExactly(2L, 1L);
		TypedVersion<User> oldest = history.get(1);
		assertThat(oldest.object()).isEqualTo(first);
		assertThat(oldest.change()).isEqualTo(EntityChange.CREATE);
		assertThat(oldest.by()).isEqualTo("ann");
		assertThat(oldest.comment()).isEqualTo("new");
		assertThat(this.users.save(oldest.object())).isEqualTo(first);
		assertThat(this.users.history("u1", HistoryQuery.newest(1))).singleElement()
			.extracting(TypedVersion::object)
			.isEqualTo(first);
	}

	@Test
	@DisplayName("Q3 the next page begins after the last object")
	void whenPagedByTheLastObjectThenNothingIsMissed() {
		IntStream.range(0, 10)
			.forEach((i) -> this.users.save(new User("u" + i, (i % 2 == 0) ? "a" : null, i, null, null)));
		EntityQuery query = EntityQuery.all().orderBy("[name] DESC, [age]").limit(3);
		List<User> all = new ArrayList<>(this.users.find(query));
		List<User> page = all;
		while (!page.isEmpty()) {
			page = this.users.findAfter(query, page.get(page.size() - 1));
			all.addAll(page);
		}
		assertThat(all).isEqualTo(this.users.find(EntityQuery.all().orderBy("[name] DESC, [age]"))).hasSize(10);
		assertThatExceptionOfType(InvalidEntityException.class)
			.isThrownBy(() -> this.users.findAfter(query.orderBy("created_at"), all.get(0)));
	}

	@Test
	@DisplayName("Q3 a primitive tells no null, and yet nothing is missed or seen twice")
	void whenPagedByPrimitivesWhereRowsHaveNoneThenNothingIsMissed() {
		this.users.save(new User("u9", "a", 7, null, null));
		this.users.save(new User("u8", "a", 0, null, null));
		IntStream.range(0, 3).forEach((i) -> this.entities.save("users", "u" + i, Map.of("name", "a")));
		for (String order : List.of("[age]", "[age] DESC")) {
			EntityQuery query = EntityQuery.all().orderBy(order).limit(1);
			List<User> all = new ArrayList<>();
			List<User> page = this.users.find(query);
			while (!page.isEmpty() && all.size() < 9) {
				all.addAll(page);
				page = this.users.findAfter(query, page.get(0));
			}
			assertThat(all).as(order).isEqualTo(this.users.find(EntityQuery.all().orderBy(order))).hasSize(5);
		}
	}

	@Test
	@DisplayName("E5 what does not fit its component is refused by name, and not read as something else")
	void whenAValueIsNoneOfItsComponentThenItIsRefused() {
		this.entities.save("odd", "n", Map.of("number", "", "day", "MONDAY", "small", 1.5));
		this.entities.save("odd", "d", Map.of("number", "5", "day", "3", "small", 1.5));
		this.entities.save("odd", "s", Map.of("number", "5", "day", "MONDAY", "small", 1e300));
		this.entities.save("odd", "x", Map.of("number", "5", "day", "MONDAY", "small", 1.5));
		EntityRepository<Odd> odd = this.entities.typed(Odd.class);
		assertThat(odd.get("x")).contains(new Odd("x", 5, DayOfWeek.MONDAY, 1.5f));
		Map.of("n", "number", "d", "day", "s", "small")
			.forEach((id, field) -> assertThatExceptionOfType(InvalidValueException.class).as(id)
				.isThrownBy(() -> odd.get(id))
				.withMessageContaining(field));
	}

	@Test
	void whenComponentsAreWhatTheDatabaseKnowsThenTheyAreReadAndNotSaved() {
		EntityRepository<Known> known = this.entities.typed(Known.class);
		Known saved = known.save(new Known(null, "x", 77, null, null, null, null, Instant.EPOCH), by("ann"));
		assertThat(saved.version()).isOne();
		assertThat(saved.createdAt()).isEqualTo(saved.updatedAt().toInstant()).isAfter(Instant.EPOCH);
		assertThat(saved.createdBy()).isEqualTo(saved.updatedBy()).isEqualTo("ann");
		assertThat(saved.deletedAt()).isNull();
		String id = saved.id().toString();
		known.save(saved, ChangeOptions.ofVersion(saved.version()));
		assertThatExceptionOfType(OptimisticLockingFailureException.class)
			.isThrownBy(() -> known.save(saved, ChangeOptions.ofVersion(saved.version())));
		known.delete(id);
		assertThat(known.get(id, ReadOptions.includingDeleted()).orElseThrow().deletedAt()).isNotNull();
		assertThat(this.entities.get("known", id, ReadOptions.includingDeleted()).orElseThrow().fields())
			.containsOnlyKeys("name");
	}

	@Test
	void whenItIsABeanThenItsPropertiesAreSaved() {
		EntityRepository<Order> orders = this.entities.typed(Order.class);
		Order order = new Order();
		order.setId(5L);
		order.setLines(List.of(new Order.Line("a", 2)));
		Order saved = orders.save(order);
		assertThat(saved.getId()).isEqualTo(5L);
		assertThat(saved.getLines()).containsExactly(new Order.Line("a", 2));
		assertThat(this.entities.get("order", "5").orElseThrow().fields()).containsOnlyKeys("lines");
		order.setId(null);
		assertThatExceptionOfType(InvalidEntityException.class).isThrownBy(() -> orders.save(order))
			.withMessageContaining("not made up");
	}

	@Test
	@DisplayName("H4 values come back after their column has become wider")
	void whenAColumnHasBecomeWiderThenTheComponentIsReadAsItsType() {
		this.users.save(new User("u1", "John", 5, null, null));
		this.entities.save("users", "u2", Map.of("age", 5_000_000_000L));
		assertThat(this.users.get("u1")).map(User::age).contains(5);
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> this.users.get("u2"))
			.withMessageContaining("'age'");
	}

	@DbEntity("odd")
	record Odd(@Nullable String id, int number, DayOfWeek day, float small) {
	}

	@DbEntity("users")
	record User(@Nullable String id, @Nullable String name, int age, @Nullable Map<String, Object> preferences,
			@Nullable Instant joined) {

		@Override
		public String id() {
			return (this.id != null) ? this.id : "";
		}
	}

	@DbEntity("arrays")
	record Arrays(String id, byte[] bytes, int[] ints, String[] texts, double[][] doubles, Address[] addresses) {

		Object[] contents() {
			return new Object[] { this.bytes, this.ints, this.texts, this.doubles, this.addresses };
		}

	}

	@DbEntity("known")
	record Known(@Nullable UUID id, String name, long version, @Nullable Instant createdAt, @Nullable String createdBy,
			@Nullable OffsetDateTime updatedAt, @Nullable String updatedBy, @Nullable Instant deletedAt) {
	}

	/** A bean, with the id of its superclass. */
	@DbEntity("order")
	static class Order extends Numbered<Long> {

		private @Nullable List<Line> lines;

		public @Nullable List<Line> getLines() {
			return this.lines;
		}

		public void setLines(List<Line> lines) {
			this.lines = lines;
		}

		public int getSize() {
			return (this.lines != null) ? this.lines.size() : 0;
		}

		record Line(String article, int number) {
		}

	}

	static class Numbered<I> {

		private @Nullable I id;

		public @Nullable I getId() {
			return this.id;
		}

		public void setId(@Nullable I id) {
			this.id = id;
		}

	}

}
