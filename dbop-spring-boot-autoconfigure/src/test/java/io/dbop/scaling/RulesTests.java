package io.dbop.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.dbop.circuit.BreakerFailure;
import io.dbop.circuit.BreakerState;
import io.dbop.circuit.BreakerStatus;
import io.dbop.pool.Holder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is said, and how pressing it is, where figures are few or point to nothing. */
class RulesTests {

	private final Rules rules = new Rules(List.of());

	@ParameterizedTest
	@CsvSource({ "9, 1, NOTICE", "1, 1, NOTICE", "20, 4, NOTICE", "20, 5, CRITICAL", "9999, 1, OK" })
	void whenFewCallersTimedOutThenThatIsNoCrisis(long acquired, long timeouts, AdviceLevel level) {
		assertThat(this.rules.ask(Situations.of(acquired, timeouts)).get(0).level()).isEqualTo(level);
	}

	@Test
	void whenNoRuleKnowsWhyCallersGetNoneThenTheDatabaseIsNotWell() {
		List<Advice> found = this.rules.ask(Situations.disconnected(0, 10, 0));
		assertThat(found).singleElement().satisfies((advice) -> {
			assertThat(advice.cause()).isEqualTo(Advice.CONNECTIONS_FAIL);
			assertThat(advice.level()).isEqualTo(AdviceLevel.CRITICAL);
		});
	}

	@ParameterizedTest
	@CsvSource({ "0, 3, CRITICAL", "100, 3, WARNING" })
	void whenConnectionsFailThenThatIsNamed(long acquired, long errors, AdviceLevel level) {
		List<Advice> found = this.rules.ask(Situations.disconnected(acquired, 0, errors));
		assertThat(found).singleElement().satisfies((advice) -> {
			assertThat(advice.cause()).isEqualTo(Advice.CONNECTIONS_FAIL);
			assertThat(advice.level()).isEqualTo(level);
		});
	}

	@Test
	void whenABreakerIsOpenThenALeakBesidesDoesNotHideIt() {
		Holder leak = new Holder("main", null, Duration.ofMinutes(10), Thread.currentThread(), null, null, null,
				Duration.ofMinutes(10), null);
		BreakerStatus open = new BreakerStatus("main", "main", BreakerState.OPEN, 5, Instant.EPOCH, 1000, 10, 1,
				new BreakerFailure("AcquisitionTimeoutException", null, true));
		assertThat(this.rules.ask(Situations.of(10_000, List.of(leak), List.of(open)))).extracting(Advice::cause)
			.containsExactly(Advice.BREAKER_OPEN, Advice.LEAK);
	}

	@Test
	void whenARuleOfTheApplicationCannotBeLinkedThenItIsPassedOver() {
		Rules broken = new Rules(List.of((situation) -> {
			throw new NoSuchMethodError("gone");
		}));
		assertThat(broken.ask(Situations.of(10, 0))).extracting(Advice::cause).containsExactly(Advice.HEALTHY);
	}

}
