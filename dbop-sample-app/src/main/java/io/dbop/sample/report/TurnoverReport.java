package io.dbop.sample.report;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.CircuitBreaker;
import io.dbop.annotation.DbRetry;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The report in the reporting database, one row a day.
 */
@Repository
class TurnoverReport {

	private final JdbcClient jdbc;

	TurnoverReport(@Qualifier("reporting") JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Writes counts into the report. Writing the same ones again changes nothing, and an
	 * older count never replaces a newer one, in whatever order they arrive.
	 * @param days the counts
	 */
	@DbRetry(database = "reporting", idempotent = true, classifier = "lostInsertRace")
	@AutoTransaction(database = "reporting")
	@CircuitBreaker(database = "reporting")
	public void write(List<DailyTurnover> days) {
		days.forEach((day) -> {
			if (has(day.day())) {
				update(day);
			}
			else {
				insert(day);
			}
		});
	}

	@DbRetry(database = "reporting")
	@AutoTransaction(database = "reporting", readOnly = true)
	@CircuitBreaker(database = "reporting")
	public List<DailyTurnover> between(LocalDate from, LocalDate to) {
		return this.jdbc.sql("SELECT * FROM daily_turnover WHERE sold_on BETWEEN :from AND :to ORDER BY sold_on")
			.param("from", from.toString())
			.param("to", to.toString())
			.query(TurnoverReport::turnover)
			.list();
	}

	private boolean has(LocalDate day) {
		return this.jdbc.sql("SELECT COUNT(*) FROM daily_turnover WHERE sold_on = :day")
			.param("day", day.toString())
			.query(Integer.class)
			.single() > 0;
	}

	private void update(DailyTurnover turnover) {
		this.jdbc.sql("""
				UPDATE daily_turnover SET orders = :orders, turnover_cents = :turnover, as_of = :asOf
				WHERE sold_on = :day AND as_of <= :asOf""")
			.param("day", turnover.day().toString())
			.param("orders", turnover.orders())
			.param("turnover", turnover.turnoverCents())
			.param("asOf", turnover.asOf().toEpochMilli())
			.update();
	}

	private void insert(DailyTurnover turnover) {
		this.jdbc.sql("""
				INSERT INTO daily_turnover (sold_on, orders, turnover_cents, as_of)
				VALUES (:day, :orders, :turnover, :asOf)""")
			.param("day", turnover.day().toString())
			.param("orders", turnover.orders())
			.param("turnover", turnover.turnoverCents())
			.param("asOf", turnover.asOf().toEpochMilli())
			.update();
	}

	private static DailyTurnover turnover(ResultSet row, int number) throws SQLException {
		return new DailyTurnover(LocalDate.parse(row.getString("sold_on")), row.getLong("orders"),
				row.getLong("turnover_cents"), Instant.ofEpochMilli(row.getLong("as_of")));
	}

}
