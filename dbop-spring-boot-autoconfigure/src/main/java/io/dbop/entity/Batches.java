package io.dbop.entity;

import java.util.ArrayList;
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

	Batches(List<EncodedRow> rows) {
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
			List<Integer> places = this.groups.getOrDefault(group, List.of());
			int max = maxRows.applyAsInt(group.shape());
			for (int from = 0; from < places.size(); from += max) {
				statements.add(places.subList(from, Math.min(places.size(), from + max)));
			}
		}
		return statements;
	}

	private record Group(int round, Shape shape) {
	}

}
