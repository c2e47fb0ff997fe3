package io.dbop.actuate;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import io.dbop.circuit.Breaker;
import io.dbop.circuit.BreakerStatus;
import io.dbop.execution.DatabaseEngine;
import io.dbop.execution.OperationStatistics;
import io.dbop.pool.AcquisitionWindow;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.DatabaseVersion;
import io.dbop.pool.Holder;
import io.dbop.pool.PoolStatistics;
import io.dbop.pool.PoolStatus;
import io.dbop.sql.CacheStatistics;
import io.dbop.scaling.TimeoutBand;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoint says of one database. Of one that nobody has used so far, only that.
 *
 * @param configuration how it is configured, without secrets
 * @param pool its connections
 * @param statements what its statements met with
 * @param timeouts how many callers got no connection in time, and what that means
 * @param breakers its circuit breakers
 * @param retries what retrying has done, all operations together
 * @param operations what each operation has done
 */
public record DatabaseDescriptor(Map<String, @Nullable Object> configuration, @Nullable PoolDescriptor pool,
		@Nullable StatementsDescriptor statements, @Nullable TimeoutsDescriptor timeouts, List<BreakerStatus> breakers,
		@Nullable RetriesDescriptor retries, Map<String, OperationDescriptor> operations) {

	private static final List<Duration> WINDOWS = List.of(Duration.ofMinutes(1), Duration.ofMinutes(5),
			Duration.ofMinutes(15));

	private static final int MAX_HOLDERS = 10;

	static DatabaseDescriptor unopened() {
		return new DatabaseDescriptor(Map.of("opened", false), null, null, null, List.of(), null, Map.of());
	}

	static DatabaseDescriptor of(DatabaseEngine engine, List<Breaker> breakers, boolean created) {
		List<OperationStatistics> statistics = engine.statistics()
			.stream()
			.sorted(Comparator.comparing(OperationStatistics::operation))
			.toList();
		Map<String, OperationDescriptor> operations = new TreeMap<>();
		statistics.forEach((each) -> operations.put(each.operation(), OperationDescriptor.of(each)));
		return new DatabaseDescriptor(ConfigurationDescriptor.of(engine.pool(), created),
				PoolDescriptor.of(engine.pool()),
				new StatementsDescriptor(engine.pool().statistics().slowStatements(), engine.translations()),
				TimeoutsDescriptor.of(engine.pool().statistics()),
				breakers.stream()
					.filter((each) -> each.alias().equals(engine.alias()))
					.map(Breaker::status)
					.sorted(Comparator.comparing(BreakerStatus::name))
					.toList(),
				RetriesDescriptor.of(statistics), operations);
	}

	/**
	 * The connections of a database.
	 *
	 * @param version the versions of server and driver, if a connection was handed out
	 * before
	 * @param status their number
	 * @param acquired how many were handed out
	 * @param released how many came back
	 * @param timeouts how many callers got none in time
	 * @param errors how many callers got none for another reason
	 * @param leaks how many were held for so long that they were reported
	 * @param averageWaitMillis how long callers waited on average
	 * @param maxWaitMillis how long one waited at most
	 * @param holders who holds connections, the longest first
	 */
	public record PoolDescriptor(@Nullable DatabaseVersion version, PoolStatus status, long acquired, long released,
			long timeouts, long errors, long leaks, double averageWaitMillis, double maxWaitMillis,
			List<HolderDescriptor> holders) {

		static PoolDescriptor of(ConnectionPool pool) {
			PoolStatistics statistics = pool.statistics();
			long acquired = statistics.acquired();
			return new PoolDescriptor(pool.knownVersion(), pool.status(), acquired, statistics.released(),
					statistics.timeouts(), statistics.errors(), statistics.leaks(),
					(acquired > 0) ? statistics.totalWaitNanos() / 1e6 / acquired : 0, statistics.maxWaitNanos() / 1e6,
					pool.holders().stream().limit(MAX_HOLDERS).map(HolderDescriptor::of).toList());
		}

	}

	/**
	 * The statements on the connections of a database.
	 *
	 * @param slow how many took at least as long as {@code dbop.slow-query.threshold}
	 * @param translations how often a translated statement was found
	 */
	public record StatementsDescriptor(long slow, CacheStatistics translations) {
	}

	/**
	 * Who holds a connection.
	 *
	 * @param thread the thread
	 * @param operation the operation, if it is one of ours
	 * @param heldMillis for how long
	 * @param callSite where it was taken, or where its thread is now, if either is known
	 * @param waitsForSecond whether the thread waits for another connection of this
	 * database while it holds this one
	 * @param waitingMillis for how long it has been waiting, if it does
	 */
	public record HolderDescriptor(String thread, @Nullable String operation, long heldMillis,
			@Nullable String callSite, boolean waitsForSecond, @Nullable Long waitingMillis) {

		static HolderDescriptor of(Holder holder) {
			Duration waiting = holder.waitingForSecond();
			return new HolderDescriptor(holder.thread(), holder.operation(), holder.held().toMillis(),
					holder.callSite(), waiting != null, (waiting != null) ? waiting.toMillis() : null);
		}

	}

	/**
	 * How many callers got no connection in time.
	 *
	 * @param level the band that the last five minutes fall into
	 * @param interpretation what it means
	 * @param action what to do
	 * @param windows the figures of the last minutes
	 */
	public record TimeoutsDescriptor(TimeoutBand level, String interpretation, String action,
			Map<String, WindowDescriptor> windows) {

		static TimeoutsDescriptor of(PoolStatistics statistics) {
			Map<String, WindowDescriptor> windows = new TreeMap<>(
					Comparator.comparing((key) -> Duration.parse("PT" + key)));
			WINDOWS.forEach((each) -> windows.put(each.toMinutes() + "m", WindowDescriptor.of(statistics.last(each))));
			TimeoutBand band = TimeoutBand.of(statistics.last(Duration.ofMinutes(5)).timeoutRate());
			return new TimeoutsDescriptor(band, band.interpretation(), band.action(), windows);
		}

	}

	/**
	 * The acquisitions of the last minutes.
	 *
	 * @param acquisitions how many callers asked for a connection
	 * @param timeouts how many of them got none in time
	 * @param rate the share of the timeouts, 0 to 1
	 * @param band the band that the rate falls into
	 */
	public record WindowDescriptor(long acquisitions, long timeouts, double rate, TimeoutBand band) {

		static WindowDescriptor of(AcquisitionWindow window) {
			return new WindowDescriptor(window.acquisitions(), window.timeouts(), window.timeoutRate(),
					TimeoutBand.of(window.timeoutRate()));
		}

	}

	/**
	 * What retrying has done.
	 *
	 * @param attempts how many attempts followed a first one
	 * @param recovered how many operations succeeded thanks to them
	 * @param exhausted how many failed in spite of them
	 * @param doubtfulCommits how many commits had an unknown outcome
	 * @param verifiedCommits how many of these were found to have landed
	 */
	public record RetriesDescriptor(long attempts, long recovered, long exhausted, long doubtfulCommits,
			long verifiedCommits) {

		static RetriesDescriptor of(List<OperationStatistics> all) {
			return new RetriesDescriptor(all.stream().mapToLong(OperationStatistics::retries).sum(),
					all.stream().mapToLong(OperationStatistics::recoveries).sum(),
					all.stream().mapToLong(OperationStatistics::exhaustions).sum(),
					all.stream().mapToLong(OperationStatistics::doubtfulCommits).sum(),
					all.stream().mapToLong(OperationStatistics::verifiedCommits).sum());
		}

	}

	/**
	 * What an operation has done.
	 *
	 * @param calls how many calls have ended
	 * @param successes how many succeeded
	 * @param failures how many failed for good
	 * @param rejections how many an open circuit breaker refused
	 * @param retries how many attempts followed a first one
	 * @param timeouts how many attempts ran out of time
	 * @param averageMillis how long a call took on average, waits included
	 */
	public record OperationDescriptor(long calls, long successes, long failures, long rejections, long retries,
			long timeouts, double averageMillis) {

		static OperationDescriptor of(OperationStatistics statistics) {
			long calls = statistics.calls();
			return new OperationDescriptor(calls, statistics.successes(), statistics.failures(),
					statistics.rejections(), statistics.retries(), statistics.timeouts(),
					(calls > 0) ? statistics.totalTime(TimeUnit.MICROSECONDS) / 1e3 / calls : 0);
		}

	}

}
