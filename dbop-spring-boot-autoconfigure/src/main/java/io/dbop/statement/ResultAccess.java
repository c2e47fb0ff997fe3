package io.dbop.statement;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.ColumnMapRowMapper;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.RowMapperResultSetExtractor;
import org.springframework.jdbc.support.KeyHolder;

/**
 * Executes a prepared statement and takes its result. Some of them are sent as one of
 * several in a text, where JDBC wants another way to the result.
 *
 * @param <R> the kind of result
 */
interface ResultAccess<R extends @Nullable Object> {

	/** The usual way. */
	R only(PreparedStatement statement) throws SQLException;

	/** The result is that which the statement is at. */
	R among(PreparedStatement statement, boolean rows) throws SQLException;

	static <R extends @Nullable Object> ResultAccess<R> rows(ResultSetExtractor<R> extractor) {
		return new Rows<>(extractor);
	}

	static ResultAccess<Integer> count() {
		return new Count();
	}

	static ResultAccess<Integer> keys(KeyHolder keys) {
		return new Keys(keys);
	}

	/** Rows. */
	record Rows<R extends @Nullable Object>(ResultSetExtractor<R> extractor) implements ResultAccess<R> {

		@Override
		public R only(PreparedStatement statement) throws SQLException {
			try (ResultSet rows = statement.executeQuery()) {
				return this.extractor.extractData(rows);
			}
		}

		@Override
		public R among(PreparedStatement statement, boolean rows) throws SQLException {
			if (!rows) {
				throw new SQLException("The statement gives no rows. Run it by update().", "02000");
			}
			try (ResultSet result = statement.getResultSet()) {
				return this.extractor.extractData(result);
			}
		}

	}

	/** A number of rows. */
	record Count() implements ResultAccess<Integer> {

		@Override
		public Integer only(PreparedStatement statement) throws SQLException {
			return statement.executeUpdate();
		}

		@Override
		public Integer among(PreparedStatement statement, boolean rows) throws SQLException {
			if (rows) {
				throw new SQLException("The statement gives rows. Run it by query().", "0100E");
			}
			return statement.getUpdateCount();
		}

	}

	/** A number of rows, and the keys that the database has given. */
	record Keys(KeyHolder keys) implements ResultAccess<Integer> {

		@Override
		public Integer only(PreparedStatement statement) throws SQLException {
			int count = statement.executeUpdate();
			List<Map<String, @Nullable Object>> received = this.keys.getKeyList();
			received.clear();
			try (ResultSet rows = statement.getGeneratedKeys()) {
				if (rows != null) {
					received.addAll(new RowMapperResultSetExtractor<>(new ColumnMapRowMapper(), 1).extractData(rows));
				}
			}
			return count;
		}

		@Override
		public Integer among(PreparedStatement statement, boolean rows) {
			throw new UnsupportedOperationException("Keys come only from a statement that is sent by itself");
		}

	}

}
