package io.dbop.benchmark.pool;

import java.time.Duration;
import java.util.List;

import io.dbop.benchmark.Aim;
import io.dbop.benchmark.Form;
import io.dbop.benchmark.Report;
import io.dbop.benchmark.Study;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.TestDatabase;

/**
 * A pool of 20 connections, queries of 100 ms, and many more callers than connections, on
 * platform threads and, where the virtual machine has them, on virtual ones. dbop is
 * measured by Little's law; plain HikariCP is told for comparison.
 */
public final class PoolStudy implements Study {

	@Override
	public void run(Form form, Report report) throws Exception {
		try (DatabaseInstance database = TestDatabase.POSTGRESQL.freshDatabase();
				Pool dbop = new DbopPool(database);
				Pool hikari = new HikariPool(database)) {
			for (Threads threads : Threads.available()) {
				warm(threads, dbop);
				warm(threads, hikari);
				for (int callers : form.choose(List.of(100, 1000), List.of(100, 500, 1000))) {
					Crowd crowd = new Crowd(callers, threads);
					demand(crowd, new Callers(crowd, dbop).measure(crowd.measured()), report);
					tell(crowd, hikari.name(), new Callers(crowd, hikari).measure(crowd.measured()), report);
				}
			}
		}
	}

	/** What is called for the first time is slow, which is not what this is about. */
	private static void warm(Threads threads, Pool pool) throws InterruptedException {
		new Callers(new Crowd(100, threads), pool).measure(Duration.ofSeconds(1));
	}

	private static void demand(Crowd crowd, Figures figures, Report report) {
		String prefix = "pool of " + Crowd.POOL + ", " + crowd + ", ";
		report.ratio(prefix + "throughput against Little's %.0f/s".formatted(Crowd.limit()),
				figures.throughput() / Crowd.limit(), Aim.atLeast(0.97));
		report.ratio(prefix + "p99 wait against %.1f s".formatted(crowd.fairWait()),
				figures.p99Wait() / crowd.fairWait(), Aim.atMost(1.05));
		report.count(prefix + "timeouts", figures.failures(), Aim.atMost(0));
		report.count(prefix + "callers never served", figures.neverServed(), Aim.atMost(0));
	}

	private static void tell(Crowd crowd, String peer, Figures figures, Report report) {
		String prefix = "pool of " + Crowd.POOL + ", " + crowd + ", " + peer + ", ";
		report.time(prefix + "queries/s", figures.throughput());
		report.time(prefix + "p99 wait, s", figures.p99Wait());
		report.time(prefix + "timeouts", figures.failures());
		report.time(prefix + "callers never served", figures.neverServed());
	}

}
