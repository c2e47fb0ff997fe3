package io.dbop.pool;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link SlowestStatements}. */
class SlowestStatementsTests {

	private static final long MINUTE = Duration.ofMinutes(1).toNanos();

	private final SlowestStatements slowest = new SlowestStatements();

	@Test
	void whenAStatementGoesOnThenOnlyTheLastQuarterOfAnHourCounts() {
		this.slowest.add("select 1", 0, Duration.ofSeconds(60).toNanos());
		for (int minute = 1; minute <= 20; minute++) {
			this.slowest.add("select 1", minute * MINUTE, Duration.ofMillis(100).toNanos());
		}
		assertThat(this.slowest.list(20 * MINUTE)).singleElement().satisfies((statement) -> {
			assertThat(statement.max()).isEqualTo(Duration.ofMillis(100));
			assertThat(statement.count()).isEqualTo(15);
			assertThat(statement.total()).isEqualTo(Duration.ofMillis(1500));
		});
		assertThat(this.slowest.list(36 * MINUTE)).isEmpty();
	}

}
