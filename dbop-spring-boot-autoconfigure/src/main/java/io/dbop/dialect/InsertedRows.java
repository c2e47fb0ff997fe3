package io.dbop.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;

import io.dbop.dialect.TableSql.Assignment;
import io.dbop.dialect.TableSql.Column;
import io.dbop.dialect.TableSql.Insert;
import org.jspecify.annotations.Nullable;

/**
 * Rows as databases without arrays are given them: {@code VALUES (?, ?), (?, ?)}. The
 * version of each is the first; that a history goes on with another one shows when the
 * history is written.
 */
final class InsertedRows {

	private InsertedRows() {
	}

	static String insert(Insert insert) {
		return "INSERT INTO " + insert.table() + " " + columns(insert) + " " + values(insert);
	}

	static String columns(Insert insert) {
		StringJoiner columns = new StringJoiner(", ", "(", ")").add(insert.version());
		insert.columns().forEach((column) -> columns.add(column.name()));
		return columns.toString();
	}

	static String values(Insert insert) {
		StringJoiner row = new StringJoiner(", ", "(", ")").add("1");
		insert.columns().forEach((column) -> row.add(column.marker()));
		String text = row.toString();
		StringBuilder rows = new StringBuilder("VALUES ").append(text);
		for (int i = 1; i < insert.rows(); i++) {
			rows.append(", ").append(text);
		}
		return rows.toString();
	}

	static String assignments(List<Assignment> updates) {
		return updates.stream()
			.map((each) -> each.column() + " = " + each.expression())
			.collect(Collectors.joining(", "));
	}

	static List<@Nullable Object> parameters(Insert insert, List<List<@Nullable Object>> rows) {
		List<@Nullable Object> parameters = new ArrayList<>(rows.size() * insert.columns().size());
		List<@Nullable Object> first = rows.get(0);
		for (List<@Nullable Object> row : rows) {
			for (int i = 0; i < row.size(); i++) {
				Column column = insert.columns().get(i);
				parameters.add((column.shared() ? first : row).get(i));
			}
		}
		return parameters;
	}

}
