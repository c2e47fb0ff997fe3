package io.dbop.benchmark.capacity;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures how many users one, two and five application servers bear, and whether what
 * their endpoints advise is right. It fails if it is not.
 */
public final class CapacityBenchmark {

	private CapacityBenchmark() {
	}

	/**
	 * Measures all rows of a form.
	 * @param arguments {@code short} for a quick look, nothing for what is published
	 * @throws IOException if servers or users fail
	 * @throws SQLException if the database fails
	 */
	public static void main(String[] arguments) throws IOException, SQLException {
		Form form = List.of(arguments).contains("short") ? Form.SHORT : Form.FULL;
		Table table = new Table(System.out);
		List<Outcome> outcomes = new ArrayList<>();
		try (CapacityDatabase database = new CapacityDatabase()) {
			Measurement measurement = new Measurement(form, database.properties());
			table.begin();
			for (Row row : form.rows()) {
				database.allow((row.allowed() != null) ? row.allowed() : -1);
				outcomes.add(measurement.of(row));
				table.row(outcomes.get(outcomes.size() - 1));
			}
		}
		outcomes.forEach(table::words);
		List<String> missed = outcomes.stream().flatMap((each) -> Demand.missed(each).stream()).toList();
		missed.forEach((each) -> System.out.println("MISSED " + each));
		System.exit(missed.isEmpty() ? 0 : 1);
	}

}
