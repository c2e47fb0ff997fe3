package io.dbop.circuit;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

class DaemonProbeThreadsTests {

	@Test
	void whenOpenThenChecksOnDaemonThreadOfItsOwnUntilDatabaseAnswers() throws Exception {
		BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
		CountDownLatch up = new CountDownLatch(1);
		try (BreakerRegistry registry = BreakerRegistry.create()) {
			registry.define("main", BreakerSettings.defaults(), () -> {
				threads.add(Thread.currentThread());
				if (up.getCount() > 0) {
					throw new SQLException("down");
				}
			});
			Breaker breaker = BreakerFixture.open(registry.breaker("main"));
			Thread first = threads.poll(10, TimeUnit.SECONDS);
			Thread second = threads.poll(10, TimeUnit.SECONDS);
			assertThat(first).isNotNull();
			assertThat(first.isDaemon()).isTrue();
			assertThat(first.getName()).isEqualTo("dbop-probe-main");
			assertThat(second).isNotNull().isNotSameAs(first);
			up.countDown();
			await().untilAsserted(() -> assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN));
		}
	}

	@Test
	void whenClosedThenLaterTasksAreDroppedQuietly() {
		DaemonProbeThreads threads = new DaemonProbeThreads();
		threads.close();
		assertThatNoException().isThrownBy(() -> threads.later(Duration.ZERO, () -> {
		}));
	}

}
