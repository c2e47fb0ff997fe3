package io.dbop.test;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What became of the tests of this JVM, by database. Thread-safe.
 */
final class DatabaseTally {

	private static final Map<TestDatabase, DatabaseTally> tallies = new EnumMap<>(TestDatabase.class);

	private final List<String> failures = new ArrayList<>();

	private int ran;

	private int skipped;

	static synchronized DatabaseTally of(TestDatabase database) {
		return tallies.computeIfAbsent(database, (key) -> new DatabaseTally());
	}

	synchronized void countRan() {
		this.ran++;
	}

	synchronized void countSkipped() {
		this.skipped++;
	}

	synchronized void addFailure(String test) {
		this.failures.add(test);
	}

	synchronized int ran() {
		return this.ran;
	}

	synchronized int skipped() {
		return this.skipped;
	}

	synchronized List<String> failures() {
		return List.copyOf(this.failures);
	}

}
