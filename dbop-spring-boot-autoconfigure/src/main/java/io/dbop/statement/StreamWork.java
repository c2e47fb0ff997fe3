package io.dbop.statement;

import java.sql.Connection;
import java.util.List;
import java.util.stream.Stream;

import io.dbop.pool.StatementParameter;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.support.JdbcUtils;

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
		Connection apart = (request().options().fetchSize() > 0) ? target.apart(request().dialect()) : null;
		JdbcTemplate template = (apart != null) ? target.template(apart) : target.template();
		Preparation preparation = new Preparation(request(), this.bound);
		try {
			Stream<T> rows = template.queryForStream(preparation, preparation::setParameters, this.mapper);
			return new Opened<>(
					rows.onClose(preparation::leaveAsFound).onClose(() -> JdbcUtils.closeConnection(apart)));
		}
		catch (RuntimeException | Error ex) {
			leaveAsFound(preparation, ex);
			JdbcUtils.closeConnection(apart);
			throw ex;
		}
	}

	private static void leaveAsFound(Preparation preparation, Throwable failure) {
		try {
			preparation.leaveAsFound();
		}
		catch (RuntimeException ex) {
			failure.addSuppressed(ex);
		}
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
