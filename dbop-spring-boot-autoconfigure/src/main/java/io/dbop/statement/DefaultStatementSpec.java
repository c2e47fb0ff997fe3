package io.dbop.statement;

import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.dbop.sql.SqlStatement;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.support.DataAccessUtils;
import org.springframework.jdbc.core.ColumnMapRowMapper;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SingleColumnRowMapper;
import org.springframework.jdbc.core.SqlRowSetResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.jdbc.support.rowset.SqlRowSet;
import org.springframework.util.Assert;

/** A statement that is run by whoever asks for its result. */
final class DefaultStatementSpec extends StatementBuilder<StatementSpec> implements StatementSpec {

	private final StatementTarget target;

	private final SqlStatement statement;

	DefaultStatementSpec(StatementTarget target, SqlStatement statement) {
		this.target = target;
		this.statement = statement;
	}

	@Override
	StatementSpec self() {
		return this;
	}

	private Runs runs() {
		return new Runs(this.target, this.statement, this);
	}

	@Override
	public JdbcClient.ResultQuerySpec query() {
		return new ResultQuery(runs());
	}

	@Override
	public <T> JdbcClient.MappedQuerySpec<@Nullable T> query(Class<T> type) {
		Assert.notNull(type, "The type of the rows must not be null");
		return query(RowMappers.of(type));
	}

	@Override
	public <T extends @Nullable Object> JdbcClient.MappedQuerySpec<T> query(RowMapper<T> mapper) {
		Assert.notNull(mapper, "The row mapper must not be null");
		return new MappedQuery<>(runs(), mapper);
	}

	@Override
	public void query(RowCallbackHandler handler) {
		runs().extract((rows) -> handle(rows, handler));
	}

	private static boolean handle(ResultSet rows, RowCallbackHandler handler) throws java.sql.SQLException {
		boolean any = false;
		while (rows.next()) {
			handler.processRow(rows);
			any = true;
		}
		return any;
	}

	@Override
	public <T extends @Nullable Object> T query(ResultSetExtractor<T> extractor) {
		return runs().extract(extractor);
	}

	@Override
	public int update() {
		return runs().update();
	}

	@Override
	public int update(KeyHolder keys) {
		return runs().update(keys);
	}

	@Override
	public int update(KeyHolder keys, String... columns) {
		return runs().update(keys, columns);
	}

	@Override
	public BatchSpec batch(Collection<?> rows) {
		Assert.notNull(rows, "The rows of a batch must not be null");
		Runs runs = runs();
		List<Object> copy = new ArrayList<>(rows);
		return () -> runs.batch(runs.values(copy));
	}

	private record MappedQuery<T extends @Nullable Object>(Runs runs,
			RowMapper<T> mapper) implements JdbcClient.MappedQuerySpec<T> {

		@Override
		public Stream<T> stream() {
			return this.runs.stream(this.mapper);
		}

		@Override
		public List<T> list() {
			return this.runs.list(this.mapper);
		}

	}

	private record ResultQuery(Runs runs) implements JdbcClient.ResultQuerySpec {

		@Override
		public SqlRowSet rowSet() {
			return this.runs.extract(new SqlRowSetResultSetExtractor());
		}

		@Override
		public List<Map<String, @Nullable Object>> listOfRows() {
			return this.runs.list(new ColumnMapRowMapper());
		}

		@Override
		public Map<String, @Nullable Object> singleRow() {
			return DataAccessUtils.requiredSingleResult(listOfRows());
		}

		@Override
		public List<@Nullable Object> singleColumn() {
			return this.runs.list(new SingleColumnRowMapper<>());
		}

	}

}
