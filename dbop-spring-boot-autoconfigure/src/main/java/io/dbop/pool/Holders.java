package io.dbop.pool;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The holdings of a pool that are in use: a list of segments that never moves, so that
 * taking and leaving a seat needs neither a lock nor an allocation.
 */
final class Holders {

	private static final int SEATS = 64;

	private final Segment first = new Segment();

	void add(Holding holding) {
		int start = (int) holding.owner().getId();
		Segment segment = this.first;
		while (!segment.seat(holding, start)) {
			segment = segment.next();
		}
	}

	void forEach(Consumer<Holding> action) {
		for (Segment segment = this.first; segment != null; segment = segment.next) {
			for (int seat = 0; seat < SEATS; seat++) {
				Holding holding = segment.get(seat);
				if (holding != null) {
					action.accept(holding);
				}
			}
		}
	}

	int count() {
		int[] count = new int[1];
		forEach((holding) -> count[0]++);
		return count[0];
	}

	boolean contains(Thread owner) {
		boolean[] found = new boolean[1];
		forEach((holding) -> found[0] |= holding.owner() == owner);
		return found[0];
	}

	/**
	 * Some of the seats.
	 */
	static final class Segment extends AtomicReferenceArray<@Nullable Holding> {

		private volatile @Nullable Segment next;

		Segment() {
			super(SEATS);
		}

		private boolean seat(Holding holding, int start) {
			for (int i = 0; i < SEATS; i++) {
				int seat = (start + i) & (SEATS - 1);
				if (get(seat) == null && compareAndSet(seat, null, holding)) {
					holding.seated(this, seat);
					return true;
				}
			}
			return false;
		}

		private Segment next() {
			Segment following = this.next;
			if (following == null) {
				synchronized (this) {
					following = this.next;
					if (following == null) {
						following = new Segment();
						this.next = following;
					}
				}
			}
			return following;
		}

	}

}
