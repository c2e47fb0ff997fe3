package io.dbop.pool;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A set of things that come and go all the time: a list of segments that never moves, so
 * that taking and leaving a seat needs neither a lock nor an allocation.
 *
 * @param <T> the kind of things
 */
final class Seats<T extends Seats.Seated> {

	private static final int SEATS = 64;

	private final Segment first = new Segment();

	void add(T guest) {
		int start = (int) Thread.currentThread().getId();
		Segment segment = this.first;
		while (!segment.seat(guest, start)) {
			segment = segment.next();
		}
	}

	@SuppressWarnings("unchecked")
	void forEach(Consumer<? super T> action) {
		for (Segment segment = this.first; segment != null; segment = segment.next) {
			for (int seat = 0; seat < SEATS; seat++) {
				Seated guest = segment.get(seat);
				if (guest != null) {
					action.accept((T) guest);
				}
			}
		}
	}

	int count() {
		int[] count = new int[1];
		forEach((guest) -> count[0]++);
		return count[0];
	}

	/**
	 * What takes a seat.
	 */
	abstract static class Seated {

		private static final AtomicReferenceFieldUpdater<Seated, @Nullable Segment> SEGMENT = AtomicReferenceFieldUpdater
			.newUpdater(Seated.class, Segment.class, "segment");

		private volatile @Nullable Segment segment;

		private int seat;

		private void seated(Segment where, int number) {
			this.seat = number;
			SEGMENT.lazySet(this, where);
		}

		/**
		 * Gives up the seat.
		 * @return whether it had not been given up before
		 */
		final boolean unseat() {
			Segment where = this.segment;
			if (where == null || !SEGMENT.compareAndSet(this, where, null)) {
				return false;
			}
			where.lazySet(this.seat, null);
			return true;
		}

	}

	/**
	 * Some of the seats.
	 */
	private static final class Segment extends AtomicReferenceArray<@Nullable Seated> {

		private volatile @Nullable Segment next;

		Segment() {
			super(SEATS);
		}

		private boolean seat(Seated guest, int start) {
			for (int i = 0; i < SEATS; i++) {
				int seat = (start + i) & (SEATS - 1);
				if (get(seat) == null && compareAndSet(seat, null, guest)) {
					guest.seated(this, seat);
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
