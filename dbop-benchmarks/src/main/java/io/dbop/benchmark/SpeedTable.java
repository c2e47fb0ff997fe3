package io.dbop.benchmark;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * Prints results, in Markdown.
 */
final class SpeedTable {

	private final PrintStream out;

	SpeedTable(PrintStream out) {
		this.out = out;
	}

	void print(List<Result> results) {
		this.out.println();
		this.out.println("| measured | median | least | most | aim | |");
		this.out.println("|---|--:|--:|--:|--:|---|");
		for (Result each : results) {
			this.out.printf(Locale.ROOT, "| %s | %s%s | %s | %s | %s | %s |%n", each.name(), number(each.median()),
					(each.kind() == Finding.Kind.RATIO) ? "×" : "", number(each.least()), number(each.most()),
					each.aim().words(), each.isReached() ? "" : "**missed**");
		}
		this.out.println();
	}

	private static String number(double value) {
		return (Math.abs(value) >= 100) ? String.format(Locale.ROOT, "%.0f", value)
				: String.format(Locale.ROOT, "%.3g", value);
	}

}
