package io.dbop.autoconfigure.devtools;

import java.sql.SQLException;
import java.util.List;

import io.dbop.annotation.AutoTransaction;
import io.dbop.annotation.CircuitBreaker;
import io.dbop.annotation.DbRetry;

import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts starts in two databases, each at the second attempt. */
class Starts {

	private final JdbcClient main;

	private final JdbcClient reporting;

	private int attempts;

	Starts(JdbcClient main, JdbcClient reporting) {
		this.main = main;
		this.reporting = reporting;
	}

	/** Not in an attempt: H2 commits what was written before it. */
	void create() {
		for (JdbcClient each : List.of(this.main, this.reporting)) {
			each.sql("CREATE TABLE IF NOT EXISTS starts (id INTEGER)").update();
		}
	}

	@DbRetry
	@AutoTransaction
	@CircuitBreaker
	int onMain() {
		return count(this.main);
	}

	@DbRetry(database = "reporting")
	@AutoTransaction(database = "reporting")
	@CircuitBreaker(database = "reporting")
	int onReporting() {
		return count(this.reporting);
	}

	int attempts() {
		return this.attempts;
	}

	private int count(JdbcClient database) {
		database.sql("INSERT INTO starts VALUES (1)").update();
		if (++this.attempts % 2 == 1) {
			throw new CannotAcquireLockException("deadlock", new SQLException("deadlock", "40001", 40001));
		}
		return database.sql("SELECT COUNT(*) FROM starts").query(Integer.class).single();
	}

}
