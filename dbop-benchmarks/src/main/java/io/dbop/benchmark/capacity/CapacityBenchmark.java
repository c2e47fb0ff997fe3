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
	 * Measures the rows of a form, or those that are given.
	 * @param arguments {@code short} for a quick look, nothing for what is published, or
	 * rows of one's own such as {@code 1x180 5x1000}
	 * @throws IOException if servers or users fail
	 * @throws SQLException if the database fails
	 */
	public static void main(String[] arguments) throws IOException, SQLException {
		List<String> given = new ArrayList<>(List.of(arguments));
		Form form = given.remove("short") ? Form.SHORT : Form.FULL;
		List<Row> rows = given.isEmpty() ? form.rows() : given.stream().map(Row::parse).toList();
		List<Outcome> outcomes = measure(form, rows, new Table(System.out));
		List<String> missed = outcomes.stream().flatMap((each) -> Demand.missed(each).stream()).toList();
		missed.forEach((each) -> System.out.println("MISSED " + each));
		System.exit(missed.isEmpty() ? 0 : 1);
	}

	private static List<Outcome> measure(Form form, List<Row> rows, Table table) throws IOException, SQLException {
		List<Outcome> outcomes = new ArrayList<>();
		table.begin();
		for (Topology topology : Topology.values()) {
			List<Row> those = rows.stream().filter((row) -> row.topology() == topology).toList();
			if (!those.isEmpty()) {
				outcomes.addAll(measure(form, topology, those, table));
			}
		}
		outcomes.forEach(table::words);
		System.out.println();
		return outcomes;
	}

	private static List<Outcome> measure(Form form, Topology topology, List<Row> rows, Table table)
			throws IOException, SQLException {
		List<Outcome> outcomes = new ArrayList<>();
		try (CapacityDatabase database = topology.open()) {
			Measurement measurement = new Measurement(form, database.properties());
			for (Row row : rows) {
				database.allow((row.allowed() != null) ? row.allowed() : CapacityDatabase.UNLIMITED);
				Outcome outcome = measurement.of(row);
				outcomes.add(outcome);
				table.row(outcome);
			}
		}
		return outcomes;
	}

}
