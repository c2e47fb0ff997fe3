package io.dbop.circuit;

import java.time.Duration;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BreakerTests {

	private final BreakerFixture fixture = new BreakerFixture();

	private final Breaker breaker = this.fixture.registry.breaker("main");

	private void assertRefused() {
		assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(this.breaker::enter);
	}

	private void assertState(BreakerState state) {
		assertThat(this.breaker.state()).isEqualTo(state);
	}

	@Nested
	class Closed {

		@Test
		@DisplayName("P1 five failures within the window open it, four do not")
		void whenFailuresReachThresholdThenOpens() {
			BreakerFixture.fail(breaker, 4);
			assertState(BreakerState.CLOSED);
			BreakerFixture.fail(breaker, 1);
			assertState(BreakerState.OPEN);
			assertRefused();
			assertThat(fixture.changes).containsExactly("main:CLOSED>OPEN");
		}

		@Test
		void whenSuccessesLieBetweenThenFailuresStillOpen() {
			for (int i = 0; i < 5; i++) {
				BreakerFixture.succeed(breaker, 1000);
				BreakerFixture.fail(breaker, 1);
			}
			assertState(BreakerState.OPEN);
		}

		@Test
		void whenFailuresSpreadOverMoreThanWindowThenStaysClosed() {
			for (int i = 0; i < 100; i++) {
				BreakerFixture.fail(breaker, 1);
				fixture.advance(Duration.ofSeconds(15));
			}
			assertState(BreakerState.CLOSED);
			assertThat(breaker.status().failures()).isEqualTo(3);
		}

		@Test
		void whenFifthFailureIsJustWithinWindowThenOpens() {
			BreakerFixture.fail(breaker, 4);
			fixture.advance(Duration.ofMillis(59_999));
			BreakerFixture.fail(breaker, 1);
			assertState(BreakerState.OPEN);
		}

		@Test
		void whenFifthFailureIsJustOutsideWindowThenStaysClosed() {
			BreakerFixture.fail(breaker, 4);
			fixture.advance(Duration.ofSeconds(60));
			BreakerFixture.fail(breaker, 4);
			assertState(BreakerState.CLOSED);
			BreakerFixture.fail(breaker, 1);
			assertState(BreakerState.OPEN);
		}

		@Test
		@DisplayName("P2 neutral outcomes never open it")
		void whenOutcomesAreNeutralThenStaysClosed() {
			for (int i = 0; i < 1000; i++) {
				breaker.ignored(breaker.enter());
			}
			assertState(BreakerState.CLOSED);
			assertThat(breaker.status().failures()).isZero();
		}

		@Test
		@DisplayName("P2 the breaker of one database does not stop another")
		void whenOneBreakerOpensThenOthersStayClosed() {
			Breaker other = fixture.registry.breaker("reporting");
			BreakerFixture.open(breaker);
			BreakerFixture.succeed(other, 1);
			assertThat(other.state()).isEqualTo(BreakerState.CLOSED);
			assertThat(other.status().failures()).isZero();
		}

	}

	@Nested
	class Open {

		@Test
		void whenRefusingThenExceptionTellsWhatAndHowLong() {
			BreakerFixture.open(breaker);
			fixture.advance(Duration.ofSeconds(10));
			assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(breaker::enter)
				.withMessageContaining("'main'")
				.withMessageContaining("20000 ms")
				.satisfies((ex) -> {
					assertThat(ex.retryAfter()).isEqualTo(Duration.ofSeconds(20));
					assertThat(ex.breaker()).isEqualTo("main");
					assertThat(ex.alias()).isEqualTo("main");
					assertThat(ex.getStackTrace()).isEmpty();
				});
		}

		@Test
		void whenRecoveryTimeoutIsNotOverThenRefuses() {
			BreakerFixture.open(breaker);
			fixture.advance(Duration.ofMillis(29_999));
			assertRefused();
			assertState(BreakerState.OPEN);
		}

		@Test
		void whenWallClockStepsThenNeitherRecoversEarlyNorLate() {
			BreakerFixture.open(breaker);
			fixture.time.stepWallClock(Duration.ofHours(1));
			assertRefused();
			fixture.time.stepWallClock(Duration.ofHours(-3));
			fixture.advance(BreakerFixture.RECOVERED);
			BreakerFixture.succeed(breaker, 3);
			assertState(BreakerState.CLOSED);
		}

		@Test
		void whenCallThatEnteredBeforeReportsThenItChangesNothing() {
			Pass pass = breaker.enter();
			BreakerFixture.open(breaker);
			breaker.succeeded(pass);
			breaker.failed(pass, BreakerFixture.failure());
			breaker.ignored(pass);
			assertState(BreakerState.OPEN);
			assertThat(breaker.status().openedCount()).isOne();
		}

		@Test
		void whenAskedThenStatusTells() {
			fixture.advance(Duration.ofSeconds(1));
			BreakerFixture.open(breaker);
			fixture.advance(Duration.ofSeconds(5));
			for (int i = 0; i < 7; i++) {
				assertRefused();
			}
			assertThat(breaker.status()).isEqualTo(new BreakerStatus("main", "main", BreakerState.OPEN, 5,
					FakeTime.START.plusSeconds(1), 25_000, 7, 1, breaker.status().lastFailure()));
		}

	}

	@Nested
	class HalfOpen {

		@Test
		@DisplayName("P1 all probes succeed, it closes and has forgotten its failures")
		void whenAllProbesSucceedThenCloses() {
			fixture.recovering(breaker);
			BreakerFixture.succeed(breaker, 2);
			assertState(BreakerState.HALF_OPEN);
			BreakerFixture.succeed(breaker, 1);
			assertState(BreakerState.CLOSED);
			assertThat(breaker.status().failures()).isZero();
			BreakerFixture.fail(breaker, 4);
			assertState(BreakerState.CLOSED);
			BreakerFixture.fail(breaker, 1);
			assertState(BreakerState.OPEN);
			assertThat(fixture.changes).containsExactly("main:CLOSED>OPEN", "main:OPEN>HALF_OPEN",
					"main:HALF_OPEN>CLOSED", "main:CLOSED>OPEN");
		}

		@Test
		void whenProbesAreUnderWayThenRefusesOthers() {
			fixture.recovering(breaker);
			for (int i = 0; i < 3; i++) {
				assertThat(breaker.enter().isProbe()).isTrue();
			}
			assertThatExceptionOfType(CircuitOpenException.class).isThrownBy(breaker::enter)
				.withMessageContaining("half-open");
		}

		@Test
		@DisplayName("P1 the first probe fails, it is open again for a full 30 s")
		void whenFirstProbeFailsThenOpensForFullRecoveryTimeout() {
			fixture.recovering(breaker);
			BreakerFixture.fail(breaker, 1);
			assertOpenForFullRecoveryTimeout();
		}

		@Test
		@DisplayName("P1 the last probe fails, it is open again for a full 30 s")
		void whenLastProbeFailsThenOpensForFullRecoveryTimeout() {
			fixture.recovering(breaker);
			BreakerFixture.succeed(breaker, 2);
			BreakerFixture.fail(breaker, 1);
			assertOpenForFullRecoveryTimeout();
			assertThat(fixture.changes).containsExactly("main:CLOSED>OPEN", "main:OPEN>HALF_OPEN",
					"main:HALF_OPEN>OPEN", "main:OPEN>HALF_OPEN", "main:HALF_OPEN>CLOSED");
		}

		private void assertOpenForFullRecoveryTimeout() {
			assertState(BreakerState.OPEN);
			assertThat(breaker.status().remainingMillis()).isEqualTo(30_000);
			fixture.advance(Duration.ofMillis(29_999));
			assertRefused();
			fixture.advance(Duration.ofMillis(2));
			BreakerFixture.succeed(breaker, 3);
			assertState(BreakerState.CLOSED);
		}

		@Test
		void whenProbeEndsNeutrallyThenAnotherTakesItsPlace() {
			fixture.recovering(breaker);
			for (int i = 0; i < 10; i++) {
				breaker.ignored(breaker.enter());
			}
			assertState(BreakerState.HALF_OPEN);
			BreakerFixture.succeed(breaker, 3);
			assertState(BreakerState.CLOSED);
		}

		@Test
		void whenCallEnteredWhileClosedThenItIsNoProbe() {
			Pass[] early = { breaker.enter(), breaker.enter(), breaker.enter(), breaker.enter() };
			fixture.recovering(breaker);
			Pass probe = breaker.enter();
			breaker.succeeded(early[0]);
			breaker.succeeded(early[1]);
			breaker.failed(early[2], BreakerFixture.failure());
			breaker.ignored(early[3]);
			assertState(BreakerState.HALF_OPEN);
			breaker.enter();
			breaker.enter();
			assertRefused();
			breaker.failed(probe, BreakerFixture.failure());
			assertState(BreakerState.OPEN);
		}

		@Test
		void whenProbeOfEarlierRoundReportsThenItDoesNotCount() {
			fixture.recovering(breaker);
			Pass straggler = breaker.enter();
			Pass neutral = breaker.enter();
			BreakerFixture.fail(breaker, 1);
			fixture.advance(BreakerFixture.RECOVERED);
			BreakerFixture.succeed(breaker, 2);
			breaker.succeeded(straggler);
			breaker.failed(straggler, BreakerFixture.failure());
			breaker.ignored(neutral);
			assertState(BreakerState.HALF_OPEN);
			Pass last = breaker.enter();
			assertRefused();
			breaker.succeeded(last);
			assertState(BreakerState.CLOSED);
		}

		@Test
		void whenSecondProbeFailsTooThenRecoveryTimeoutDoesNotStartAnew() {
			fixture.recovering(breaker);
			Pass first = breaker.enter();
			Pass second = breaker.enter();
			breaker.failed(first, BreakerFixture.failure());
			fixture.advance(Duration.ofSeconds(20));
			breaker.failed(second, BreakerFixture.failure());
			assertThat(breaker.status().remainingMillis()).isEqualTo(10_000);
			assertThat(breaker.status().openedCount()).isEqualTo(2);
		}

		@Test
		void whenProbesNeverReportThenOpensAgainInsteadOfRefusingForGood() {
			fixture.recovering(breaker);
			for (int i = 0; i < 3; i++) {
				breaker.enter();
			}
			fixture.advance(Duration.ofMillis(29_999));
			assertRefused();
			assertState(BreakerState.HALF_OPEN);
			fixture.advance(Duration.ofMillis(1));
			assertRefused();
			assertState(BreakerState.OPEN);
			fixture.advance(BreakerFixture.RECOVERED);
			BreakerFixture.succeed(breaker, 3);
			assertState(BreakerState.CLOSED);
		}

		@Test
		void whenNobodyCallsForLongThenProbesAreStillLetThrough() {
			fixture.recovering(breaker);
			BreakerFixture.succeed(breaker, 1);
			fixture.advance(Duration.ofHours(6));
			BreakerFixture.succeed(breaker, 2);
			assertState(BreakerState.CLOSED);
		}

	}

	@Nested
	class Reset {

		@Test
		void whenResetThenClosesAndForgets() {
			Pass before = breaker.enter();
			BreakerFixture.open(breaker);
			breaker.reset();
			assertState(BreakerState.CLOSED);
			BreakerFixture.fail(breaker, 4);
			breaker.failed(before, BreakerFixture.failure());
			assertState(BreakerState.CLOSED);
		}

		@Test
		void whenResetWhileClosedThenForgets() {
			Pass before = breaker.enter();
			BreakerFixture.fail(breaker, 4);
			breaker.reset();
			breaker.failed(before, BreakerFixture.failure());
			assertThat(breaker.status().failures()).isZero();
		}

		@Test
		void whenListenerThrowsThenNothingElseSuffers() {
			fixture.registry.addListener((changed, from, to) -> {
				throw new IllegalStateException("listener");
			});
			fixture.registry.addListener((changed, from, to) -> fixture.changes.add("after"));
			BreakerFixture.open(breaker);
			assertThat(fixture.changes).containsExactly("main:CLOSED>OPEN", "after");
		}

		@Test
		void whenListenerChangesBreakerThenListenersHearInOrder() {
			fixture.registry.addListener((changed, from, to) -> {
				if (to == BreakerState.OPEN) {
					changed.reset();
				}
			});
			BreakerFixture.open(breaker);
			assertThat(fixture.changes).containsExactly("main:CLOSED>OPEN", "main:OPEN>CLOSED");
		}

	}

}
