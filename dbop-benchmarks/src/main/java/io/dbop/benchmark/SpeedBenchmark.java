package io.dbop.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures dbop and its peers side by side. It fails if a ratio is worse than the stored
 * one by more than 15 %, and in the full form if an aim is missed.
 */
public final class SpeedBenchmark {

	/** Seen from the root of the project. */
	private static final Path LOGS = Path.of("dbop-benchmarks", "target", "speed");

	private SpeedBenchmark() {
	}

	/**
	 * Runs studies.
	 * @param arguments {@code short} for a quick look, {@code store} to store the ratios,
	 * and the names of studies if not all of them
	 * @throws IOException if a study fails
	 */
	public static void main(String[] arguments) throws IOException {
		List<String> given = new ArrayList<>(List.of(arguments));
		Form form = given.remove("short") ? Form.SHORT : Form.FULL;
		boolean store = given.remove("store");
		List<Studies> studies = given.isEmpty() ? Studies.of(form)
				: given.stream().map((each) -> Studies.valueOf(each.toUpperCase(Locale.ROOT))).toList();
		List<Result> results = run(form, studies);
		new SpeedTable(System.out).print(results);
		StoredRatios stored = StoredRatios.read();
		if (store) {
			stored.store(results);
		}
		List<String> failures = new ArrayList<>();
		stored.regressions(results).forEach((each) -> failures.add("SLOWER " + each));
		if (form == Form.FULL) {
			results.stream()
				.filter((each) -> !each.isReached())
				.forEach((each) -> failures.add("MISSED " + each.name()));
		}
		failures.forEach(System.out::println);
		System.exit(failures.isEmpty() ? 0 : 1);
	}

	/** The runs of one study lie apart in time. */
	private static List<Result> run(Form form, List<Studies> studies) throws IOException {
		Path logs = Files.createDirectories(LOGS);
		List<Finding> findings = new ArrayList<>();
		for (int run = 1; run <= form.runs(); run++) {
			for (Studies study : studies) {
				long start = System.nanoTime();
				findings.addAll(StudyProcess.run(study, form, logs.resolve(study + "-" + run + ".log")));
				System.out.printf(Locale.ROOT, "%s, run %d: %.1f s%n", study, run, (System.nanoTime() - start) / 1e9);
			}
		}
		return Result.of(findings);
	}

}
