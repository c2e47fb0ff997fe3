package io.dbop.sample.load;

import java.time.Duration;

import io.dbop.execution.AttemptContext;
import io.dbop.execution.PreAttemptHook;

import org.springframework.stereotype.Component;

/**
 * Makes the transactions of chosen threads slow, as a slow statement or a busy server
 * would, so that connections become scarce. dbop calls it before every attempt, when the
 * transaction has begun.
 */
@Component
class SlowTransactions implements PreAttemptHook {

	private final ThreadLocal<Duration> hold = ThreadLocal.withInitial(() -> Duration.ZERO);

	void onThisThread(Duration hold) {
		this.hold.set(hold);
	}

	@Override
	public boolean needsTransaction() {
		return false;
	}

	@Override
	public void beforeAttempt(AttemptContext context) throws InterruptedException {
		Duration hold = this.hold.get();
		if (!hold.isZero()) {
			Thread.sleep(hold.toMillis());
		}
	}

}
