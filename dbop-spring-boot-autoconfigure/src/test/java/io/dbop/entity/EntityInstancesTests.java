package io.dbop.entity;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DuplicateKeyException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What an instance knows of the tables while another one, or somebody else, changes them.
 */
@EachDatabase
class EntityInstancesTests {

	/** As often as a driver needs to prepare a statement at the server. */
	private static final int WARM = 12;

	private final EntityFixture fixture;

	private final EntityFixture other;

	private final EntityOperations entities;

	EntityInstancesTests(DatabaseInstance instance) {
		this.fixture = new EntityFixture(instance);
		this.other = new EntityFixture(instance);
		this.entities = this.fixture.entities();
	}

	@AfterEach
	void close() {
		this.fixture.close();
		this.other.close();
	}

	@Test
	@DisplayName("V5 a field that another instance has widened is read as what it is")
	void whenAnotherInstanceWidensAFieldThenItIsRead() {
		this.entities.save("things", "a", Map.of("x", 1));
		warm();
		this.other.entities().save("things", "a", Map.of("x", 5_000_000_000L));
		assertThat(this.entities.get("things", "a").orElseThrow().get("x")).isEqualTo(5_000_000_000L);
		warm();
		this.other.entities().save("things", "a", Map.of("x", new BigDecimal("0.5")));
		assertThat(this.entities.find("things", EntityQuery.all())).extracting((thing) -> thing.get("x"))
			.containsExactly(new BigDecimal("0.5"));
		warm();
		this.other.entities().save("things", "a", Map.of("x", 7, "y", 1));
		this.other.entities().save("things", "b", Map.of("y", 5_000_000_000L));
		assertThat(this.entities.history("things", "a").get(0).fields()).containsEntry("y", 1L);
		try (Stream<EntityRecord> all = this.entities.stream("things", EntityQuery.all())) {
			assertThat(all.toList()).hasSize(2);
		}
	}

	private void warm() {
		for (int i = 0; i < WARM; i++) {
			this.entities.get("things", "a");
			this.entities.history("things", "a");
			this.entities.save("things", "a", Map.of("x", i));
			this.entities.find("things", EntityQuery.all());
		}
	}

	@Test
	void whenAFieldHasAnIndexThenItIsWidenedAndTheIndexStays() {
		this.entities.save("things", "a", Map.of("x", 1, "y", 1));
		this.fixture.db.sql("CREATE UNIQUE INDEX things_x ON [things] ([x])").update();
		this.entities.save("things", "b", Map.of("x", 5_000_000_000L));
		assertThatExceptionOfType(DuplicateKeyException.class)
			.isThrownBy(() -> this.entities.save("things", "c", Map.of("x", 1)));
		assertThat(this.entities.get("things", "a").orElseThrow().fields()).containsEntry("x", 1L);
	}

	@Test
	void whenThePoolNamesASchemaThenTheTablesAreThere() {
		Assumptions.assumeTrue(this.fixture.kind() == TestDatabase.H2);
		this.fixture.db.sql("CREATE SCHEMA [apart]").update();
		try (EntityFixture apart = new EntityFixture(this.fixture.instance, EntitySettings.defaults(), List.of(),
				(config) -> config.hikari(Map.of("schema", "apart")))) {
			apart.entities().save("things", "a", Map.of("x", 1));
			assertThat(apart.entities().get("things", "a")).isPresent();
			assertThat(this.entities.get("things", "a")).isEmpty();
		}
	}

	@Test
	@DisplayName("E1 what a save gives back has the defaults of a column that somebody has added")
	void whenAColumnHasADefaultThenTheSavedEntityHasIt() {
		// It has no RETURNING, and another round trip would be the price.
		Assumptions.assumeTrue(this.fixture.kind() != TestDatabase.MYSQL);
		this.entities.save("things", "a", Map.of("x", 1));
		this.fixture.db.sql("ALTER TABLE [things] ADD COLUMN [z] INTEGER DEFAULT 7").update();
		this.fixture.db.sql("ALTER TABLE [things_history] ADD COLUMN [z] INTEGER").update();
		EntityOperations others = this.other.entities();
		EntityRecord single = others.save("things", Map.of("x", 3));
		assertThat(single.get("z")).isEqualTo(7);
		assertThat(others.get("things", single.id())).contains(single);
		assertThat(others.saveAll("things", List.of(Map.of("x", 3), Map.of("x", 4))))
			.allMatch((saved) -> Integer.valueOf(7).equals(saved.get("z")));
	}

}
