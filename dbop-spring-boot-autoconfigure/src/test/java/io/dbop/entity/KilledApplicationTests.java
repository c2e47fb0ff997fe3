package io.dbop.entity;

import java.util.List;
import java.util.Set;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** An application is killed while many of its threads save by a writer. */
@EachDatabase({ TestDatabase.POSTGRESQL, TestDatabase.MARIADB, TestDatabase.MYSQL, TestDatabase.SQLITE })
class KilledApplicationTests {

	private static final int SAVES = 1000;

	private final DatabaseInstance instance;

	KilledApplicationTests(DatabaseInstance instance) {
		this.instance = instance;
	}

	@Test
	@DisplayName("writer: what is acknowledged survives a kill of the application")
	void whenTheApplicationIsKilledThenNothingAcknowledgedIsLost() throws Exception {
		Set<String> acknowledged = new WritingProcess(this.instance).killAfter(SAVES);
		assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(SAVES);
		try (EntityFixture fixture = new EntityFixture(this.instance)) {
			List<String> there = fixture.entities()
				.find(SavingThreads.ENTITY, EntityQuery.all())
				.stream()
				.map(EntityRecord::id)
				.toList();
			assertThat(there).containsAll(acknowledged);
			assertThat(fixture.db.sql("SELECT COUNT(*) FROM [events_history]").single(Long.class)).as("versions")
				.isEqualTo(there.size());
		}
	}

}
