package io.dbop.entity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

import org.springframework.util.CollectionUtils;

/**
 * Divides saves into those that can be one statement: of the same shape, no id twice. The
 * saves of one id stay in their order.
 */
final class Batches {

	/** Servers refuse statements beyond a size: by default that of MariaDB is 16 MiB. */
	private static final long MAX_SIZE = 2_000_000;

	private final Map<Group, List<Integer>> groups = new LinkedHashMap<>();

	private final List<EncodedRow> rows;

	Batches(List<EncodedRow> rows) {
		this.rows = rows;
		Map<String, Integer> rounds = CollectionUtils.newHashMap(rows.size());
		Group group = null;
		List<Integer> places = List.of();
		for (int i = 0; i < rows.size(); i++) {
			EncodedRow row = rows.get(i);
			int round = row.shape().fresh() ? 1 : rounds.merge(row.id(), 1, Integer::sum);
			if (group == null || group.round() != round || group.shape() != row.shape()) {
				group = new Group(round, row.shape());
				places = this.groups.computeIfAbsent(group, (key) -> new ArrayList<>());
			}
			places.add(i);
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
			// Whoever locks the same rows does so in the same order; an index grows
			// quicker.
			places.sort(Comparator.comparing((place) -> this.rows.get(place).id()));
			divide(places, maxRows.applyAsInt(group.shape()), statements);
		}
		return statements;
	}

	/** A row that is too large by itself is a statement by itself. */
	private void divide(List<Integer> places, int maxRows, List<List<Integer>> statements) {
		List<Integer> statement = new ArrayList<>();
		long size = 0;
		for (Integer place : places) {
			long row = this.rows.get(place).size();
			if (statement.size() == maxRows || (size + row > MAX_SIZE && !statement.isEmpty())) {
				statements.add(statement);
				statement = new ArrayList<>();
				size = 0;
			}
			statement.add(place);
			size += row;
		}
		statements.add(statement);
	}

	/** Whether statements would lock rows in another order than that of their ids. */
	boolean mixed() {
		return this.groups.keySet().stream().filter((group) -> group.round() == 1).count() > 1;
	}

	private record Group(int round, Shape shape) {
	}

}
