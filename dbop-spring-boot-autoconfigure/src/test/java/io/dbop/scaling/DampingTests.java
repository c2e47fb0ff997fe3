package io.dbop.scaling;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link Damping}. */
class DampingTests {

	private final Damping damping = new Damping();

	@Test
	void whenOneLookIsWorseThenNothingChanges() {
		for (int i = 0; i < 30; i++) {
			AdviceLevel found = (i % 2 == 0) ? AdviceLevel.CRITICAL : AdviceLevel.OK;
			assertThat(this.damping.look(found)).isEqualTo(AdviceLevel.OK);
		}
	}

	@Test
	void whenTwoLooksAreWorseThenItRisesToTheLesserOfThem() {
		assertThat(this.damping.look(AdviceLevel.CRITICAL)).isEqualTo(AdviceLevel.OK);
		assertThat(this.damping.look(AdviceLevel.NOTICE)).isEqualTo(AdviceLevel.NOTICE);
		assertThat(this.damping.look(AdviceLevel.CRITICAL)).isEqualTo(AdviceLevel.NOTICE);
		assertThat(this.damping.look(AdviceLevel.CRITICAL)).isEqualTo(AdviceLevel.CRITICAL);
	}

	@Test
	void whenAMinuteOfLooksIsBetterThenItFallsToTheWorstOfThem() {
		look(2, AdviceLevel.CRITICAL);
		look(10, AdviceLevel.OK);
		assertThat(this.damping.look(AdviceLevel.NOTICE)).isEqualTo(AdviceLevel.CRITICAL);
		assertThat(this.damping.look(AdviceLevel.OK)).isEqualTo(AdviceLevel.NOTICE);
		assertThat(look(11, AdviceLevel.OK)).last().isEqualTo(AdviceLevel.OK);
	}

	@Test
	void whenItGoesUpAndDownThenItStaysUp() {
		look(2, AdviceLevel.WARNING);
		for (int i = 0; i < 10; i++) {
			assertThat(look(11, AdviceLevel.OK)).containsOnly(AdviceLevel.WARNING);
			assertThat(this.damping.look(AdviceLevel.WARNING)).isEqualTo(AdviceLevel.WARNING);
		}
	}

	private List<AdviceLevel> look(int times, AdviceLevel found) {
		return IntStream.range(0, times).mapToObj((i) -> this.damping.look(found)).toList();
	}

}
