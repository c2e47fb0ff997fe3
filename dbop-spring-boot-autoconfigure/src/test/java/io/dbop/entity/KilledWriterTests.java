package io.dbop.entity;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.dbop.test.EachRestartableServer;
import io.dbop.test.RestartableServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A server is killed while many threads save by a writer. */
@Tag("fault")
@EachRestartableServer
class KilledWriterTests {

	private static final int THREADS = 64;

	private static final int BEFORE = 500;

	private final RestartableServer server;

	KilledWriterTests(RestartableServer server) {
		this.server = server;
	}

	@Test
	@DisplayName("writer: what is acknowledged survives a kill of the server, and nothing is there twice or half")
	void whenTheServerIsKilledThenNothingAcknowledgedIsLost() throws Exception {
		Set<String> acknowledged = ConcurrentHashMap.newKeySet();
		try (EntityFixture fixture = new EntityFixture(this.server.freshDatabase())) {
			EntityOperations entities = fixture.entities();
			SavingThreads threads = new SavingThreads(entities.writer(SavingThreads.ENTITY), THREADS,
					acknowledged::add);
			try {
				await(() -> acknowledged.size() >= BEFORE);
				this.server.kill();
				int before = acknowledged.size();
				this.server.start();
				await(() -> acknowledged.size() >= before + BEFORE);
			}
			finally {
				threads.stop();
			}
			List<String> there = entities.find(SavingThreads.ENTITY, EntityQuery.all())
				.stream()
				.map(EntityRecord::id)
				.toList();
			assertThat(there).containsAll(acknowledged);
			assertThat(fixture.db.sql("SELECT COUNT(*) FROM [events_history] WHERE [version] = 1").single(Long.class))
				.as("versions")
				.isEqualTo(there.size());
			assertThat(entities.count(SavingThreads.ENTITY, EntityQuery.where("[version] > 1"))).as("saved twice")
				.isZero();
		}
	}

	private static void await(BooleanSupplier condition) throws InterruptedException {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
		while (!condition.getAsBoolean()) {
			assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
			Thread.sleep(5);
		}
	}

}
