package io.dbop.entity;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.dbop.entity.RaceTests.Histories;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachCluster;
import io.dbop.test.OwnThreads;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications that save the same entities, each on a node of its own.
 */
@EachCluster
class NodesTests {

	private static final int THREADS = 4;

	private final List<EntityFixture> applications;

	private final EntityFixture fixture;

	private final EntityOperations everywhere;

	NodesTests(DatabaseInstance instance) {
		this.applications = instance.nodes().stream().map(EntityFixture::amongOthers).toList();
		this.fixture = EntityFixture.amongOthers(instance);
		this.everywhere = this.fixture.entities();
	}

	@AfterEach
	void close() {
		this.applications.forEach(EntityFixture::close);
		this.fixture.close();
	}

	@Test
	void whenNodesSaveOneEntityThenTheHistoryHasNoGap() {
		this.applications.get(0).entities().save("counters", "one", Map.of("process", 0, "thread", 0, "n", 0));
		race(Race.COUNT, "counters", 10);
		new Histories(this.everywhere, "counters").assertNoGap("one", 1 + this.applications.size() * THREADS * 10);
	}

	@Test
	void whenNodesMakeTablesAtOnceThenAllIsSaved() {
		race(Race.CREATE, "users", 1);
		assertThat(this.everywhere.find("users", EntityQuery.all())).hasSize(this.applications.size() * THREADS)
			.allMatch((user) -> user.version() == 1);
	}

	@Test
	void whenNodesAddFieldsAtOnceThenAllAreThere() {
		race(Race.CREATE, "users", 1);
		if (this.fixture.kind() == TestDatabase.MYSQL) {
			// In Group Replication a change of tables and who waits for other nodes may
			// wait for each other.
			race(Race.PREPARE, "users", 1);
		}
		race(Race.COLUMNS, "users", 1);
		assertThat(this.everywhere.find("users", EntityQuery.all())).hasSize(this.applications.size() * THREADS)
			.allMatch((user) -> user.fields().size() == this.applications.size() * THREADS + 3 && user.version() == 2);
	}

	private void race(Race race, String entity, int times) {
		List<CompletableFuture<List<String>>> all = IntStream.range(0, this.applications.size())
			.mapToObj((i) -> CompletableFuture.supplyAsync(
					() -> race.start(this.applications.get(i).entities(), entity, i, THREADS, times), OwnThreads.EACH))
			.toList();
		assertThat(all).allSatisfy((failures) -> assertThat(failures.join()).isEmpty());
	}

}
