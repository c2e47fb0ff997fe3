package io.dbop.test;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the tests of this JVM, by database. Thread-safe.
 */
final class DatabaseTally {

	private static final Map<TestDatabase, DatabaseTally> tallies = new EnumMap<>(TestDatabase.class);

	private final List<String> failures = new ArrayList<>();

	private final Map<String, Integer> onOneNode = new TreeMap<>();

	private final Map<String, Integer> leftOut = new TreeMap<>();

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

	synchronized void countOnOneNode(String reason) {
		this.onOneNode.merge(reason, 1, Integer::sum);
	}

	synchronized void countLeftOut(String reason) {
		this.leftOut.merge(reason, 1, Integer::sum);
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

	/** How many tests had one node of a cluster alone, by the reason. */
	synchronized Map<String, Integer> onOneNode() {
		return new TreeMap<>(this.onOneNode);
	}

	/** How many tests were left out on a cluster, by the reason. */
	synchronized Map<String, Integer> leftOut() {
		return new TreeMap<>(this.leftOut);
	}

	synchronized List<String> failures() {
		return List.copyOf(this.failures);
	}

}
