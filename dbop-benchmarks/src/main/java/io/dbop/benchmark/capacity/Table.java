package io.dbop.benchmark.capacity;

import java.io.PrintStream;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Prints outcomes, in Markdown.
 */
final class Table {

	private final PrintStream out;

	Table(PrintStream out) {
		this.out = out;
	}

	void begin() {
		this.out.println("| servers | users | limit/s | answers/s | of the limit | p50 wait | p99 wait | timeouts"
				+ " | band | advice of each server |");
		this.out.println("|--:|--:|--:|--:|--:|--:|--:|--:|---|---|");
	}

	void row(Outcome outcome) {
		Row row = outcome.row();
		Figures figures = outcome.figures();
		this.out.printf(Locale.ROOT, "| %d | %s | %d | %.1f | %.1f %% | %.0f ms | %.0f ms | %.2f %% | %s | %s |%n",
				row.servers(), row.words(), row.limit(), figures.throughput(), outcome.share() * 100,
				figures.waitMillis(0.5), figures.waitMillis(0.99), figures.timeoutRate() * 100, bands(outcome),
				advice(outcome));
	}

	private static String bands(Outcome outcome) {
		return outcome.readings()
			.stream()
			.map((each) -> each.band().name())
			.distinct()
			.collect(Collectors.joining(", "));
	}

	private static String advice(Outcome outcome) {
		double connections = outcome.readings().stream().mapToDouble(Reading::connections).average().orElse(0);
		String causes = outcome.readings()
			.stream()
			.map((each) -> "`%s`, %d server%s".formatted(each.cause(), each.servers(),
					(each.servers() == 1) ? "" : "s"))
			.distinct()
			.collect(Collectors.joining("; "));
		return String.format(Locale.ROOT, "%s, %.1f connections", causes, connections);
	}

	/** What the first server says in words. */
	void words(Outcome outcome) {
		Reading reading = outcome.readings().get(0);
		this.out.printf("%n- %s: %s: %s %s%n", outcome.row(), reading.level(), reading.sentence(), reading.action());
	}

}
