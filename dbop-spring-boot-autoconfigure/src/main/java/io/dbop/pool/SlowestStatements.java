package io.dbop.pool;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Remembers the statements that took long in the last quarter of an hour, by their text:
 * so many, and where there are more those that took the longest. Thread-safe.
 */
final class SlowestStatements {

	private static final int CAPACITY = 50;

	private static final long MEMORY_NANOS = TimeUnit.MINUTES.toNanos(15);

	private final Map<String, Entry> entries = new HashMap<>();

	synchronized void add(String text, long now, long taken) {
		Entry entry = this.entries.get(text);
		if (entry == null) {
			makeRoom(now);
			entry = new Entry();
			this.entries.put(text, entry);
		}
		entry.add(now, taken);
	}

	private void makeRoom(long now) {
		if (this.entries.size() < CAPACITY) {
			return;
		}
		forget(now);
		if (this.entries.size() == CAPACITY) {
			this.entries.entrySet()
				.stream()
				.min(Comparator.comparing((each) -> each.getValue().max))
				.ifPresent((least) -> this.entries.remove(least.getKey()));
		}
	}

	private void forget(long now) {
		this.entries.values().removeIf((entry) -> now - entry.last >= MEMORY_NANOS);
	}

	synchronized List<SlowStatement> list(long now) {
		forget(now);
		return this.entries.entrySet()
			.stream()
			.map((each) -> each.getValue().told(each.getKey(), now))
			.sorted(Comparator.comparing(SlowStatement::max).reversed())
			.toList();
	}

	/** How often a statement took how long. */
	private static final class Entry {

		private long count;

		private long total;

		private long max;

		private long last;

		void add(long now, long taken) {
			this.count++;
			this.total += taken;
			this.max = Math.max(this.max, taken);
			this.last = now;
		}

		SlowStatement told(String text, long now) {
			return new SlowStatement(text, this.count, Duration.ofNanos(this.total), Duration.ofNanos(this.max),
					Duration.ofNanos(Math.max(0, now - this.last)));
		}

	}

}
