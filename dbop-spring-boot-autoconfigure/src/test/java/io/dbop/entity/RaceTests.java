package io.dbop.entity;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** What four processes with sixteen threads each do at the same time. */
@EachDatabase
@ExtendWith(RacingProcesses.Started.class)
class RaceTests {

	private static final int THREADS = 16;

	private final EntityFixture fixture;

	private final EntityOperations entities;

	private final RacingProcesses processes;

	RaceTests(DatabaseInstance instance, RacingProcesses processes) {
		this.processes = processes;
		this.fixture = EntityFixture.amongOthers(instance);
		this.entities = this.fixture.entities();
		processes.open(instance);
	}

	@AfterEach
	void close() {
		this.fixture.close();
		this.processes.shut();
	}

	@Test
	@DisplayName("V1 V2 four processes use an entity for the first time, and then add fields to it")
	void whenProcessesMakeTablesAndFieldsAtOnceThenAllAreThere() {
		this.processes.run(Race.CREATE, "users", THREADS, 1);
		List<EntityRecord> created = this.entities.find("users", EntityQuery.all());
		assertThat(created).hasSize(RacingProcesses.COUNT * THREADS)
			.allMatch((user) -> user.version() == 1 && "John".equals(user.get("name")))
			.allMatch((user) -> user.id().endsWith("t" + user.get("number")));
		if (changesTablesApart()) {
			this.processes.run(Race.PREPARE, "users", THREADS, 1);
		}
		this.processes.run(Race.COLUMNS, "users", THREADS, 1);
		List<EntityRecord> widened = this.entities.find("users", EntityQuery.all());
		assertThat(widened).hasSize(RacingProcesses.COUNT * THREADS)
			.allMatch((user) -> user.fields().size() == RacingProcesses.COUNT * THREADS + 3)
			.allMatch((user) -> user.version() == 2 && user.id().endsWith("t" + user.get("common")))
			.allMatch((user) -> Boolean.TRUE.equals(user.get("field_" + user.id())));
		widened.forEach((user) -> {
			EntityVersion last = this.entities.version("users", user.id(), 2).orElseThrow();
			assertThat(last.record()).isEqualTo(user);
		});
	}

	@Test
	@DisplayName("V1 V5 four processes use entities for the first time, whose columns do not tell the types of their fields")
	void whenProcessesMakeTablesAtOnceThenAllKnowTheTypes() {
		for (String entity : List.of("one", "two", "three", "four", "five")) {
			this.processes.run(Race.TYPES, entity, THREADS, 1);
			List<EntityRecord> created = this.entities.find(entity, EntityQuery.all());
			assertThat(created).hasSize(RacingProcesses.COUNT * THREADS)
				.allMatch((each) -> each.fields()
					.equals(Race.types(Integer.parseInt(each.id().substring(each.id().indexOf('t') + 1)))));
		}
	}

	@Test
	@DisplayName("H3 four processes save one entity")
	void whenProcessesSaveOneEntityThenTheHistoryHasNoGap() {
		this.processes.run(Race.COUNT, "counters", 5, 5);
		new Histories(this.entities, "counters").assertNoGap("one", RacingProcesses.COUNT * 25);
	}

	@Test
	@DisplayName("H3 twenty threads save one entity fifty times each")
	void whenThreadsSaveOneEntityThenTheHistoryHasNoGap() {
		assertThat(Race.COUNT.start(this.entities, "counters", 0, 20, 50)).isEmpty();
		new Histories(this.entities, "counters").assertNoGap("one", 1000);
	}

	@Test
	@DisplayName("H3 H6 four processes save, delete, restore and purge the same entities")
	void whenProcessesChangeTheSameEntitiesThenEachStepIsLegal() {
		prepare();
		this.processes.run(Race.MIX, "things", crowd() / 2, 8);
		Histories histories = new Histories(this.entities, "things");
		IntStream.range(0, 3).forEach((i) -> histories.assertLegal("m" + i));
	}

	@Test
	@DisplayName("H3 H6 threads save, delete, restore and purge the same entities")
	void whenThreadsChangeTheSameEntitiesThenEachStepIsLegal() {
		prepare();
		assertThat(Race.MIX.start(this.entities, "things", 9, crowd(), 20)).isEmpty();
		Histories histories = new Histories(this.entities, "things");
		IntStream.range(0, 3).forEach((i) -> histories.assertLegal("m" + i));
	}

	/**
	 * H2 finds deadlocks by waiting, so that the retries of many threads come to an end.
	 */
	private int crowd() {
		return (this.fixture.kind() == TestDatabase.H2) ? 3 : 8;
	}

	/**
	 * H2 may lose a row that is written while it copies the table for a new column. In
	 * Group Replication a change of a table and a statement on it that waits for other
	 * nodes may wait for each other.
	 */
	private boolean changesTablesApart() {
		boolean cluster = this.fixture.instance.nodes().size() > 1;
		return this.fixture.kind() == TestDatabase.H2 || (cluster && this.fixture.kind() == TestDatabase.MYSQL);
	}

	private void prepare() {
		if (changesTablesApart()) {
			this.entities.prepare("things", Map.of("n", 1, "thread", 1, "b", 1, "c", "x"));
		}
	}

	/** What must be true of every history. */
	record Histories(EntityOperations entities, String entity) {

		void assertNoGap(String id, int versions) {
			List<EntityVersion> history = this.entities.history(this.entity, id);
			assertThat(history.stream().map(EntityVersion::version)).containsExactlyElementsOf(
					LongStream.iterate(versions, (version) -> version - 1).limit(versions).boxed().toList());
			assertLast(id, history.get(0));
		}

		void assertLegal(String id) {
			List<EntityVersion> history = this.entities.history(this.entity, id);
			if (history.isEmpty()) {
				assertThat(this.entities.exists(this.entity, id, ReadOptions.includingDeleted())).isFalse();
				return;
			}
			assertNoGap(id, history.size());
			EntityChange before = EntityChange.PURGE;
			for (int i = history.size() - 1; i >= 0; i--) {
				EntityChange change = history.get(i).change();
				assertThat(change).as("version %s of %s after %s", history.get(i).version(), id, before)
					.isIn(legalAfter(before));
				before = change;
			}
		}

		private static List<EntityChange> legalAfter(EntityChange before) {
			return switch (before) {
				case PURGE -> List.of(EntityChange.CREATE);
				case DELETE -> List.of(EntityChange.RESTORE, EntityChange.PURGE);
				default -> List.of(EntityChange.UPDATE, EntityChange.DELETE, EntityChange.PURGE);
			};
		}

		private void assertLast(String id, EntityVersion last) {
			if (last.change() == EntityChange.PURGE) {
				assertThat(this.entities.exists(this.entity, id, ReadOptions.includingDeleted())).isFalse();
				return;
			}
			assertThat(this.entities.get(this.entity, id, ReadOptions.includingDeleted())).contains(last.record());
		}

	}

}
