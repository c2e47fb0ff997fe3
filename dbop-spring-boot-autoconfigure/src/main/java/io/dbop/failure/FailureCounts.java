package io.dbop.failure;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often something failed, by the kind of failure, since the start. Live: it changes
 * while it is read. Thread-safe and free of locks.
 */
public final class FailureCounts {

	private final Map<FailureKind, LongAdder> counts = new EnumMap<>(FailureKind.class);

	/**
	 * Nothing has failed so far.
	 */
	public FailureCounts() {
		for (FailureKind kind : FailureKind.values()) {
			this.counts.put(kind, new LongAdder());
		}
	}

	/**
	 * Counts a failure.
	 * @param kind its kind
	 */
	public void add(FailureKind kind) {
		counter(kind).increment();
	}

	/**
	 * How many failures of a kind there were.
	 * @param kind the kind
	 * @return the number
	 */
	public long count(FailureKind kind) {
		return counter(kind).sum();
	}

	private LongAdder counter(FailureKind kind) {
		return Objects.requireNonNull(this.counts.get(kind));
	}

}
