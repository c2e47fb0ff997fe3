package io.dbop.pool;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PoolStatistics} and what it counts with.
 */
class PoolStatisticsTests {

	private static final long MINUTE = Duration.ofMinutes(1).toNanos();

	private final PoolStatistics statistics = new PoolStatistics();

	@Test
	void whenCallersMeetWithSomethingThenItIsCounted() {
		this.statistics.acquired(System.nanoTime(), 10);
		this.statistics.timedOut(System.nanoTime(), 30);
		this.statistics.failed(System.nanoTime(), 5);
		this.statistics.countRefusal();
		this.statistics.countNestedFailure();
		this.statistics.released(70, Use.WRITES);
		this.statistics.released(30, Use.READS);
		this.statistics.released(1, Use.NOTHING);
		this.statistics.executed(40);
		this.statistics.slow(40);
		assertThat(this.statistics.counts()).isEqualTo(new PoolCounts(1, 3, 1, 1, 1, 1, 45, 101, 30, 1, 40, 1, 40));
		assertThat(this.statistics.maxWaitNanos()).isEqualTo(30);
	}

	@Test
	void whenCountsAreComparedThenTheDifferenceIsWhatHappenedBetween() {
		this.statistics.acquired(System.nanoTime(), 10);
		PoolCounts before = this.statistics.counts();
		this.statistics.acquired(System.nanoTime(), 20);
		this.statistics.released(5, Use.READS);
		assertThat(this.statistics.counts().since(before))
			.isEqualTo(new PoolCounts(1, 1, 0, 0, 0, 0, 20, 5, 5, 0, 0, 0, 0));
	}

	@Test
	void whenManyCountAtOnceThenNothingIsLost() throws InterruptedException {
		int threads = 8;
		CountDownLatch done = new CountDownLatch(threads);
		for (int i = 0; i < threads; i++) {
			int wait = i;
			new Thread(() -> {
				for (int n = 0; n < 10_000; n++) {
					this.statistics.acquired(System.nanoTime(), wait);
				}
				done.countDown();
			}).start();
		}
		done.await();
		assertThat(this.statistics.acquired()).isEqualTo(threads * 10_000L);
		assertThat(this.statistics.maxWaitNanos()).isEqualTo(threads - 1);
	}

	@Test
	void whenTwoMinutesHavePassedThenTheMaximumIsForgotten() {
		RecentMax max = new RecentMax();
		long start = System.nanoTime();
		max.add(start, 7);
		max.add(start, 3);
		assertThat(max.get(start)).isEqualTo(7);
		max.add(start + MINUTE + 1, 4);
		assertThat(max.get(start + MINUTE + 1)).isEqualTo(7);
		assertThat(max.get(start + 2 * MINUTE + 1)).isEqualTo(4);
		assertThat(max.get(start + 4 * MINUTE)).isZero();
	}

}
