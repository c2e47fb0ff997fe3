package io.dbop.replica;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * Where the primary was, and when. Thread-safe.
 */
final class Sightings {

	/** Replicas that are further behind than that get no reads anyway. */
	static final int MOST = 1000;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	/** The earliest first. */
	private final Deque<Sighting> sightings = new ArrayDeque<>();

	private boolean silent;

	/** Where the primary was at a moment, or later. */
	void add(long moment, String position) {
		this.lock.lock();
		try {
			this.silent = false;
			this.sightings.add(new Sighting(moment, position));
			if (this.sightings.size() > MOST) {
				this.sightings.remove();
			}
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** The primary did not answer when it was asked last. */
	void silence() {
		this.lock.lock();
		try {
			this.silent = true;
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean silent() {
		this.lock.lock();
		try {
			return this.silent;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** All of them, the earliest first. */
	List<Sighting> all() {
		this.lock.lock();
		try {
			return List.copyOf(this.sightings);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits for another one.
	 * @param seen the last one that is known, {@code null} if none is
	 * @param atMost how long to wait
	 */
	void await(@Nullable Sighting seen, Duration atMost) throws InterruptedException {
		long left = atMost.toNanos();
		this.lock.lock();
		try {
			while (left > 0 && this.sightings.peekLast() == seen) {
				left = this.changed.awaitNanos(left);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Where the primary was at a moment, or later.
	 *
	 * @param moment when it was asked, as of {@link System#nanoTime()}
	 * @param position what it said
	 */
	record Sighting(long moment, String position) {
	}

}
