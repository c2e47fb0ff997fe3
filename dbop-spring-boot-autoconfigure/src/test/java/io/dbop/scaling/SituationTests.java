package io.dbop.scaling;

import java.time.Duration;
import java.util.List;

import io.dbop.pool.PoolCounts;
import io.dbop.pool.PoolStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** How pressing timeouts are. */
class SituationTests {

	@ParameterizedTest
	@CsvSource({
			// 1m: acquired, timeouts; 5m: acquired, timeouts
			"1000, 0, 5000, 0, NORMAL, OK", "1000, 5, 5000, 5, MILD, NOTICE", "1000, 30, 5000, 60, HIGH, WARNING",
			"1000, 300, 1000, 300, CRITICAL, CRITICAL",
			// not yet long enough, and over by now
			"900, 100, 99900, 100, MILD, NOTICE", "1000, 0, 1000, 900, NORMAL, OK",
			// a single one of few
			"9, 1, 9, 1, CRITICAL, NOTICE", "9, 4, 9, 4, CRITICAL, NOTICE", "9, 5, 9, 5, CRITICAL, CRITICAL" })
	void whenCallersAreTurnedAwayThenItIsAsPressingAsItIsLastingAndFrequent(long acquired, long timeouts,
			long fiveAcquired, long fiveTimeouts, TimeoutBand band, AdviceLevel pressure) {
		Situation situation = situation(window(acquired, timeouts), window(fiveAcquired, fiveTimeouts));
		assertThat(situation.band()).isEqualTo(band);
		assertThat(situation.pressure()).isEqualTo(pressure);
		assertThat(situation.contended()).isEqualTo(band != TimeoutBand.NORMAL);
	}

	private static Window window(long acquired, long timeouts) {
		return new Window(Duration.ofMinutes(1).toNanos(),
				new PoolCounts(acquired, acquired, timeouts, 0, 0, 0, 0, 0, 0, 0, 0, 0), CallCounts.NONE);
	}

	private static Situation situation(Window minute, Window five) {
		return new Situation("main", new PoolStatus(0, 0, 0, 1, 1, 1, false), Duration.ofSeconds(1), minute, five, five,
				Capacity.of(1, Duration.ZERO, 1, null), List.of(), List.of(), List.of(), List.of(), List.of(),
				List.of());
	}

}
