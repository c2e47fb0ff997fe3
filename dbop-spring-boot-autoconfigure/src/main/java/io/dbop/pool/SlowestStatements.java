package io.dbop.pool;

import java.time.Duration;
import java.util.ArrayDeque;
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

	private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

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
				.min(Comparator.comparing((each) -> each.getValue().max()))
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

	/** How often a statement took how long, minute by minute. */
	private static final class Entry {

		private final ArrayDeque<Minute> minutes = new ArrayDeque<>();

		private long last;

		void add(long now, long taken) {
			Minute minute = this.minutes.peekLast();
			if (minute == null || now - minute.begun >= MINUTE_NANOS) {
				forget(now);
				minute = new Minute(now);
				this.minutes.addLast(minute);
			}
			minute.count++;
			minute.total += taken;
			minute.max = Math.max(minute.max, taken);
			this.last = now;
		}

		/** The latest one stays: without it the entry would have gone. */
		private void forget(long now) {
			while (this.minutes.size() > 1 && now - this.minutes.getFirst().begun >= MEMORY_NANOS) {
				this.minutes.removeFirst();
			}
		}

		long max() {
			return this.minutes.stream().mapToLong((each) -> each.max).max().orElse(0);
		}

		SlowStatement told(String text, long now) {
			forget(now);
			long count = this.minutes.stream().mapToLong((each) -> each.count).sum();
			long total = this.minutes.stream().mapToLong((each) -> each.total).sum();
			return new SlowStatement(text, count, Duration.ofNanos(total), Duration.ofNanos(max()),
					Duration.ofNanos(Math.max(0, now - this.last)));
		}

	}

	/** What happened within a minute. */
	private static final class Minute {

		private final long begun;

		private long count;

		private long total;

		private long max;

		Minute(long begun) {
			this.begun = begun;
		}

	}

}
