package io.dbop.scaling;

import java.time.Duration;

import io.dbop.pool.PoolCounts;
import io.dbop.pool.PoolStatus;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Windows slide from sample to sample. */
class SampleHistoryTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final Duration QUARTER = Duration.ofMinutes(15);

	/** Counted by a nanosecond clock that may well be negative. */
	private static final long START = -7_000_000_000L;

	private static final PoolStatus STATUS = new PoolStatus(1, 0, 0, 1, 1, 1, false);

	private final SampleHistory history = new SampleHistory(sample(0, 0, 0));

	@Test
	void whenTimePassesThenOnlyWhatIsYoungCounts() {
		for (int second = 5; second <= 1800; second += 5) {
			this.history.add(sample(second, second * 10L, (second > 1745) ? second - 1745 : 0));
		}
		Window minute = this.history.window(MINUTE, sample(1800, 18_000, 55));
		assertThat(minute.nanos()).isEqualTo(MINUTE.toNanos());
		assertThat(minute.pool().acquired()).isEqualTo(600);
		assertThat(minute.pool().timeouts()).isEqualTo(55);
		assertThat(minute.band()).isEqualTo(TimeoutBand.CRITICAL);
		assertThat(minute.arrivalsPerSecond()).isEqualTo(655 / 60.0);
		Window quarter = this.history.window(QUARTER, sample(1800, 18_000, 55));
		assertThat(quarter.nanos()).isEqualTo(QUARTER.toNanos());
		assertThat(quarter.pool().acquired()).isEqualTo(9000);
		assertThat(quarter.band()).isEqualTo(TimeoutBand.MILD);
		assertThat(this.history.steps()).hasSizeBetween(180, 183)
			.allSatisfy((step) -> assertThat(step.window().pool().acquired()).isEqualTo(50));
	}

	@Test
	void whenTheStartIsYoungerThanTheWindowThenItBeginsThere() {
		this.history.add(sample(5, 50, 5));
		Window window = this.history.window(QUARTER, sample(7, 70, 5));
		assertThat(window.nanos()).isEqualTo(Duration.ofSeconds(7).toNanos());
		assertThat(window.timeoutRate()).isEqualTo(5 / 75.0);
	}

	@Test
	void whenAConnectionIsHeldForAnHourThenEachMinuteHasItsShare() {
		for (int second = 5; second <= 3600; second += 5) {
			this.history.add(sample(second, second, 0));
		}
		assertThat(this.history.window(MINUTE, sample(3600, 3600, 0)).averageInUse()).isEqualTo(1);
		assertThat(this.history.window(QUARTER, sample(3600, 3600, 0)).averageInUse()).isEqualTo(1);
	}

	@Test
	void whenNothingHappenedThenNothingIsDividedByZero() {
		Window window = this.history.window(MINUTE, sample(0, 0, 0));
		assertThat(window.timeoutRate()).isZero();
		assertThat(window.arrivalsPerSecond()).isZero();
		assertThat(window.averageHeld()).isZero();
		assertThat(window.averageWait()).isZero();
	}

	private static Sample sample(int second, long acquired, long timeouts) {
		return new Sample(START + Duration.ofSeconds(second).toNanos(),
				new PoolCounts(acquired, acquired, timeouts, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), CallCounts.NONE, STATUS,
				Duration.ofSeconds(second).toNanos(), 0);
	}

}
