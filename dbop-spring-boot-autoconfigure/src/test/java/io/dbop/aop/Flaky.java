package io.dbop.aop;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.dao.CannotAcquireLockException;

/**
 * Fails as a deadlock does, as often as it is told to, and counts how often it is tried.
 */
final class Flaky {

	private final AtomicInteger attempts = new AtomicInteger();

	private volatile int failures;

	void fail(int times) {
		this.failures = times;
		this.attempts.set(0);
	}

	int attempt() {
		int attempt = this.attempts.incrementAndGet();
		if (attempt <= this.failures) {
			throw new CannotAcquireLockException("deadlock", new SQLException("deadlock", "40001", 40001));
		}
		return attempt;
	}

	int attempts() {
		return this.attempts.get();
	}

}
