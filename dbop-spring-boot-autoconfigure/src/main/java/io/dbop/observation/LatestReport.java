package io.dbop.observation;

import java.util.concurrent.TimeUnit;

import io.dbop.scaling.DatabaseAdvisor;
import io.dbop.scaling.Report;
import org.jspecify.annotations.Nullable;

/**
 * The report on a database, for meters that are read one after the other and mean the
 * same moment. Thread-safe.
 */
final class LatestReport {

	private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final DatabaseAdvisor advisor;

	private final String alias;

	private @Nullable Report report;

	private long takenAt;

	LatestReport(DatabaseAdvisor advisor, String alias) {
		this.advisor = advisor;
		this.alias = alias;
	}

	synchronized @Nullable Report get() {
		long now = System.nanoTime();
		if (this.report == null || now - this.takenAt >= FRESH_NANOS) {
			this.report = this.advisor.report(this.alias);
			this.takenAt = now;
		}
		return this.report;
	}

}
