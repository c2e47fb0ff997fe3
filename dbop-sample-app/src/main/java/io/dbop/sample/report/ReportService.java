package io.dbop.sample.report;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * Carries the turnover from the main database into the reporting database.
 * <p>
 * There is no transaction over both. What makes it right in the end is that it can be
 * done again: each step is retried on its own database, and if the second fails for good,
 * the report stays as it was until the next time.
 */
@Service
class ReportService {

	private final OrderBook orders;

	private final TurnoverReport report;

	private final Clock clock;

	ReportService(OrderBook orders, TurnoverReport report, Clock clock) {
		this.orders = orders;
		this.report = report;
		this.clock = clock;
	}

	/**
	 * Brings the report up to date.
	 * @return what was written
	 */
	@Scheduled(initialDelayString = "${sample.report-interval}", fixedDelayString = "${sample.report-interval}")
	List<DailyTurnover> refresh() {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
		List<DailyTurnover> days = this.orders.turnover(now);
		this.report.write(days);
		return days;
	}

	List<DailyTurnover> between(LocalDate from, LocalDate to) {
		return this.report.between(from, to);
	}

}
