package io.dbop.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What ratios and counts were when they were last stored, which is done by hand and in a
 * commit of its own.
 */
final class StoredRatios {

	/** Seen from the root of the project. */
	private static final Path FILE = Path.of("dbop-benchmarks", "ratios.tsv");

	private final Map<String, Double> values = new TreeMap<>();

	static StoredRatios read() throws IOException {
		StoredRatios stored = new StoredRatios();
		if (Files.exists(FILE)) {
			try (BufferedReader lines = Files.newBufferedReader(FILE)) {
				for (String line = lines.readLine(); line != null; line = lines.readLine()) {
					String[] parts = line.split("\t");
					stored.values.put(parts[0], Double.valueOf(parts[1]));
				}
			}
		}
		return stored;
	}

	/** What has become worse, in a sentence each. */
	List<String> regressions(List<Result> results) {
		List<String> regressions = new ArrayList<>();
		for (Result each : results) {
			Double before = this.values.get(each.name());
			if (each.kind() != Finding.Kind.TIME && before != null && each.aim().isWorse(each.median(), before)) {
				regressions
					.add(String.format(Locale.ROOT, "%s: %.3g, and was %.3g", each.name(), each.median(), before));
			}
		}
		return regressions;
	}

	void store(List<Result> results) throws IOException {
		results.stream()
			.filter((each) -> each.kind() != Finding.Kind.TIME)
			.forEach((each) -> this.values.put(each.name(), each.median()));
		List<String> lines = this.values.entrySet()
			.stream()
			.map((each) -> String.format(Locale.ROOT, "%s\t%.4g", each.getKey(), each.getValue()))
			.toList();
		Files.write(FILE, lines);
	}

}
