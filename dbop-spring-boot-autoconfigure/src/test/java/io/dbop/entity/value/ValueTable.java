package io.dbop.entity.value;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.stream.Stream;

import io.dbop.dialect.ColumnType;
import io.dbop.dialect.ColumnValues;
import io.dbop.dialect.Dialect;
import io.dbop.dialect.Dialects;
import io.dbop.test.DatabaseInstance;
import org.jspecify.annotations.Nullable;

/** A table with a column of each kind, and one for exact values. */
final class ValueTable implements AutoCloseable {

	private static final String FIELD = "a \"field\"";

	final Dialect dialect;

	final ColumnValues columns;

	final FieldValues values;

	final Connection connection;

	private int rows;

	ValueTable(DatabaseInstance instance) throws SQLException {
		this(Objects.requireNonNull(new Dialects(List.of()).findByUrl(instance.url())),
				instance.dataSource().getConnection());
	}

	private ValueTable(Dialect dialect, Connection connection) {
		this.dialect = dialect;
		this.columns = dialect.columns();
		this.values = new FieldValues(this.columns, List.of());
		this.connection = connection;
	}

	/** The same table, reached in another way. */
	ValueTable through(String url, DatabaseInstance instance) throws SQLException {
		return new ValueTable(this.dialect, DriverManager.getConnection(url, instance.username(), instance.password()));
	}

	void create() throws SQLException {
		StringJoiner definitions = new StringJoiner(", ", "create table held (row_id integer, ", ")");
		for (ColumnType type : ColumnType.values()) {
			definitions.add(column(type) + " " + this.columns.type(type));
		}
		definitions.add("exact " + this.columns.type(ColumnType.JSON));
		execute(definitions.toString());
	}

	static String column(ColumnType type) {
		return "c_" + type.name();
	}

	void execute(String sql, @Nullable Object... parameters) throws SQLException {
		try (PreparedStatement statement = prepare(sql, parameters)) {
			statement.executeUpdate();
		}
	}

	/** As the parameters of a statement are bound. */
	PreparedStatement prepare(String sql, @Nullable Object... parameters) throws SQLException {
		PreparedStatement statement = this.connection.prepareStatement(sql);
		for (int i = 0; i < parameters.length; i++) {
			Object value = parameters[i];
			statement.setObject(i + 1, (value != null) ? this.dialect.parameter(value) : null);
		}
		return statement;
	}

	/** Writes a value, and gives the number of its row. */
	int insert(FieldType type, @Nullable Object value) throws SQLException {
		Encoded encoded = this.values.encode(type, value);
		ColumnType column = type.column();
		String exact = (encoded.exact() != null) ? ExactValues.write(Map.of(FIELD, encoded.exact())) : null;
		execute("insert into held (row_id, %s, exact) values (%d, %s, %s)".formatted(column(column), ++this.rows,
				this.columns.marker(column), this.columns.marker(ColumnType.JSON)),
				(encoded.column() != null) ? this.columns.parameter(column, encoded.column()) : null, exact);
		return this.rows;
	}

	int insert(Object value) throws SQLException {
		return insert(Objects.requireNonNull(this.values.typeOf(value)), value);
	}

	@Nullable Object read(FieldType type, int row) throws SQLException {
		try (PreparedStatement statement = prepare(
				"select %s, exact from held where row_id = %d".formatted(column(type.column()), row));
				ResultSet result = statement.executeQuery()) {
			result.next();
			Object column = this.columns.read(result, 1, type.column());
			String exact = (String) this.columns.read(result, 2, ColumnType.JSON);
			return this.values.decode(type, column, ExactValues.parse(exact).of(FIELD));
		}
	}

	@Nullable Object readColumn(ColumnType type, int row) throws SQLException {
		try (PreparedStatement statement = prepare(
				"select %s from held where row_id = %d".formatted(column(type), row));
				ResultSet result = statement.executeQuery()) {
			result.next();
			return this.columns.read(result, 1, type);
		}
	}

	/** The numbers of the rows that a condition finds, or an order puts in a row. */
	List<Integer> rows(String rest, @Nullable Object... parameters) throws SQLException {
		try (PreparedStatement statement = prepare("select row_id from held " + rest,
				Stream.of(parameters).map(this.values::parameter).toArray());
				ResultSet result = statement.executeQuery()) {
			List<Integer> found = new ArrayList<>();
			while (result.next()) {
				found.add(result.getInt(1));
			}
			return found;
		}
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

}
