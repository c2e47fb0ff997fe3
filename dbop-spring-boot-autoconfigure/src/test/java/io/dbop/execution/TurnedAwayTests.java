package io.dbop.execution;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link TurnedAway}. */
class TurnedAwayTests {

	private static final long START = Long.MAX_VALUE - 1;

	private final TurnedAway turnedAway = new TurnedAway();

	@Test
	void whenManyAreTurnedAwayThenOneInFiveSecondsIsToldOfWithTheNumberOfTheOthers() {
		assertThat(note(0)).isZero();
		assertThat(note(1)).isEqualTo(TurnedAway.UNTOLD);
		assertThat(note(4999)).isEqualTo(TurnedAway.UNTOLD);
		assertThat(note(5000)).isEqualTo(2);
		assertThat(note(5001)).isEqualTo(TurnedAway.UNTOLD);
		assertThat(note(10_000)).isOne();
		assertThat(note(20_000)).isZero();
	}

	private int note(long millis) {
		return this.turnedAway.note(START + TimeUnit.MILLISECONDS.toNanos(millis));
	}

}
