package io.dbop.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Who holds the connections of a pool now, and what runs on them. Each look finds
 * everything as it is then. Thread-safe.
 */
public final class PoolActivity {

	private final ConnectionPool pool;

	private final Seats<Holding> holders;

	private final Gate gate;

	private final LeakWatch leaks;

	PoolActivity(ConnectionPool pool, Seats<Holding> holders, Gate gate, LeakWatch leaks) {
		this.pool = pool;
		this.holders = holders;
		this.gate = gate;
		this.leaks = leaks;
	}

	/**
	 * Who holds connections, the longest first.
	 * @return the holders
	 */
	public List<Holder> holders() {
		return holders(System.nanoTime());
	}

	List<Holder> holders(long now) {
		List<Holder> found = new ArrayList<>();
		Map<Thread, Duration> waiting = this.gate.nestedWaits(now);
		long overdue = this.leaks.thresholdNanos();
		this.holders.forEach((holding) -> found.add(holding.holder(now, overdue, waiting.get(holding.owner()))));
		found.sort(Comparator.comparing(Holder::held).reversed());
		return found;
	}

	/**
	 * Who has held a connection for so long that it may have been forgotten, the longest
	 * first. Each stays with its holder.
	 * @param threshold for how long
	 * @return the holders
	 */
	public List<Holder> leaks(Duration threshold) {
		Given.notNegative("threshold", threshold);
		return holders().stream().filter((holder) -> holder.held().compareTo(threshold) >= 0).toList();
	}

	/**
	 * Those who {@linkplain #leaked may have forgotten} their connection, the longest
	 * first.
	 * @return the holders
	 */
	public List<Holder> leaks() {
		return holders().stream().filter(this::leaked).toList();
	}

	/**
	 * Whether somebody may have forgotten his connection: he has executed nothing on it
	 * for as long as {@code dbop.leak-detection.threshold}.
	 * @param holder a holder of a connection of this pool
	 * @return whether it would be reported
	 */
	public boolean leaked(Holder holder) {
		return this.leaks.enabled() && holder.idle().toNanos() >= this.leaks.thresholdNanos();
	}

	/**
	 * What is executed now and has reached {@code dbop.slow-query.threshold} already, the
	 * longest first. Nothing if statements are not timed.
	 * @return the statements
	 */
	public List<RunningStatement> runningSlow() {
		SlowStatements slow = this.pool.slowStatements();
		long now = System.nanoTime();
		List<RunningStatement> found = new ArrayList<>();
		this.holders.forEach((holding) -> {
			String sql = holding.executedNow();
			Duration duration = holding.executedFor(now);
			if (sql != null && duration != null && slow.slow(duration)) {
				found.add(new RunningStatement(slow.text(sql), holding.operation(), duration));
			}
		});
		found.sort(Comparator.comparing(RunningStatement::duration).reversed());
		return found;
	}

	/**
	 * The statements that took the longest in the last quarter of an hour, slow ones and
	 * others from 100 ms on, the longest first. Nothing if statements are not timed.
	 * @return the statements
	 */
	public List<SlowStatement> slowestStatements() {
		return this.pool.slowStatements().slowest(System.nanoTime());
	}

}
