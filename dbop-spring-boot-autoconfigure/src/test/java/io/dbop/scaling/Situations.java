package io.dbop.scaling;

import java.time.Duration;
import java.util.List;

import io.dbop.circuit.BreakerStatus;
import io.dbop.pool.Holder;
import io.dbop.pool.PoolCounts;
import io.dbop.pool.PoolStatus;

/** Situations of a database with a pool of ten, for rules to look at. */
final class Situations {

	private static final PoolStatus FULL = new PoolStatus(0, 10, 0, 10, 10, 10, false);

	private static final PoolStatus EMPTY = new PoolStatus(0, 0, 0, 0, 10, 10, false);

	private Situations() {
	}

	/**
	 * Of a pool that has its connections.
	 */
	static Situation of(long acquired, long timeouts) {
		return of(FULL, acquired, timeouts, 0, List.of(), List.of());
	}

	/**
	 * Of a pool that has none.
	 */
	static Situation disconnected(long acquired, long timeouts, long errors) {
		return of(EMPTY, acquired, timeouts, errors, List.of(), List.of());
	}

	static Situation of(long acquired, List<Holder> leaks, List<BreakerStatus> breakers) {
		return of(FULL, acquired, 0, 0, leaks, breakers);
	}

	private static Situation of(PoolStatus status, long acquired, long timeouts, long errors, List<Holder> leaks,
			List<BreakerStatus> breakers) {
		Window window = new Window(Duration.ofMinutes(1).toNanos(),
				new PoolCounts(acquired, acquired, timeouts, errors, 0, 0, 0, acquired, 0, 0, 0, 0), CallCounts.NONE);
		Capacity capacity = Capacity.of(window.arrivalsPerSecond(), window.averageHeld(), status.max(), null);
		return new Situation("main", status, Duration.ofSeconds(2), window, window, window, capacity, leaks, leaks,
				List.of(), List.of(), breakers, List.of());
	}

}
