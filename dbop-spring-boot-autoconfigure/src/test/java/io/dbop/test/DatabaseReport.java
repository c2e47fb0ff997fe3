package io.dbop.test;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Says at the end of a test run which databases it ran on, and which not, and why. A
 * green run that has skipped half of the databases must not look like one that has not.
 */
public final class DatabaseReport implements TestExecutionListener {

	@Override
	public void testPlanExecutionFinished(TestPlan testPlan) {
		List<String> lines = new ArrayList<>();
		for (TestDatabase database : TestDatabase.values()) {
			DatabaseTally tally = DatabaseTally.of(database);
			if (tally.ran() > 0) {
				lines.add("%-10s  %4d tests on %s".formatted(database, tally.ran(), product(database)));
			}
			tally.onOneNode()
				.forEach((reason, tests) -> lines
					.add("%-10s  %4d of them on one node alone: %s".formatted(database, tests, reason)));
			tally.leftOut()
				.forEach((reason, tests) -> lines
					.add("%-10s  %4d tests left out on a cluster: %s".formatted(database, tests, reason)));
			if (tally.skipped() > 0) {
				lines.add("%-10s  SKIPPED %d tests: %s".formatted(database, tally.skipped(), database.skipReason()));
			}
			tally.failures().forEach((test) -> lines.add("%-10s  FAILED %s".formatted(database, test)));
		}
		if (!lines.isEmpty()) {
			System.out.println(
					"Databases:" + System.lineSeparator() + "  " + String.join(System.lineSeparator() + "  ", lines));
		}
	}

	private static String product(TestDatabase database) {
		try (DatabaseInstance instance = database.freshDatabase();
				Connection connection = instance.dataSource().getConnection()) {
			DatabaseMetaData metaData = connection.getMetaData();
			return "%s %s (%s), %s %s".formatted(metaData.getDatabaseProductName(),
					metaData.getDatabaseProductVersion(), instance.origin(), metaData.getDriverName(),
					metaData.getDriverVersion());
		}
		catch (SQLException | RuntimeException ex) {
			return "a server that is gone: " + ex.getMessage();
		}
	}

}
