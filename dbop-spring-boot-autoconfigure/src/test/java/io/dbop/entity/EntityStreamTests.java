package io.dbop.entity;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.Traffic;
import io.dbop.test.wire.WireProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a stream has fetched when its first row is looked at. */
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class EntityStreamTests {

	private static final int ROWS = 2000;

	/** Twenty megabytes do not fit into the buffers between server and client. */
	private static final String TEXT = "x".repeat(10_000);

	private final WireProxy proxy;

	private final EntityFixture fixture;

	private final EntityOperations entities;

	EntityStreamTests(DatabaseInstance instance) {
		this.proxy = instance.proxy();
		this.fixture = new EntityFixture(instance.through(this.proxy), EntitySettings.defaults(), List.of(),
				(config) -> config.poolMax(1));
		this.entities = this.fixture.entities();
	}

	@AfterEach
	void close() {
		this.fixture.close();
		this.proxy.close();
	}

	@Test
	void whenStreamedThenRowsAreFetchedInPortions() {
		Iterator<Map<String, Object>> rows = IntStream.range(0, ROWS)
			.<Map<String, Object>>mapToObj((i) -> Map.of("id", "r" + i, "text", TEXT))
			.iterator();
		this.entities.saveAll("texts", rows);
		Traffic before = this.proxy.traffic();
		try (Stream<EntityRecord> found = this.entities.stream("texts", EntityQuery.all().fetchSize(20))) {
			assertThat(found.findFirst()).isPresent();
			assertThat(this.proxy.traffic().since(before).bytesToClient()).isLessThan(ROWS * 10_000L * 3 / 4);
		}
		assertThat(this.fixture.pool.status().active()).isZero();
		try (Stream<EntityRecord> found = this.entities.stream("texts", EntityQuery.all())) {
			assertThat(found.count()).isEqualTo(ROWS);
		}
		// The connection is as it was.
		this.entities.save("texts", "r1", Map.of("text", "y"));
		try (EntityFixture other = new EntityFixture(this.fixture.instance)) {
			assertThat(other.entities().get("texts", "r1").orElseThrow().get("text")).isEqualTo("y");
		}
	}

	@Test
	void whenStreamedInATransactionThenOthersMayBeSavedMeanwhile() {
		IntStream.range(0, 30).forEach((i) -> this.entities.save("texts", "r" + i, Map.of("n", i)));
		this.fixture.db.inTransaction((tx) -> {
			try (Stream<EntityRecord> found = this.entities.stream("texts", EntityQuery.all().fetchSize(5))) {
				found.forEach((row) -> this.entities.save("texts", row.id(), Map.of("n", -1)));
			}
		});
		assertThat(this.entities.count("texts", EntityQuery.where("[n] = -1"))).isEqualTo(30);
	}

}
