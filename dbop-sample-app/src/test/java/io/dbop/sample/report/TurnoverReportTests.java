package io.dbop.sample.report;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import io.dbop.sample.Schema;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TurnoverReport} and for what {@link OrderBook} brings to it.
 */
@EachDatabase(except = TestDatabase.H2)
class TurnoverReportTests {

	private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

	private static final LocalDate TUESDAY = MONDAY.plusDays(1);

	private final DatabaseInstance database;

	private final JdbcClient jdbc;

	private final TurnoverReport report;

	TurnoverReportTests(DatabaseInstance database) {
		this.database = database;
		this.jdbc = Schema.REPORTING.createIn(database);
		this.report = new TurnoverReport(this.jdbc);
	}

	@Test
	void whenWrittenAgainThenNothingChanges() {
		List<DailyTurnover> days = List.of(day(MONDAY, 1, 100), day(TUESDAY, 2, 100));
		this.report.write(days);
		this.report.write(days);
		assertThat(this.report.between(MONDAY, TUESDAY)).isEqualTo(days);
	}

	@Test
	void whenANewerCountIsWrittenThenItReplacesTheOlder() {
		this.report.write(List.of(day(MONDAY, 1, 100)));
		this.report.write(List.of(day(MONDAY, 2, 200)));
		assertThat(this.report.between(MONDAY, MONDAY)).containsExactly(day(MONDAY, 2, 200));
	}

	@Test
	void whenAnOlderCountComesLateThenTheNewerStays() {
		this.report.write(List.of(day(MONDAY, 2, 200)));
		this.report.write(List.of(day(MONDAY, 1, 100), day(TUESDAY, 1, 100)));
		assertThat(this.report.between(MONDAY, TUESDAY)).containsExactly(day(MONDAY, 2, 200), day(TUESDAY, 1, 100));
	}

	@Test
	void whenReadThenOtherDaysAreLeftOut() {
		this.report.write(List.of(day(MONDAY, 1, 100), day(TUESDAY, 2, 100)));
		assertThat(this.report.between(TUESDAY, TUESDAY)).containsExactly(day(TUESDAY, 2, 100));
	}

	@Test
	void whenOrdersAreCountedThenCancelledOnesAreNotAndTheirDayIsZero() {
		Schema.MAIN.createIn(this.database);
		this.jdbc.sql("INSERT INTO account VALUES ('a', 'Ann', 0, 0)").update();
		this.jdbc.sql("INSERT INTO product VALUES ('tea', 'Tea', 450, 0)").update();
		order("1", 450, "PLACED", MONDAY);
		order("2", 900, "PLACED", MONDAY);
		order("3", 450, "CANCELLED", MONDAY);
		order("4", 450, "CANCELLED", TUESDAY);
		Instant now = Instant.ofEpochMilli(7);
		assertThat(new OrderBook(this.jdbc).turnover(now)).containsExactly(new DailyTurnover(MONDAY, 2, 1350, now),
				new DailyTurnover(TUESDAY, 0, 0, now));
	}

	private void order(String id, long total, String status, LocalDate day) {
		this.jdbc.sql("INSERT INTO purchase VALUES (?, 'a', 'tea', 1, ?, ?, ?)")
			.params(id, total, status, day.toString())
			.update();
	}

	private static DailyTurnover day(LocalDate day, long orders, long asOf) {
		return new DailyTurnover(day, orders, orders * 450, Instant.ofEpochMilli(asOf));
	}

}
