package io.dbop.execution;

import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Many writers on SQLite, which has room for one. */
@Tag("fault")
@EachDatabase(TestDatabase.SQLITE)
class BusyWritersTests {

	private final EngineFixture fixture;

	private final Items items;

	BusyWritersTests(DatabaseInstance database) {
		this.fixture = EngineFixture.inRealTime(database, (settings) -> {
			settings.setMaximumPoolSize(Writers.COUNT);
			// So short that waiting inside of SQLite does not do.
			settings.addDataSourceProperty("busy_timeout", "5");
		});
		this.items = new Items(database, this.fixture.jdbc).with(1);
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	/**
	 * Half of them take the write lock when they begin, and find it taken; half, declared
	 * as read-only, when they write, and find what they have read outdated.
	 */
	@Test
	@DisplayName("T5: BUSY and BUSY_SNAPSHOT with 16 writers lose nothing, double nothing, and are nobody's failure")
	void whenSixteenWriteThenEachEffectIsThereOnce() {
		new Writers(this.fixture, this.items).assertAllDone((spec) -> spec.named("busy"),
				(spec) -> spec.named("stale").readOnly());
		assertThat(this.fixture.statistics("busy").retries()).isPositive();
		assertThat(this.fixture.statistics("stale").retries()).isPositive();
	}

}
