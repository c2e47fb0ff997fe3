package io.dbop.circuit;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Breakers within a {@code CircuitBreakerRegistry} of the user's.
 */
class UserRegistryTests {

	private final CircuitBreakerRegistry machines = CircuitBreakerRegistry.ofDefaults();

	private final BreakerFixture fixture = new BreakerFixture(this.machines);

	private final Breaker breaker = this.fixture.registry.breaker("main");

	private final CircuitBreaker machine = this.machines.find("dbop.main").orElseThrow();

	private int machineEvents;

	@Test
	void whenCallsPassThenResilience4jCountsThem() {
		BreakerFixture.succeed(this.breaker, 10);
		BreakerFixture.fail(this.breaker, 4);
		assertThat(this.machine.getMetrics().getNumberOfSuccessfulCalls()).isEqualTo(10);
		assertThat(this.machine.getMetrics().getNumberOfFailedCalls()).isEqualTo(4);
		BreakerFixture.fail(this.breaker, 1);
		assertThat(this.machine.getState()).isEqualTo(CircuitBreaker.State.OPEN);
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(this.breaker::enter);
		}
		assertThat(this.machine.getMetrics().getNumberOfNotPermittedCalls()).isEqualTo(3);
	}

	@Test
	void whenMicrometerBinderWatchesThenItSeesOurBreakers() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(this.machines).bindTo(meters);
		BreakerFixture.succeed(this.breaker, 3);
		assertThat(meters.get("resilience4j.circuitbreaker.calls")
			.tags("name", "dbop.main", "kind", "successful")
			.timer()
			.count()).isEqualTo(3);
	}

	@Test
	void whenProbesSucceedThenCloses() {
		this.fixture.recovering(this.breaker);
		BreakerFixture.succeed(this.breaker, 3);
		assertThat(this.machine.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
		assertThat(this.breaker.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void whenForcedOpenByHandThenRefusesUntilClosedByHand() {
		this.machine.transitionToForcedOpenState();
		assertThat(this.breaker.state()).isEqualTo(BreakerState.FORCED_OPEN);
		this.fixture.advance(BreakerFixture.RECOVERED);
		assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(this.breaker::enter)
			.withMessageContaining("by hand");
		this.machine.transitionToClosedState();
		BreakerFixture.succeed(this.breaker, 1);
		assertThat(this.fixture.changes).containsExactly("main:CLOSED>FORCED_OPEN", "main:FORCED_OPEN>CLOSED");
	}

	@Test
	void whenSwitchedOffByHandThenCallsPassAndNothingCounts() {
		this.machine.transitionToDisabledState();
		BreakerFixture.fail(this.breaker, 100);
		assertThat(this.breaker.state()).isEqualTo(BreakerState.DISABLED);
		this.machine.transitionToMetricsOnlyState();
		BreakerFixture.fail(this.breaker, 100);
		this.machine.transitionToClosedState();
		BreakerFixture.fail(this.breaker, 4);
		assertThat(this.breaker.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void whenResetByHandThenForgets() {
		BreakerFixture.fail(this.breaker, 4);
		this.machine.reset();
		BreakerFixture.fail(this.breaker, 4);
		assertThat(this.breaker.state()).isEqualTo(BreakerState.CLOSED);
		BreakerFixture.fail(this.breaker, 1);
		this.machine.reset();
		BreakerFixture.succeed(this.breaker, 1);
		assertThat(this.breaker.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void whenEventConsumerThrowsThenBreakerGoesOn() {
		this.machine.getEventPublisher().onEvent((event) -> {
			this.machineEvents++;
			throw new IllegalStateException("consumer");
		});
		this.fixture.recovering(this.breaker);
		BreakerFixture.succeed(this.breaker, 3);
		assertThat(this.machineEvents).isPositive();
		assertThat(this.breaker.state()).isEqualTo(BreakerState.CLOSED);
		assertThat(this.fixture.changes).containsExactly("main:CLOSED>OPEN", "main:OPEN>HALF_OPEN",
				"main:HALF_OPEN>CLOSED");
	}

	@Test
	void whenNameIsTakenThenRefused() {
		this.machines.circuitBreaker("dbop.orders");
		assertThatExceptionOfType(InvalidBreakerException.class)
			.isThrownBy(() -> this.fixture.registry.breaker("orders"))
			.withMessageContaining("'dbop.orders'");
	}

	@Test
	void whenClosedThenLeavesRegistry() {
		this.fixture.registry.close();
		assertThat(this.machines.find("dbop.main")).isEmpty();
		BreakerFixture.open(this.breaker);
		assertThat(this.breaker.state()).isEqualTo(BreakerState.OPEN);
	}

}
