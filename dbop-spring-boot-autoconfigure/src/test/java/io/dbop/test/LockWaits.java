package io.dbop.test;

import java.time.Duration;

import org.awaitility.Awaitility;

import org.springframework.jdbc.core.JdbcTemplate;

/** Statements that wait for the lock of another transaction. */
public final class LockWaits {

	private LockWaits() {
	}

	/**
	 * Returns when one of them waits. Of InnoDB, when one is under way: what it waits for
	 * is told too late, and kept for a while.
	 * @param database the database
	 * @param beginning how the statement begins
	 */
	public static void awaitOne(DatabaseInstance database, String beginning) {
		String sql = switch (database.database()) {
			case POSTGRESQL ->
				"select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
			case HSQLDB -> "select count(*) from information_schema.system_sessions where this_waiting_for <> ''";
			default -> "select count(*) from information_schema.processlist where db = database() and info like '"
					+ beginning + "%'";
		};
		JdbcTemplate observer = new JdbcTemplate(database.dataSource());
		Awaitility.await()
			.pollInterval(Duration.ofMillis(10))
			.until(() -> observer.queryForObject(sql, Integer.class) > 0);
	}

}
