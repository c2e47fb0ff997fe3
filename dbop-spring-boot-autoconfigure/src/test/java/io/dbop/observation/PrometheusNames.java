package io.dbop.observation;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Prometheus would read from an application, and whether a text that names metrics
 * agrees with it.
 */
final class PrometheusNames {

	/** What Prometheus itself adds. */
	private static final Set<String> OF_TARGETS = Set.of("job", "instance", "namespace");

	/** Whose values are known beforehand. */
	private static final Set<String> FIXED = Set.of("state", "kind", "result", "outcome", "window", "cache");

	private static final Pattern SAMPLE = Pattern.compile("^(\\w+)(?:\\{(.*)})? \\S+$");

	private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");

	private static final Pattern METRIC = Pattern.compile("\\b((?:dbop|hikaricp|jdbc)_\\w+)(?:\\{([^}]*)})?");

	private static final Pattern BY = Pattern.compile("\\bby \\(([^)]*)\\)");

	/** The values of each label of each metric. */
	private final Map<String, Map<String, Set<String>>> metrics = new TreeMap<>();

	PrometheusNames(String scrape) {
		scrape.lines()
			.filter((line) -> !line.startsWith("#"))
			.map(SAMPLE::matcher)
			.filter(Matcher::matches)
			.forEach((sample) -> {
				Map<String, Set<String>> labels = this.metrics.computeIfAbsent(sample.group(1),
						(name) -> new TreeMap<>());
				if (sample.group(2) != null) {
					LABEL.matcher(sample.group(2))
						.results()
						.forEach((label) -> labels.computeIfAbsent(label.group(1), (name) -> new TreeSet<>())
							.add(label.group(3)));
				}
			});
	}

	/** How many metrics a text names. */
	static long count(String text) {
		return METRIC.matcher(text).results().count();
	}

	/**
	 * What in a text does not exist.
	 * @param text a query, or a text that names metrics
	 * @param own names of metrics that come from elsewhere
	 */
	Set<String> unknown(String text, Set<String> own) {
		Set<String> unknown = new LinkedHashSet<>();
		Set<String> labels = new TreeSet<>(OF_TARGETS);
		METRIC.matcher(text).results().filter((metric) -> !own.contains(metric.group(1))).forEach((metric) -> {
			Map<String, Set<String>> known = this.metrics.get(metric.group(1));
			if (known == null) {
				unknown.add(metric.group(1));
			}
			else {
				labels.addAll(known.keySet());
				unknown.addAll(wrongMatchers(metric, known));
			}
		});
		BY.matcher(text)
			.results()
			.flatMap((by) -> Arrays.stream(by.group(1).split(",\\s*")))
			.filter((label) -> !labels.contains(label))
			.forEach((label) -> unknown.add("by (" + label + ")"));
		return unknown;
	}

	private static Set<String> wrongMatchers(MatchResult metric, Map<String, Set<String>> known) {
		Set<String> wrong = new TreeSet<>();
		if (metric.group(2) == null) {
			return wrong;
		}
		LABEL.matcher(metric.group(2)).results().forEach((label) -> {
			String name = label.group(1);
			Set<String> values = known.get(name);
			if (values == null && !OF_TARGETS.contains(name)) {
				wrong.add(metric.group(1) + " has no label " + name);
			}
			if (values != null && FIXED.contains(name)) {
				Arrays.stream(label.group(3).split("\\|"))
					.filter((value) -> !values.contains(value))
					.forEach((value) -> wrong.add(metric.group(1) + " has no " + name + " " + value));
			}
		});
		return wrong;
	}

}
