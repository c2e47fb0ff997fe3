package io.dbop.circuit;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AliasProbeTests {

	private static final Duration INTERVAL = Duration.ofMillis(500);

	private final BreakerFixture fixture = new BreakerFixture();

	private final ManualProbeThreads threads = this.fixture.threads;

	private final List<Duration> checks = new ArrayList<>();

	private boolean up;

	private int revivals;

	private Breaker breaker;

	@BeforeEach
	void define() {
		this.fixture.registry.define("main", BreakerSettings.defaults(), new HealthProbe() {

			@Override
			public void check() throws SQLException {
				AliasProbeTests.this.check();
			}

			@Override
			public void revive() {
				AliasProbeTests.this.revivals++;
			}

		});
		this.breaker = this.fixture.registry.breaker("main");
	}

	private void check() throws SQLException {
		this.checks.add(this.fixture.time.elapsed());
		if (!this.up) {
			throw new SQLException("down");
		}
	}

	private void assertState(BreakerState state) {
		assertThat(this.breaker.state()).isEqualTo(state);
	}

	@Test
	void whenDatabaseAnswersThenHalfOpenEarly() {
		BreakerFixture.open(this.breaker);
		this.threads.passChecking(Duration.ofSeconds(3));
		assertState(BreakerState.OPEN);
		this.up = true;
		this.threads.passChecking(INTERVAL);
		assertState(BreakerState.HALF_OPEN);
		BreakerFixture.succeed(this.breaker, 3);
		assertState(BreakerState.CLOSED);
	}

	@Test
	void whenOpenThenChecksAreAtLeastHalfASecondApart() {
		BreakerFixture.open(this.breaker);
		this.threads.passChecking(Duration.ofSeconds(10));
		assertThat(this.checks).hasSize(20);
		for (int i = 1; i < this.checks.size(); i++) {
			assertThat(this.checks.get(i).minus(this.checks.get(i - 1))).isGreaterThanOrEqualTo(INTERVAL);
		}
	}

	@Test
	void whenCheckTakesLongThenNoOtherIsStartedMeanwhile() {
		BreakerFixture.open(this.breaker);
		this.threads.pass(Duration.ofSeconds(10));
		assertThat(this.threads.checks).hasSize(1);
		this.threads.checks.remove().run();
		this.threads.pass(INTERVAL);
		assertThat(this.threads.checks).hasSize(1);
	}

	@Test
	void whenSeveralBreakersOfAliasAreOpenThenOneCheckServesAll() {
		Breaker named = BreakerFixture
			.open(this.fixture.registry.breaker("orders", "main", BreakerSettings.defaults()));
		this.threads.pass(Duration.ofMillis(200));
		BreakerFixture.open(this.breaker);
		this.threads.passChecking(Duration.ofMillis(5_100));
		assertThat(this.checks).hasSize(10);
		this.up = true;
		this.threads.passChecking(INTERVAL);
		assertState(BreakerState.HALF_OPEN);
		assertThat(named.state()).isEqualTo(BreakerState.HALF_OPEN);
	}

	@Test
	void whenNoBreakerIsOpenAnyMoreThenChecksStop() {
		BreakerFixture.open(this.breaker);
		this.threads.passChecking(INTERVAL);
		assertThat(this.checks).hasSize(1);
		this.breaker.reset();
		this.threads.passChecking(Duration.ofMinutes(1));
		assertThat(this.checks).hasSize(1);
		assertThat(this.threads.idle()).isTrue();
		BreakerFixture.open(this.breaker);
		this.threads.passChecking(INTERVAL);
		assertThat(this.checks).hasSize(2);
	}

	@Test
	void whenProbesFailAlthoughDatabaseAcceptsConnectionsThenOpenForFullRecoveryTimeout() {
		this.up = true;
		BreakerFixture.open(this.breaker);
		this.threads.passChecking(INTERVAL);
		BreakerFixture.fail(this.breaker, 1);
		this.threads.passChecking(Duration.ofMillis(29_999));
		assertState(BreakerState.OPEN);
		assertThat(this.revivals).as("once, when callers were let through").isOne();
		this.threads.passChecking(Duration.ofMillis(2));
		BreakerFixture.succeed(this.breaker, 3);
		assertState(BreakerState.CLOSED);
	}

	@Test
	void whenProbesFailedAndDatabaseGoesAndComesBackThenHalfOpenEarly() {
		this.up = true;
		BreakerFixture.open(this.breaker);
		this.threads.passChecking(INTERVAL);
		BreakerFixture.fail(this.breaker, 1);
		this.up = false;
		this.threads.passChecking(INTERVAL);
		this.up = true;
		this.threads.passChecking(INTERVAL);
		assertState(BreakerState.HALF_OPEN);
	}

	@Test
	void whenCheckHangsThenTimeStillRecovers() {
		BreakerFixture.open(this.breaker);
		this.threads.pass(BreakerFixture.RECOVERED);
		assertThat(this.threads.checks).hasSize(1);
		BreakerFixture.succeed(this.breaker, 3);
		assertState(BreakerState.CLOSED);
	}

	@Test
	void whenRecoveryIsByTimeThenNothingIsChecked() {
		Breaker byTime = this.fixture.registry.breaker("orders", "main", BreakerFixture.byTime());
		this.up = true;
		BreakerFixture.open(byTime);
		this.threads.passChecking(Duration.ofSeconds(29));
		assertThat(this.checks).isEmpty();
		assertThat(byTime.state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void whenOneAliasHangsThenAnotherIsStillChecked() {
		this.fixture.registry.define("other", BreakerSettings.defaults(), () -> {
		});
		BreakerFixture.open(this.breaker);
		this.threads.pass(INTERVAL);
		Runnable hanging = this.threads.checks.remove();
		Breaker other = BreakerFixture.open(this.fixture.registry.breaker("other"));
		this.threads.passChecking(INTERVAL);
		assertThat(other.state()).isEqualTo(BreakerState.HALF_OPEN);
		assertState(BreakerState.OPEN);
		this.up = true;
		hanging.run();
		assertState(BreakerState.HALF_OPEN);
	}

	@Test
	void whenNoThreadIsToBeHadThenTriesAgain() {
		this.up = true;
		this.threads.outOfThreads = true;
		BreakerFixture.open(this.breaker);
		this.threads.pass(Duration.ofSeconds(2));
		this.threads.outOfThreads = false;
		this.threads.passChecking(INTERVAL);
		assertState(BreakerState.HALF_OPEN);
	}

	@Test
	void whenRegistryIsClosedThenChecksStop() {
		BreakerFixture.open(this.breaker);
		this.threads.pass(INTERVAL);
		this.fixture.registry.close();
		assertThat(this.threads.closed).isTrue();
		this.threads.checks.remove().run();
		this.threads.pass(Duration.ofMinutes(1));
		assertThat(this.threads.idle()).isTrue();
	}

}
