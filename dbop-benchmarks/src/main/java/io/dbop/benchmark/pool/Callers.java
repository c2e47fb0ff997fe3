package io.dbop.benchmark.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

import org.springframework.core.task.SimpleAsyncTaskExecutor;

/** A crowd at a pool. */
final class Callers {

	private final Crowd crowd;

	private final Pool pool;

	private final Queue<Visit> visits = new ConcurrentLinkedQueue<>();

	private final LongAdder failures = new LongAdder();

	private volatile boolean over;

	Callers(Crowd crowd, Pool pool) {
		this.crowd = crowd;
		this.pool = pool;
	}

	/**
	 * Lets them come, and looks at them when all are there.
	 * @param measured for how long
	 * @return what they got
	 * @throws InterruptedException if the thread is interrupted
	 */
	Figures measure(Duration measured) throws InterruptedException {
		try (SimpleAsyncTaskExecutor executor = this.crowd.threads().executor()) {
			for (int i = 0; i < this.crowd.callers(); i++) {
				int caller = i;
				executor.execute(() -> askAgainAndAgain(caller));
			}
			sleep(this.crowd.warmUp());
			long from = System.nanoTime();
			long failuresBefore = failed();
			sleep(measured);
			long to = System.nanoTime();
			long failures = failed() - failuresBefore;
			// Who is being served at this moment counts for what it got.
			sleep(Visit.QUERY.multipliedBy(3));
			this.over = true;
			return Figures.of(List.copyOf(this.visits), this.crowd.callers(), failures, from, to);
		}
	}

	private long failed() {
		return this.failures.sum() + this.pool.timeouts();
	}

	private static void sleep(Duration duration) throws InterruptedException {
		Thread.sleep(duration.toMillis());
	}

	private void askAgainAndAgain(int caller) {
		while (!this.over) {
			long asked = System.nanoTime();
			try {
				this.pool.use((connection) -> query(connection, caller, asked));
			}
			catch (RuntimeException ex) {
				this.failures.increment();
			}
		}
	}

	/**
	 * When it is over those who wait get their connections one after the other, and go.
	 */
	private void query(Connection connection, int caller, long asked) throws SQLException {
		if (this.over) {
			return;
		}
		long got = System.nanoTime();
		try (Statement statement = connection.createStatement()) {
			statement.execute(Visit.SQL);
		}
		this.visits.add(new Visit(caller, asked, got, System.nanoTime()));
	}

}
