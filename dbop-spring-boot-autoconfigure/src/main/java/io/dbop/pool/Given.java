package io.dbop.pool;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/** Refuses arguments that cannot be meant. */
final class Given {

	private Given() {
	}

	static <T> T present(String name, @Nullable T value) {
		return Objects.requireNonNull(value, () -> "'%s' is null: a value is expected".formatted(name));
	}

	static void positive(String name, Duration duration) {
		require(present(name, duration).compareTo(Duration.ZERO) > 0, name, duration, "must be more than nothing");
	}

	static void notNegative(String name, Duration duration) {
		require(!present(name, duration).isNegative(), name, duration, "must not be negative");
	}

	private static void require(boolean fine, String name, Duration duration, String allowed) {
		if (!fine) {
			throw new IllegalArgumentException("'%s' is %s: it %s".formatted(name, duration, allowed));
		}
	}

}
