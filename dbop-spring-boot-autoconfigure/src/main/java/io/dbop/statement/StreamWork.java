package io.dbop.statement;

import java.util.List;
import java.util.stream.Stream;

import io.dbop.pool.StatementParameter;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/**
 * The beginning of a stream as the work of a plan: what comes after the first answer is
 * between the stream and its reader.
 *
 * @param <T> the type of the rows
 */
final class StreamWork<T extends @Nullable Object> extends RequestWork {

	private final BoundStatement bound;

	private final RowMapper<T> mapper;

	StreamWork(StatementRequest request, BoundStatement bound, RowMapper<T> mapper) {
		super(request);
		this.bound = bound;
		this.mapper = mapper;
	}

	@Override
	@Nullable Object perform() {
		StatementTarget target = request().target();
		Stream<T> rows = target.streamsApart(request()) ? StreamTransaction.within(request(), this::rows)
				: rows(target.template());
		return new Opened<>(rows);
	}

	private Stream<T> rows(JdbcTemplate template) {
		Preparation preparation = new Preparation(request(), this.bound);
		return template.queryForStream(preparation, preparation::setParameters, this.mapper);
	}

	@Override
	public @Nullable List<StatementParameter> statementParameters() {
		return this.bound.parameters();
	}

	/**
	 * A stream whose statement has been executed.
	 *
	 * @param <T> the type of the rows
	 * @param rows the stream
	 */
	record Opened<T extends @Nullable Object>(Stream<T> rows) {
	}

}
