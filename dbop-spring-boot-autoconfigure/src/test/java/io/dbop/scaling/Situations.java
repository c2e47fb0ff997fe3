package io.dbop.scaling;

import java.time.Duration;
import java.util.List;

import io.dbop.circuit.BreakerStatus;
import io.dbop.pool.Holder;
import io.dbop.pool.PoolCounts;
import io.dbop.pool.PoolStatus;
import org.jspecify.annotations.Nullable;

/** Situations of a database with a pool of ten, for rules to look at. */
final class Situations {

	private static final PoolStatus FULL = new PoolStatus(0, 10, 0, 10, 10, 10, false);

	private static final PoolStatus EMPTY = new PoolStatus(0, 0, 0, 0, 10, 10, false);

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final Duration HELD = Duration.ofMillis(100);

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

	/**
	 * Of a load that needs twice the connections there are: 200 callers a second, each
	 * for 100 ms. A tenth gets none in time.
	 * @param reads the share of the time in which connections are held to read
	 * @param saves the share of callers that save a single entity
	 * @param inUse how many of the 100 connections of the server are in use
	 */
	static Situation crowded(double reads, double saves, int inUse) {
		long held = 10_800 * HELD.toNanos();
		Window window = new Window(MINUTE.toNanos(),
				new PoolCounts(10_800, 10_800, 1200, 0, 0, 0, 0, held, Math.round(held * reads), 0, 0, 0, 0),
				new CallCounts(0, 0, 0, Math.round(12_000 * saves)), held, 0);
		return of(FULL, window, new ServerConnections("server", 100, inUse, Duration.ZERO), List.of(), List.of());
	}

	/** Of callers who wait for so long and get a connection. */
	static Situation waiting(Duration each) {
		long callers = 6000;
		long held = callers * HELD.toNanos();
		Window window = new Window(MINUTE.toNanos(),
				new PoolCounts(callers, callers, 0, 0, 0, 0, callers * each.toNanos(), held, 0, 0, 0, 0, 0),
				CallCounts.NONE, held, 0);
		return of(FULL, window, null, List.of(), List.of());
	}

	/** The same, of a database that can have no replicas. */
	static Situation crowdedAlone() {
		Situation other = crowded(1, 0, 10);
		return new Situation("main", false, false, other.status(), other.acquisitionTimeout(), other.lastMinute(),
				other.lastFiveMinutes(), other.lastQuarter(), other.capacity(), List.of(), List.of(), List.of(),
				List.of(), List.of(), List.of());
	}

	/** The same, of a replica. */
	static Situation crowdedReplica() {
		Situation primary = crowded(1, 0, 10);
		return new Situation("main-replica-1", true, false, primary.status(), primary.acquisitionTimeout(),
				primary.lastMinute(), primary.lastFiveMinutes(), primary.lastQuarter(), primary.capacity(), List.of(),
				List.of(), List.of(), List.of(), List.of(), List.of());
	}

	/** Of a server that refuses connections. */
	static Situation refused(double reads) {
		long held = 100 * HELD.toNanos();
		Window window = new Window(MINUTE.toNanos(),
				new PoolCounts(100, 100, 10, 0, 10, 0, 0, held, Math.round(held * reads), 0, 0, 0, 0), CallCounts.NONE,
				held, 0);
		return of(EMPTY, window, null, List.of(), List.of());
	}

	private static Situation of(PoolStatus status, long acquired, long timeouts, long errors, List<Holder> leaks,
			List<BreakerStatus> breakers) {
		return of(status,
				new Window(MINUTE.toNanos(),
						new PoolCounts(acquired, acquired, timeouts, errors, 0, 0, 0, acquired, 0, 0, 0, 0, 0),
						CallCounts.NONE, acquired, 0),
				null, leaks, breakers);
	}

	private static Situation of(PoolStatus status, Window window, @Nullable ServerConnections server,
			List<Holder> leaks, List<BreakerStatus> breakers) {
		Capacity capacity = Capacity.of(window.arrivalsPerSecond(), window.averageInUse(), window.timeoutsPerSecond(),
				window.averageHeld(), status.max(), server);
		return new Situation("main", false, true, status, Duration.ofSeconds(2), window, window, window, capacity,
				leaks, leaks, List.of(), List.of(), breakers, List.of());
	}

}
