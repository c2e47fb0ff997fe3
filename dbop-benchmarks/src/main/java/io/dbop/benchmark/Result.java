package io.dbop.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What all runs of a study have found of one thing.
 *
 * @param kind what it is
 * @param name what was measured
 * @param aim what it must be
 * @param values what came out, in ascending order
 */
record Result(Finding.Kind kind, String name, Aim aim, List<Double> values) {

	/** Brings together what several runs have found. */
	static List<Result> of(List<Finding> findings) {
		Map<String, List<Finding>> byName = new LinkedHashMap<>();
		findings.forEach((each) -> byName.computeIfAbsent(each.name(), (name) -> new ArrayList<>()).add(each));
		return byName.values()
			.stream()
			.map((each) -> new Result(each.get(0).kind(), each.get(0).name(), each.get(0).aim(),
					each.stream().map(Finding::value).sorted().toList()))
			.toList();
	}

	double least() {
		return this.values.get(0);
	}

	double median() {
		return this.values.get(this.values.size() / 2);
	}

	double most() {
		return this.values.get(this.values.size() - 1);
	}

	boolean isReached() {
		return this.aim.isReachedBy(median());
	}

}
