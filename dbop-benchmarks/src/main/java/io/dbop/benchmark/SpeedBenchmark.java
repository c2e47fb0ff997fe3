package io.dbop.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
		StoredRatios stored = StoredRatios.read();
		Map<Studies, List<Finding>> found = run(form, studies);
		if (!store) {
			lookAgain(form, found, stored);
		}
		List<Result> results = Result.of(found.values().stream().flatMap(List::stream).toList());
		new SpeedTable(System.out).print(results);
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
	private static Map<Studies, List<Finding>> run(Form form, List<Studies> studies) throws IOException {
		Map<Studies, List<Finding>> found = new LinkedHashMap<>();
		for (int run = 1; run <= form.runs(); run++) {
			for (Studies study : studies) {
				run(study, form, run, found);
			}
		}
		return found;
	}

	/**
	 * What seems to have become slower is run twice more, and counts for what it is in
	 * the middle: machines have bad moments.
	 */
	private static void lookAgain(Form form, Map<Studies, List<Finding>> found, StoredRatios stored)
			throws IOException {
		for (Studies study : List.copyOf(found.keySet())) {
			if (!stored.regressions(Result.of(found.get(study))).isEmpty()) {
				run(study, form, form.runs() + 1, found);
				run(study, form, form.runs() + 2, found);
			}
		}
	}

	private static void run(Studies study, Form form, int run, Map<Studies, List<Finding>> found) throws IOException {
		Path logs = Files.createDirectories(LOGS);
		long start = System.nanoTime();
		found.computeIfAbsent(study, (key) -> new ArrayList<>())
			.addAll(StudyProcess.run(study, form, logs.resolve(study + "-" + run + ".log")));
		System.out.printf(Locale.ROOT, "%s, run %d: %.1f s%n", study, run, (System.nanoTime() - start) / 1e9);
	}

}
