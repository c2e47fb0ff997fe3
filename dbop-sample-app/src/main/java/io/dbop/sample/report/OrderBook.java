package io.dbop.sample.report;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.DbRetry;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Counts the orders in the main database.
 */
@Repository
class OrderBook {

	private final JdbcClient jdbc;

	OrderBook(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Counts the orders of each day. A day whose orders were all cancelled counts zero,
	 * rather than being left out, so that an earlier count of it is corrected.
	 * @param now the present time
	 * @return the turnover of each day with orders
	 */
	@DbRetry
	@AutoTransaction(readOnly = true)
	public List<DailyTurnover> turnover(Instant now) {
		return this.jdbc.sql("""
				SELECT placed_on,
					SUM(CASE WHEN status = 'PLACED' THEN 1 ELSE 0 END) AS orders,
					SUM(CASE WHEN status = 'PLACED' THEN total_cents ELSE 0 END) AS turnover
				FROM purchase GROUP BY placed_on ORDER BY placed_on""")
			.query((row, number) -> turnover(row, now))
			.list();
	}

	private static DailyTurnover turnover(ResultSet row, Instant now) throws SQLException {
		return new DailyTurnover(LocalDate.parse(row.getString("placed_on")), row.getLong("orders"),
				row.getLong("turnover"), now);
	}

}
