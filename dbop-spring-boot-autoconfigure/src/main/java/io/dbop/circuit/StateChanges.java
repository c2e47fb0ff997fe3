package io.dbop.circuit;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/**
 * Carries changes of state from within a circuit's lock, where they are noted, to its
 * listener outside of it: each once, in order, by one thread at a time.
 */
final class StateChanges {

	private final Queue<Change> pending = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean delivering = new AtomicBoolean();

	private final BiConsumer<BreakerState, BreakerState> listener;

	StateChanges(BiConsumer<BreakerState, BreakerState> listener) {
		this.listener = listener;
	}

	void note(BreakerState from, BreakerState to) {
		this.pending.add(new Change(from, to));
	}

	/**
	 * Delivers what is pending, unless a thread (perhaps this one, in a listener) is at
	 * it: that one then delivers the rest as well.
	 */
	void deliver() {
		while (!this.pending.isEmpty() && this.delivering.compareAndSet(false, true)) {
			try {
				deliverPending();
			}
			finally {
				this.delivering.set(false);
			}
		}
	}

	private void deliverPending() {
		Change change = this.pending.poll();
		while (change != null) {
			this.listener.accept(change.from(), change.to());
			change = this.pending.poll();
		}
	}

	private record Change(BreakerState from, BreakerState to) {
	}

}
