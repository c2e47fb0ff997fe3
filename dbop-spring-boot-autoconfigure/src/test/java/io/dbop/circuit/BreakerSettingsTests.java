package io.dbop.circuit;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BreakerSettingsTests {

	@Test
	void whenNothingIsConfiguredThenDefaults() {
		assertThat(BreakerSettings.defaults()).isEqualTo(new BreakerSettings(5, Duration.ofSeconds(60),
				Duration.ofSeconds(30), 3, BreakerSettings.Recovery.PROBE, Duration.ofMillis(500)));
	}

	@ParameterizedTest
	@CsvSource({ "0,PT1M,PT30S,3,PT0.5S,failure-threshold is 0: allowed is 1 to 10000",
			"10001,PT1M,PT30S,3,PT0.5S,failure-threshold is 10001",
			"5,PT0S,PT30S,3,PT0.5S,window-size is 0ms: allowed is 10ms to 86400000ms",
			"5,PT-1S,PT30S,3,PT0.5S,window-size is -1000ms", "5,PT1M,PT0.001S,3,PT0.5S,recovery-timeout is 1ms",
			"5,PT1M,PT25H,3,PT0.5S,recovery-timeout is 90000000ms", "5,PT1M,PT30S,0,PT0.5S,half-open-max-calls is 0",
			"5,PT1M,PT30S,3,PT0.499S,probe-interval is 499ms: allowed is 500ms" })
	void whenValueIsOutOfRangeThenMessageNamesPropertyAndRange(int threshold, Duration window, Duration recovery,
			int calls, Duration interval, String message) {
		assertThatIllegalArgumentException().isThrownBy(
				() -> new BreakerSettings(threshold, window, recovery, calls, BreakerSettings.Recovery.TIME, interval))
			.withMessageContaining("circuit-breaker." + message);
	}

	@ParameterizedTest
	@CsvSource({ "1,PT0.01S,PT0.01S,1,PT0.5S", "10000,P1D,P1D,10000,P1D" })
	void whenValuesAreAtTheirLimitsThenBreakerWorks(int threshold, Duration window, Duration recovery, int calls,
			Duration interval) {
		BreakerFixture fixture = new BreakerFixture();
		Breaker breaker = fixture.registry.breaker("main", "main",
				new BreakerSettings(threshold, window, recovery, calls, BreakerSettings.Recovery.TIME, interval));
		BreakerFixture.fail(breaker, threshold);
		assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
		fixture.advance(recovery.plusMillis(1));
		BreakerFixture.succeed(breaker, calls - 1);
		BreakerFixture.fail(breaker, 1);
		assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
		fixture.advance(recovery.plusMillis(1));
		BreakerFixture.succeed(breaker, calls);
		assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
	}

}
