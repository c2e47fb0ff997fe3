package io.dbop.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.dbop.pool.Gate.Admission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Gate}.
 */
@Tag("optimized")
class GateTests {

	private static final long LONG = TimeUnit.SECONDS.toNanos(30);

	private final AtomicInteger width = new AtomicInteger(1);

	private final Seats<Holding> holders = new Seats<>();

	private final Gate gate = new Gate(this.width::get, this.holders);

	private final List<Thread> threads = new ArrayList<>();

	@AfterEach
	void noThreadIsLeft() throws InterruptedException {
		for (Thread thread : this.threads) {
			thread.join(Duration.ofSeconds(10).toMillis());
			assertThat(thread.isAlive()).isFalse();
		}
	}

	@Test
	void whenCallersQueueThenTheyAreServedInOrder() throws Exception {
		assertThat(this.gate.tryEnter()).isTrue();
		ConcurrentLinkedQueue<Integer> served = new ConcurrentLinkedQueue<>();
		for (int i = 0; i < 50; i++) {
			int number = i;
			start(() -> {
				enter();
				served.add(number);
				this.gate.leave();
			});
			await().pollInterval(Duration.ofMillis(1)).until(() -> this.gate.waiting() == number + 1);
		}
		assertThat(this.gate.tryEnter()).as("nobody overtakes the queue").isFalse();
		this.gate.leave();
		await().until(() -> served.size() == 50);
		assertThat(List.copyOf(served)).isSorted();
	}

	@Test
	void whenManyCallersComeAgainAndAgainThenNobodyStarves() throws Exception {
		this.width.set(5);
		int callers = 300;
		AtomicInteger[] served = new AtomicInteger[callers];
		AtomicInteger most = new AtomicInteger();
		AtomicInteger inside = new AtomicInteger();
		CountDownLatch go = new CountDownLatch(1);
		long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
		for (int i = 0; i < callers; i++) {
			AtomicInteger mine = new AtomicInteger();
			served[i] = mine;
			start(() -> {
				go.await();
				while (System.nanoTime() < end) {
					enter();
					most.accumulateAndGet(inside.incrementAndGet(), Math::max);
					mine.incrementAndGet();
					LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
					inside.decrementAndGet();
					this.gate.leave();
				}
			});
		}
		go.countDown();
		noThreadIsLeft();
		int total = 0;
		int least = Integer.MAX_VALUE;
		for (AtomicInteger count : served) {
			total += count.get();
			least = Math.min(least, count.get());
		}
		assertThat(most).hasValueLessThanOrEqualTo(5);
		assertThat(least).as("served least, of %d on average", total / callers).isGreaterThan(total / callers / 4);
		assertThat(this.gate.waiting()).isZero();
	}

	@Test
	void whenAHolderWantsMoreThenItGoesToTheFront() throws Exception {
		this.width.set(2);
		ConcurrentLinkedQueue<String> served = new ConcurrentLinkedQueue<>();
		CountDownLatch want = new CountDownLatch(1);
		assertThat(this.gate.tryEnter()).isTrue();
		start(() -> {
			enter();
			TestHolding holding = new TestHolding();
			this.holders.add(holding);
			want.await();
			enter();
			served.add("nested");
			this.gate.leave();
			holding.unseat();
			this.gate.leave();
		});
		await().until(() -> this.holders.count() == 1);
		start(() -> {
			enter();
			served.add("ordinary");
			this.gate.leave();
		});
		await().until(() -> this.gate.waiting() == 1);
		want.countDown();
		await().until(() -> this.gate.waiting() == 2);
		this.gate.leave();
		await().until(() -> served.size() == 2);
		assertThat(served).containsExactly("nested", "ordinary");
	}

	@Test
	void whenTheLastWhoMightHaveGoneOnLeavesThenTheOthersFailAtOnce() throws Exception {
		this.width.set(2);
		ConcurrentLinkedQueue<Admission> admissions = new ConcurrentLinkedQueue<>();
		CountDownLatch both = new CountDownLatch(2);
		this.gate.enterUnasked();
		this.width.set(3);
		for (int i = 0; i < 2; i++) {
			start(() -> {
				enter();
				TestHolding holding = new TestHolding();
				this.holders.add(holding);
				both.countDown();
				both.await();
				this.width.set(2);
				admissions.add(this.gate.enter(LONG));
				holding.unseat();
				this.gate.leave();
			});
		}
		await().until(() -> this.gate.waiting() == 2);
		assertThat(admissions).isEmpty();
		this.gate.leave();
		await().atMost(Duration.ofSeconds(5)).until(() -> admissions.size() == 2);
		assertThat(admissions).containsOnly(Admission.DEADLOCKED);
	}

	@Test
	void whenEveryHolderWaitsForAnotherThenTheyFailAtOnce() throws Exception {
		this.width.set(3);
		ConcurrentLinkedQueue<Admission> admissions = new ConcurrentLinkedQueue<>();
		CountDownLatch all = new CountDownLatch(3);
		for (int i = 0; i < 3; i++) {
			start(() -> {
				enter();
				TestHolding holding = new TestHolding();
				this.holders.add(holding);
				all.countDown();
				all.await();
				admissions.add(this.gate.enter(LONG));
				holding.unseat();
				this.gate.leave();
			});
		}
		await().atMost(Duration.ofSeconds(2)).until(() -> admissions.size() == 3);
		assertThat(admissions).containsOnly(Admission.DEADLOCKED);
		assertThat(this.gate.waiting()).isZero();
		assertThat(this.gate.tryEnter()).isTrue();
	}

	@Test
	void whenOneHolderMayGoOnThenNobodyIsFailed() throws Exception {
		this.width.set(2);
		assertThat(this.gate.tryEnter()).isTrue();
		TestHolding busy = new TestHolding();
		this.holders.add(busy);
		ConcurrentLinkedQueue<Admission> admissions = new ConcurrentLinkedQueue<>();
		start(() -> {
			enter();
			TestHolding holding = new TestHolding();
			this.holders.add(holding);
			admissions.add(this.gate.enter(LONG));
			this.gate.leave();
			holding.unseat();
			this.gate.leave();
		});
		await().until(() -> this.gate.waiting() == 1);
		busy.unseat();
		this.gate.leave();
		await().until(() -> !admissions.isEmpty());
		assertThat(admissions).containsExactly(Admission.ADMITTED);
	}

	@Test
	void whenTimeIsUpThenTheCallerLeavesTheQueue() throws Exception {
		assertThat(this.gate.tryEnter()).isTrue();
		assertThat(this.gate.enter(TimeUnit.MILLISECONDS.toNanos(50))).isEqualTo(Admission.TIMED_OUT);
		assertThat(this.gate.waiting()).isZero();
		this.gate.leave();
		assertThat(this.gate.tryEnter()).isTrue();
	}

	@Test
	void whenInterruptedThenTheCallerLeavesTheQueue() throws Exception {
		assertThat(this.gate.tryEnter()).isTrue();
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> this.gate.enter(LONG));
		assertThat(this.gate.waiting()).isZero();
	}

	@Test
	void whenThePoolIsWidenedThenWaitersGetIn() throws Exception {
		assertThat(this.gate.tryEnter()).isTrue();
		CountDownLatch served = new CountDownLatch(1);
		start(() -> {
			enter();
			served.countDown();
		});
		await().until(() -> this.gate.waiting() == 1);
		this.width.set(2);
		assertThat(served.await(5, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void whenClosedThenWaitersAndNewcomersAreSentAway() throws Exception {
		assertThat(this.gate.tryEnter()).isTrue();
		ConcurrentLinkedQueue<Admission> admissions = new ConcurrentLinkedQueue<>();
		start(() -> admissions.add(this.gate.enter(LONG)));
		await().until(() -> this.gate.waiting() == 1);
		this.gate.close((thread) -> false);
		await().until(() -> !admissions.isEmpty());
		assertThat(admissions).containsExactly(Admission.CLOSED);
		assertThat(this.gate.tryEnter()).isFalse();
		assertThat(this.gate.enter(LONG)).isEqualTo(Admission.CLOSED);
	}

	private void enter() throws InterruptedException {
		if (!this.gate.tryEnter()) {
			assertThat(this.gate.enter(LONG)).isEqualTo(Admission.ADMITTED);
		}
	}

	private void start(Action action) {
		Thread thread = new Thread(() -> {
			try {
				action.run();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		thread.setDaemon(true);
		this.threads.add(thread);
		thread.start();
	}

	private interface Action {

		void run() throws InterruptedException;

	}

	private static final class TestHolding extends Holding {

		TestHolding() {
			super(null, System.nanoTime());
		}

		@Override
		boolean goneBeneath() {
			return false;
		}

		@Override
		void abandon() {
		}

	}

}
