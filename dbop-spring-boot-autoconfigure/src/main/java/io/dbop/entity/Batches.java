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

	private final Map<Group, List<Place>> groups = new LinkedHashMap<>();

	Batches(List<EncodedRow> rows) {
		Map<String, Integer> rounds = CollectionUtils.newHashMap(rows.size());
		Group group = null;
		List<Place> places = List.of();
		for (int i = 0; i < rows.size(); i++) {
			EncodedRow row = rows.get(i);
			int round = row.shape().fresh() ? 1 : rounds.merge(row.id(), 1, Integer::sum);
			if (group == null || group.round() != round || group.shape() != row.shape()) {
				group = new Group(round, row.shape());
				places = this.groups.computeIfAbsent(group, (key) -> new ArrayList<>());
			}
			places.add(new Place(i, row));
		}
	}

	/**
	 * The places of rows that are one statement, statement after statement.
	 * @param maxRows how many of a shape may be one
	 */
	List<List<Place>> statements(ToIntFunction<Shape> maxRows) {
		List<List<Place>> statements = new ArrayList<>();
		List<Group> ordered = new ArrayList<>(this.groups.keySet());
		ordered.sort((one, other) -> Integer.compare(one.round(), other.round()));
		for (Group group : ordered) {
			List<Place> places = new ArrayList<>(this.groups.getOrDefault(group, List.of()));
			// Whoever locks the same rows does so in the same order; an index grows
			// quicker.
			places.sort(Place.BY_ID);
			divide(places, maxRows.applyAsInt(group.shape()), statements);
		}
		return statements;
	}

	/** A row that is too large by itself is a statement by itself. */
	private static void divide(List<Place> places, int maxRows, List<List<Place>> statements) {
		List<Place> statement = new ArrayList<>();
		long size = 0;
		for (Place place : places) {
			long row = place.row().size();
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

	/**
	 * A row, and where it is among all.
	 *
	 * @param index the index
	 * @param row the row
	 */
	record Place(int index, EncodedRow row) {

		private static final Comparator<Place> BY_ID = (one, other) -> one.row.id().compareTo(other.row.id());

	}

	private record Group(int round, Shape shape) {
	}

}
