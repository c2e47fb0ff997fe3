package io.dbop.entity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

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

/** Entities as futures, the same on every database. */
@EachDatabase
class AsyncEntityTests {

	private static final ChangeOptions PLAIN = ChangeOptions.defaults();

	private final EntityFixture fixture;

	private final AsyncEntityOperations entities;

	AsyncEntityTests(DatabaseInstance instance) {
		this.fixture = new EntityFixture(instance);
		this.entities = this.fixture.db.async().entities();
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	@DisplayName("Every operation on entities as a future")
	void whenOperationsAreFuturesThenTheyDoTheSame() throws Exception {
		assertThat(this.entities).isSameAs(this.fixture.db.async().entities());
		EntityRecord one = this.entities.save("users", Map.of("id", "u1", "age", 1)).get();
		assertThat(this.entities.get("users", "u1").get()).contains(one);
		assertThat(this.entities.save("users", "u1", Map.of("age", 2)).get().version()).isEqualTo(2);
		assertThat(this.entities.saveAll("users", List.of(Map.of("id", "u2", "age", 5))).get()).hasSize(1);
		assertThat(this.entities.saveAll("users", List.of(Map.of("age", 6)).iterator(), PLAIN).get()).isOne();
		assertThat(this.entities.find("users", where("[age] > ?", 2)).get()).hasSize(2);
		assertThat(this.entities.count("users", EntityQuery.all()).get()).isEqualTo(3);
		assertThat(this.entities.delete("users", "u1", PLAIN).get()).isTrue();
		assertThat(this.entities.exists("users", "u1", ReadOptions.defaults()).get()).isFalse();
		assertThat(this.entities.restore("users", "u1", PLAIN).get()).isTrue();
		assertThat(this.entities.purge("users", "u1", PLAIN).get()).isTrue();
		assertThat(this.entities.history("users", "u1", HistoryQuery.all()).get()).map(EntityVersion::version)
			.containsExactly(5L, 4L, 3L, 2L, 1L);
		assertThat(this.entities.version("users", "u1", 2).get()).isPresent();
	}

	@Test
	void whenAMapIsGivenAgainAndAgainThenEachSaveHasWhatItWasGiven() throws Exception {
		Map<String, Object> row = new HashMap<>();
		List<CompletableFuture<?>> saves = new ArrayList<>();
		for (int i = 0; i < 40; i++) {
			row.put("id", "u" + i);
			row.put("age", i);
			saves.add((i % 2 == 0) ? this.entities.save("users", row) : this.entities.saveAll("users", List.of(row)));
		}
		CompletableFuture.allOf(saves.toArray(CompletableFuture<?>[]::new)).get();
		for (int i = 0; i < 40; i++) {
			assertThat(this.entities.get("users", "u" + i).get().orElseThrow().get("age")).isEqualTo(i);
		}
	}

	@Test
	void whenAnObjectIsChangedAfterwardsThenItWasSavedAsItWasGiven() throws Exception {
		AsyncEntityRepository<Counter> counters = this.entities.typed(Counter.class);
		Counter counter = new Counter();
		List<CompletableFuture<?>> saves = new ArrayList<>();
		for (int i = 0; i < 40; i++) {
			counter.setId((long) i);
			counter.setCount(i);
			saves.add((i % 2 == 0) ? counters.save(counter) : counters.saveAll(List.of(counter), PLAIN));
		}
		CompletableFuture.allOf(saves.toArray(CompletableFuture<?>[]::new)).get();
		for (int i = 0; i < 40; i++) {
			assertThat(counters.get(String.valueOf(i)).get().orElseThrow().getCount()).isEqualTo(i);
		}
		counter.setId(null);
		assertThat(counters.save(counter)).failsWithin(Duration.ofSeconds(20));
	}

	@Test
	@DisplayName("Every typed operation as a future")
	void whenTypedOperationsAreFuturesThenTheyDoTheSame() throws Exception {
		AsyncEntityRepository<User> users = this.entities.typed(User.class);
		User one = users.save(new User("u1", 1)).get();
		assertThat(users.get("u1").get()).contains(one);
		assertThat(users.saveAll(List.of(new User("u2", 2)), PLAIN).get()).containsExactly(new User("u2", 2));
		assertThat(users.saveAll(List.of(new User("u3", 3)).iterator(), PLAIN).get()).isOne();
		EntityQuery byAge = EntityQuery.all().orderBy("[age]");
		assertThat(users.find(byAge).get()).map(User::id).containsExactly("u1", "u2", "u3");
		assertThat(users.findAfter(byAge, one).get()).map(User::id).containsExactly("u2", "u3");
		assertThat(users.count(where("[age] = 2")).get()).isOne();
		assertThat(users.delete("u1", PLAIN).get()).isTrue();
		assertThat(users.exists("u1", ReadOptions.includingDeleted()).get()).isTrue();
		assertThat(users.restore("u1", PLAIN).get()).isTrue();
		assertThat(users.purge("u1", PLAIN).get()).isTrue();
		assertThat(users.history("u1", HistoryQuery.newest(1)).get()).map(TypedVersion::object).containsExactly(one);
		assertThat(users.version("u1", 1).get()).map(TypedVersion::object).contains(one);
	}

	@Test
	@DisplayName("The user is that of the thread that calls")
	void whenAnotherThreadSavesThenItIsForTheUserOfTheCaller() throws Exception {
		this.fixture.userOfThread = new InheritableThreadLocal<>();
		this.fixture.userOfThread.set("ann");
		this.entities.save("users", Map.of("id", "u1", "age", 1)).get();
		this.fixture.userOfThread.set("bob");
		this.entities.typed(User.class).save(new User("u1", 2)).get();
		this.entities.save("users", Map.of("id", "u1", "age", 3), by("eve")).get();
		this.fixture.userOfThread.remove();
		CompletableFuture<Boolean> deleted = this.entities.delete("users", "u1", PLAIN);
		assertThat(deleted.get()).isTrue();
		assertThat(this.entities.history("users", "u1", HistoryQuery.all()).get()).map(EntityVersion::by)
			.containsExactly(null, "eve", "bob", "ann");
	}

	@Test
	void whenItFailsThenTheFutureTellsWhy() {
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> this.entities.save("users", Map.of("id", "u1"), ChangeOptions.ofVersion(7)).get())
			.withCauseInstanceOf(OptimisticLockingFailureException.class);
	}

	@DbEntity("users")
	record User(@Nullable String id, int age) {
	}

	/** One that is used again and again. */
	@DbEntity("counters")
	static final class Counter {

		private @Nullable Long id;

		private int count;

		public @Nullable Long getId() {
			return this.id;
		}

		public void setId(@Nullable Long id) {
			this.id = id;
		}

		public int getCount() {
			return this.count;
		}

		public void setCount(int count) {
			this.count = count;
		}

	}

}
