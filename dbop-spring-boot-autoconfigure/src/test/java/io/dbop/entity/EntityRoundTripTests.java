package io.dbop.entity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.NotOnClusters;
import io.dbop.test.TestDatabase;
import io.dbop.test.wire.RoundTrips;
import io.dbop.test.wire.Traffic;
import io.dbop.test.wire.WireProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How often an operation on entities goes to the server and back, and with how much. */
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL })
class EntityRoundTripTests {

	private static final String SAVEPOINTS = "Galera takes savepoints before several rows, which are round trips";

	private static final int ROWS = 500;

	/** With hundreds, after a BEGIN, the proxy now and then counts an answer twice. */
	private static final int FEW_ROWS = 20;

	private final TestDatabase kind;

	private final WireProxy proxy;

	private final EntityFixture fixture;

	private final EntityOperations entities;

	EntityRoundTripTests(DatabaseInstance instance) {
		this.kind = instance.database();
		this.proxy = instance.proxy();
		this.fixture = new EntityFixture(instance.through(this.proxy), EntitySettings.defaults(), List.of(),
				(config) -> config.poolMax(1));
		this.entities = this.fixture.entities();
		this.entities.save("users", "u1", Map.of("name", "John", "age", 5));
	}

	@AfterEach
	void close() {
		this.fixture.close();
		this.proxy.close();
	}

	@Test
	void whenSavedThenOneOnPostgresAndTheFewestElsewhere() {
		assertThat(roundTrips(() -> this.entities.save("users", Map.of("name", "Jim", "age", 7))))
			.isEqualTo(on(1, 3, 3));
		assertThat(roundTrips(() -> this.entities.save("users", "u1", Map.of("age", 7)))).isEqualTo(on(1, 3, 4));
		assertThat(roundTrips(() -> this.entities.save("users", UUID.randomUUID().toString(), Map.of("age", 7))))
			.isEqualTo(on(1, 3, 4));
	}

	@Test
	void whenReadThenOne() {
		assertThat(roundTrips(() -> this.entities.get("users", "u1").orElseThrow())).isOne();
		assertThat(roundTrips(() -> this.entities.exists("users", "u1"))).isOne();
		assertThat(roundTrips(() -> this.entities.find("users", EntityQuery.where("[age] = ?", 5)))).isOne();
		assertThat(roundTrips(() -> this.entities.count("users"))).isOne();
		assertThat(roundTrips(() -> this.entities.history("users", "u1"))).isOne();
		assertThat(roundTrips(() -> this.entities.version("users", "u1", 1).orElseThrow())).isOne();
	}

	@Test
	@NotOnClusters(value = SAVEPOINTS, of = TestDatabase.MARIADB)
	void whenManyAreSavedThenAsOne() {
		List<Map<String, Object>> rows = new ArrayList<>();
		for (int i = 0; i < ROWS; i++) {
			rows.add(Map.of("id", "r" + i, "name", "row " + i, "age", i));
		}
		assertThat(roundTrips(() -> this.entities.saveAll("users", rows))).isEqualTo(on(1, 3, 4));
	}

	@Test
	@NotOnClusters(value = SAVEPOINTS, of = TestDatabase.MARIADB)
	void whenManyNewOnesAreSavedThenAsOne() {
		List<Map<String, Object>> fresh = new ArrayList<>();
		for (int i = 0; i < FEW_ROWS; i++) {
			fresh.add(Map.of("name", "row " + i, "age", i));
		}
		if (this.kind == TestDatabase.MARIADB) {
			this.entities.saveAll("users", fresh);
			Traffic before = this.proxy.traffic();
			this.entities.saveAll("users", fresh);
			Traffic used = this.proxy.traffic().since(before);
			// The driver sends a batch and its rows without waiting, and the proxy may
			// count an answer to each.
			assertThat(used.roundTrips()).isBetween(3, 4);
			assertThat(used.statements()).as("beside the batch").hasSize(2);
			return;
		}
		assertThat(roundTrips(() -> this.entities.saveAll("users", fresh))).isEqualTo(on(1, 3, 3));
	}

	@Test
	@NotOnClusters(value = SAVEPOINTS, of = TestDatabase.MARIADB)
	void whenAnIteratorGivesThemThenNothingIsReadBack() {
		List<Map<String, Object>> rows = new ArrayList<>();
		for (int i = 0; i < FEW_ROWS; i++) {
			rows.add(Map.of("id", "r" + i, "name", "row " + i, "age", i));
		}
		assertThat(roundTrips(() -> this.entities.saveAll("users", rows.iterator()))).isEqualTo(on(2, 3, 3));
		assertThat(roundTrips(() -> this.entities.saveAll("users", rows.iterator()))).isEqualTo(on(2, 3, 3));
	}

	@Test
	void whenDeletedOrRestoredThenOneOnPostgres() {
		int both = roundTrips(() -> {
			this.entities.delete("users", "u1");
			this.entities.restore("users", "u1");
		});
		assertThat(both).isEqualTo(on(2, 6, 6));
	}

	@Test
	void whenInATransactionThenNothingIsAdded() {
		int transaction = 1;
		assertThat(roundTrips(() -> this.fixture.db.inTransaction((tx) -> {
			this.entities.save("users", "u1", Map.of("age", 7));
			this.entities.save("users", "u1", Map.of("age", 8));
		}))).isEqualTo(transaction + on(2, 4, 6));
	}

	private int on(int postgres, int mariaDb, int mySql) {
		return switch (this.kind) {
			case POSTGRESQL -> postgres;
			case MARIADB -> mariaDb;
			default -> mySql;
		};
	}

	private int roundTrips(Runnable action) {
		return RoundTrips.of(this.proxy, action::run);
	}

}
