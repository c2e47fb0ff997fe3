package io.dbop.circuit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("optimized")
class BreakerRaceTests {

	private static final int THREADS = 50;

	private final ExecutorService executor = Executors.newFixedThreadPool(THREADS);

	private final BreakerFixture fixture = new BreakerFixture();

	private final Breaker breaker = this.fixture.registry.breaker("main");

	@AfterEach
	void stop() {
		this.executor.shutdownNow();
	}

	/** Runs a task in all threads, released at once, and returns what they answer. */
	private <T> List<T> inAllThreads(Callable<T> task) throws Exception {
		CountDownLatch start = new CountDownLatch(1);
		List<Future<T>> futures = IntStream.range(0, THREADS).mapToObj((i) -> this.executor.submit(() -> {
			start.await();
			return task.call();
		})).toList();
		start.countDown();
		return futures.stream().map(BreakerRaceTests::get).toList();
	}

	private static <T> T get(Future<T> future) {
		try {
			return future.get(30, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@RepeatedTest(50)
	@DisplayName("P1 after 30 s exactly 3 probes under 50 threads")
	void whenManyThreadsEnterAfterRecoveryThenExactlyThreeAreProbes() throws Exception {
		this.fixture.recovering(this.breaker);
		CountDownLatch allEntered = new CountDownLatch(THREADS);
		List<Boolean> entered = inAllThreads(() -> {
			try {
				Pass pass = this.breaker.enter();
				allEntered.countDown();
				allEntered.await();
				this.breaker.succeeded(pass);
				return pass.isProbe();
			}
			catch (CircuitOpenException ex) {
				allEntered.countDown();
				return false;
			}
		});
		assertThat(entered).filteredOn(Boolean::booleanValue).hasSize(3);
		assertThat(this.breaker.status().refusedCalls()).isEqualTo(47);
		assertThat(this.breaker.state()).isEqualTo(BreakerState.CLOSED);
	}

	@RepeatedTest(20)
	void whenManyFailAtOnceThenOpensOnce() throws Exception {
		List<Pass> passes = IntStream.range(0, THREADS).mapToObj((i) -> this.breaker.enter()).toList();
		AtomicInteger next = new AtomicInteger();
		inAllThreads(() -> {
			this.breaker.failed(passes.get(next.getAndIncrement()), BreakerFixture.failure());
			return true;
		});
		assertThat(this.breaker.status().openedCount()).isOne();
		assertThat(this.breaker.state()).isEqualTo(BreakerState.OPEN);
		assertThat(this.fixture.changes).containsExactly("main:CLOSED>OPEN");
	}

	@Test
	void whenOutcomesOfAllKindsMeetChangesOfStateThenNeverMoreThanThreeProbesAtOnce() throws Exception {
		Map<Pass, AtomicInteger> probing = new ConcurrentHashMap<>();
		AtomicInteger mostProbing = new AtomicInteger();
		inAllThreads(() -> {
			for (int i = 0; i < 5_000; i++) {
				callAtRandom(probing, mostProbing);
			}
			return true;
		});
		assertThat(mostProbing).hasValueBetween(2, 3);
		assertThat(this.fixture.changes).contains("main:HALF_OPEN>CLOSED", "main:HALF_OPEN>OPEN");
		assertConnected();
	}

	/** Counts per pass, as probes of a round that is over may still be under way. */
	private void callAtRandom(Map<Pass, AtomicInteger> probing, AtomicInteger mostProbing) {
		try {
			Pass pass = this.breaker.enter();
			if (pass.isProbe()) {
				AtomicInteger ofRound = probing.computeIfAbsent(pass, (key) -> new AtomicInteger());
				mostProbing.accumulateAndGet(ofRound.incrementAndGet(), Math::max);
				Thread.yield();
				ofRound.decrementAndGet();
			}
			report(pass, ThreadLocalRandom.current().nextInt(20));
		}
		catch (CircuitOpenException ex) {
			this.fixture.advance(Duration.ofSeconds(1));
		}
	}

	private void report(Pass pass, int kind) {
		if (kind < 2) {
			this.breaker.failed(pass, BreakerFixture.failure());
		}
		else if (kind < 6) {
			this.breaker.ignored(pass);
		}
		else {
			this.breaker.succeeded(pass);
		}
	}

	/** Every change starts where the one before it ended. */
	private void assertConnected() {
		String state = "CLOSED";
		for (String change : this.fixture.changes) {
			String[] ends = change.substring("main:".length()).split(">");
			assertThat(ends[0]).isEqualTo(state);
			state = ends[1];
		}
		assertThat(this.breaker.state().name()).isEqualTo(state);
	}

	@Test
	void whenListenerRunsThenItHoldsNoLockOfTheBreaker() {
		this.fixture.registry.addListener((changed, from, to) -> get(this.executor.submit(() -> {
			changed.databaseAnswered();
			return changed.status();
		})));
		BreakerFixture.open(this.breaker);
		assertThat(this.fixture.changes).containsExactly("main:CLOSED>OPEN", "main:OPEN>HALF_OPEN");
	}

	@Test
	@DisplayName("P1 an open breaker refuses in less than 5 ms")
	void whenOpenThenRefusesQuickly() throws Exception {
		BreakerFixture.open(this.breaker);
		List<Long> nanos = inAllThreads(() -> {
			long start = System.nanoTime();
			for (int i = 0; i < 1_000; i++) {
				try {
					this.breaker.enter();
				}
				catch (CircuitOpenException ex) {
					// what is measured
				}
			}
			return (System.nanoTime() - start) / 1_000;
		});
		assertThat(nanos).allSatisfy((each) -> assertThat(each).isLessThan(TimeUnit.MILLISECONDS.toNanos(5)));
		assertThat(this.breaker.status().refusedCalls()).isEqualTo(50_000);
	}

}
