package io.dbop.actuate;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import io.dbop.circuit.BreakerStatus;
import io.dbop.execution.DatabaseEngine;
import io.dbop.execution.OperationStatistics;
import io.dbop.execution.RetryBudget;
import io.dbop.pool.ConnectionPool;
import io.dbop.pool.DatabaseVersion;
import io.dbop.pool.PoolStatistics;
import io.dbop.pool.PoolStatus;
import io.dbop.pool.SlowStatement;
import io.dbop.scaling.Report;
import io.dbop.scaling.Situation;
import io.dbop.scaling.Window;
import io.dbop.scaling.TimeoutBand;
import io.dbop.sql.CacheStatistics;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoint says of one database. Of one that nobody has used so far, only that.
 *
 * @param configuration how it is configured, without secrets
 * @param pool its connections
 * @param replicas its replicas, in the order of the configuration
 * @param statements what its statements met with
 * @param timeouts how many callers got no connection in time, and what that means
 * @param advice what is the case, and what to do about it
 * @param capacity what the load needs
 * @param breakers its circuit breakers
 * @param retries what retrying has done, all operations together
 * @param operations what each operation has done
 * @param caches how often its caches had what was asked for
 * @param leaks who may have forgotten a connection, the longest first
 * @param entities the types of the fields of the entities that are known so far
 * @param history what happened in the last quarter of an hour, if one database was asked
 * for
 */
public record DatabaseDescriptor(Map<String, @Nullable Object> configuration, @Nullable PoolDescriptor pool,
		List<ReplicaDescriptor> replicas, @Nullable StatementsDescriptor statements,
		@Nullable TimeoutsDescriptor timeouts, @Nullable AdviceDescriptor advice, @Nullable CapacityDescriptor capacity,
		List<BreakerStatus> breakers, @Nullable RetriesDescriptor retries, Map<String, OperationDescriptor> operations,
		Map<String, CacheStatistics> caches, List<HolderDescriptor> leaks, Map<String, EntityDescriptor> entities,
		@Nullable HistoryDescriptor history) {

	private static final int MAX_HOLDERS = 10;

	private static final int MAX_STATEMENTS = 10;

	static DatabaseDescriptor unopened() {
		return new DatabaseDescriptor(Map.of("opened", false), null, List.of(), null, null, null, null, List.of(), null,
				Map.of(), Map.of(), List.of(), Map.of(), null);
	}

	/**
	 * Describes a database.
	 * @param engine its engine
	 * @param created whether it was created while the application runs
	 * @param report what there is to say of it, {@code null} if it is not watched
	 * @param replicas its replicas
	 * @param breakers its circuit breakers
	 * @param entities its entities
	 * @param history what happened
	 */
	static DatabaseDescriptor of(DatabaseEngine engine, boolean created, @Nullable Report report,
			List<ReplicaDescriptor> replicas, List<BreakerStatus> breakers, Map<String, EntityDescriptor> entities,
			@Nullable HistoryDescriptor history) {
		ConnectionPool pool = engine.pool();
		List<OperationStatistics> statistics = engine.statistics()
			.stream()
			.sorted(Comparator.comparing(OperationStatistics::operation))
			.toList();
		Map<String, OperationDescriptor> operations = new TreeMap<>();
		statistics.forEach((each) -> operations.put(each.operation(), OperationDescriptor.of(each)));
		return new DatabaseDescriptor(ConfigurationDescriptor.of(pool, created), PoolDescriptor.of(pool), replicas,
				StatementsDescriptor.of(pool), (report != null) ? TimeoutsDescriptor.of(report.situation()) : null,
				(report != null) ? AdviceDescriptor.of(report) : null,
				(report != null) ? CapacityDescriptor.of(report.situation()) : null, breakers,
				RetriesDescriptor.of(statistics, engine.retryBudget()), operations, engine.caches().statistics(),
				pool.activity().leaks().stream().limit(MAX_HOLDERS).map(HolderDescriptor::of).toList(), entities,
				history);
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
	 * @param averageWaitMillis how long callers waited on average, in vain or not
	 * @param maxWaitMillis how long one waited at most in the last one to two minutes
	 * @param holders who holds connections, the longest first
	 */
	public record PoolDescriptor(@Nullable DatabaseVersion version, PoolStatus status, long acquired, long released,
			long timeouts, long errors, long leaks, double averageWaitMillis, double maxWaitMillis,
			List<HolderDescriptor> holders) {

		static PoolDescriptor of(ConnectionPool pool) {
			PoolStatistics statistics = pool.statistics();
			long callers = statistics.acquired() + statistics.timeouts() + statistics.errors();
			return new PoolDescriptor(pool.knownVersion(), pool.status(), statistics.acquired(), statistics.released(),
					statistics.timeouts(), statistics.errors(), statistics.leaks(),
					(callers > 0) ? statistics.totalWaitNanos() / 1e6 / callers : 0, statistics.maxWaitNanos() / 1e6,
					pool.activity().holders().stream().limit(MAX_HOLDERS).map(HolderDescriptor::of).toList());
		}

	}

	/**
	 * The statements on the connections of a database.
	 *
	 * @param count how many were executed
	 * @param averageMillis how long one took on average
	 * @param slow how many took at least as long as {@code dbop.slow-query.threshold}
	 * @param slowest those that took the longest in the last quarter of an hour
	 */
	public record StatementsDescriptor(long count, double averageMillis, long slow, List<StatementDescriptor> slowest) {

		static StatementsDescriptor of(ConnectionPool pool) {
			PoolStatistics statistics = pool.statistics();
			long count = statistics.statements();
			return new StatementsDescriptor(count, (count > 0) ? statistics.totalStatementNanos() / 1e6 / count : 0,
					statistics.slowStatements(),
					pool.activity()
						.slowestStatements()
						.stream()
						.limit(MAX_STATEMENTS)
						.map(StatementDescriptor::of)
						.toList());
		}

	}

	/**
	 * A statement that took long.
	 *
	 * @param text the statement without literals and comments
	 * @param count how often it took 100 ms or more
	 * @param averageMillis how long it took then on average
	 * @param maxMillis how long it took at most
	 * @param lastMillisAgo how long ago that was the last time
	 */
	public record StatementDescriptor(String text, long count, double averageMillis, double maxMillis,
			long lastMillisAgo) {

		static StatementDescriptor of(SlowStatement statement) {
			return new StatementDescriptor(statement.text(), statement.count(),
					statement.total().toNanos() / 1e6 / statement.count(), statement.max().toNanos() / 1e6,
					statement.lastAgo().toMillis());
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

		static TimeoutsDescriptor of(Situation situation) {
			Map<String, WindowDescriptor> windows = new TreeMap<>(
					Comparator.comparingInt((key) -> Integer.parseInt(key.substring(0, key.length() - 1))));
			windows.put("1m", WindowDescriptor.of(situation.lastMinute()));
			windows.put("5m", WindowDescriptor.of(situation.lastFiveMinutes()));
			windows.put("15m", WindowDescriptor.of(situation.lastQuarter()));
			TimeoutBand band = situation.lastFiveMinutes().band();
			return new TimeoutsDescriptor(band, band.interpretation(), band.action(), windows);
		}

	}

	/**
	 * The acquisitions of the last minutes.
	 *
	 * @param acquisitions how many callers asked for a connection that they got, or did
	 * not get in time
	 * @param timeouts how many of them got none in time
	 * @param rate the share of the timeouts, 0 to 1
	 * @param band the band that the rate falls into
	 */
	public record WindowDescriptor(long acquisitions, long timeouts, double rate, TimeoutBand band) {

		static WindowDescriptor of(Window window) {
			return new WindowDescriptor(window.callers(), window.pool().timeouts(), window.timeoutRate(),
					window.band());
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
	 * @param budget what retries are held to, if there is a limit
	 */
	public record RetriesDescriptor(long attempts, long recovered, long exhausted, long doubtfulCommits,
			long verifiedCommits, @Nullable RetryBudgetDescriptor budget) {

		static RetriesDescriptor of(List<OperationStatistics> all, @Nullable RetryBudget budget) {
			return new RetriesDescriptor(all.stream().mapToLong(OperationStatistics::retries).sum(),
					all.stream().mapToLong(OperationStatistics::recoveries).sum(),
					all.stream().mapToLong(OperationStatistics::exhaustions).sum(),
					all.stream().mapToLong(OperationStatistics::doubtfulCommits).sum(),
					all.stream().mapToLong(OperationStatistics::verifiedCommits).sum(),
					(budget != null) ? RetryBudgetDescriptor.of(budget) : null);
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
