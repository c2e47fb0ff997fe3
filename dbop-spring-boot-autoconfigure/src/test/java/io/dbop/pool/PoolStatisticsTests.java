package io.dbop.pool;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PoolStatistics}.
 */
class PoolStatisticsTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final AtomicLong now = new AtomicLong(-1_000_000_000_000L);

	private final PoolStatistics statistics = new PoolStatistics(this.now::get);

	@Test
	void whenTimePassesThenTheWindowsSlide() {
		this.statistics.acquired(this.now.get(), 10);
		this.statistics.timedOut(this.now.get(), 30);
		assertThat(this.statistics.last(MINUTE)).isEqualTo(new AcquisitionWindow(MINUTE, 1, 1));
		assertThat(this.statistics.last(MINUTE).timeoutRate()).isEqualTo(0.5);
		pass(Duration.ofSeconds(70));
		this.statistics.acquired(this.now.get(), 20);
		assertThat(this.statistics.last(MINUTE)).isEqualTo(new AcquisitionWindow(MINUTE, 1, 0));
		assertThat(this.statistics.last(Duration.ofMinutes(5)).acquisitions()).isEqualTo(2);
		pass(Duration.ofMinutes(14));
		assertThat(this.statistics.last(Duration.ofMinutes(15)).acquisitions()).isOne();
		pass(Duration.ofHours(5));
		assertThat(this.statistics.last(Duration.ofMinutes(15))).extracting(AcquisitionWindow::acquisitions)
			.isEqualTo(0L);
		assertThat(this.statistics.last(MINUTE).timeoutRate()).isZero();
		assertThat(this.statistics.acquired()).isEqualTo(2);
		assertThat(this.statistics.timeouts()).isOne();
		assertThat(this.statistics.totalWaitNanos()).isEqualTo(60);
		assertThat(this.statistics.maxWaitNanos()).isEqualTo(30);
	}

	@Test
	void whenManyCountAtOnceThenNothingIsLost() throws InterruptedException {
		int threads = 8;
		CountDownLatch done = new CountDownLatch(threads);
		for (int i = 0; i < threads; i++) {
			new Thread(() -> {
				for (int n = 0; n < 10_000; n++) {
					this.statistics.acquired(this.now.get(), 1);
				}
				done.countDown();
			}).start();
		}
		done.await();
		assertThat(this.statistics.last(MINUTE).acquisitions()).isEqualTo(threads * 10_000L);
		assertThat(this.statistics.acquired()).isEqualTo(threads * 10_000L);
	}

	private void pass(Duration time) {
		this.now.addAndGet(time.toNanos());
	}

}
