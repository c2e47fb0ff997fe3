package io.dbop.entity;

import java.time.Duration;

import org.springframework.util.Assert;

/** What may be given as a time. */
final class EntityTimeouts {

	private EntityTimeouts() {
	}

	static Duration positive(Duration timeout) {
		Assert.notNull(timeout, "The timeout must not be null");
		Assert.isTrue(!timeout.isNegative() && !timeout.isZero(), "The timeout must be positive");
		return timeout;
	}

}
