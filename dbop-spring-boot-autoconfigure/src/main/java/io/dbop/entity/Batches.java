package io.dbop.entity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Divides saves into those that can be one statement: of the same shape, no id twice. The
 * saves of one id stay in their order.
 */
final class Batches {

	private final Map<Group, List<Integer>> groups = new LinkedHashMap<>();

	private final List<EncodedRow> rows;

	Batches(List<EncodedRow> rows) {
		this.rows = rows;
		Map<String, Integer> rounds = new HashMap<>();
		for (int i = 0; i < rows.size(); i++) {
			EncodedRow row = rows.get(i);
			int round = rounds.merge(row.id(), 1, Integer::sum);
			this.groups.computeIfAbsent(new Group(round, row.shape()), (key) -> new ArrayList<>()).add(i);
		}
	}

	/**
	 * The places of rows that are one statement, statement after statement.
	 * @param maxRows how many of a shape may be one
	 */
	List<List<Integer>> statements(ToIntFunction<Shape> maxRows) {
		List<List<Integer>> statements = new ArrayList<>();
		List<Group> ordered = new ArrayList<>(this.groups.keySet());
		ordered.sort((one, other) -> Integer.compare(one.round(), other.round()));
		for (Group group : ordered) {
			List<Integer> places = new ArrayList<>(this.groups.getOrDefault(group, List.of()));
			// Whoever locks the same rows does so in the same order.
			places.sort(Comparator.comparing((place) -> this.rows.get(place).id()));
			int max = maxRows.applyAsInt(group.shape());
			for (int from = 0; from < places.size(); from += max) {
				statements.add(places.subList(from, Math.min(places.size(), from + max)));
			}
		}
		return statements;
	}

	/** Whether statements would lock rows in another order than that of their ids. */
	boolean mixed() {
		return this.groups.keySet().stream().filter((group) -> group.round() == 1).count() > 1;
	}

	private record Group(int round, Shape shape) {
	}

}
