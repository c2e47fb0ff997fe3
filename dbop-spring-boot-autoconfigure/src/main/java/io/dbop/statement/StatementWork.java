package io.dbop.statement;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

import io.dbop.dialect.LimitedSql;
import io.dbop.dialect.SessionLimits;
import io.dbop.dialect.StatementLimits;
import io.dbop.pool.StatementParameter;
import org.jspecify.annotations.Nullable;

/**
 * A statement as the work of a plan: prepared, executed and read anew in each attempt.
 *
 * @param <R> the kind of result
 */
final class StatementWork<R extends @Nullable Object> extends RequestWork {

	private final BoundStatement bound;

	private final ResultAccess<R> access;

	StatementWork(StatementRequest request, BoundStatement bound, ResultAccess<R> access) {
		super(request);
		this.bound = bound;
		this.access = access;
	}

	@Override
	@Nullable Object perform() {
		Preparation preparation = new Preparation(request(), this.bound);
		return request().target().template().execute(preparation, (statement) -> execute(preparation, statement));
	}

	private R execute(Preparation preparation, PreparedStatement statement) throws SQLException {
		preparation.setParameters(statement);
		LimitedSql limited = preparation.limited();
		if (limited != null) {
			return among(statement, limited.resultsBefore());
		}
		StatementLimits limits = request().sessionLimits();
		return limits.isEmpty() ? this.access.only(statement) : withLimits(statement, limits);
	}

	private R among(PreparedStatement statement, int before) throws SQLException {
		boolean rows = statement.execute();
		for (int i = 0; i < before; i++) {
			rows = statement.getMoreResults();
		}
		return this.access.among(statement, rows);
	}

	private R withLimits(PreparedStatement statement, StatementLimits limits) throws SQLException {
		Connection connection = statement.getConnection();
		return SessionScope.within(request().target().pool(), connection, limits, () -> this.access.only(statement));
	}

	@Override
	public @Nullable List<StatementParameter> statementParameters() {
		return this.bound.parameters();
	}

}
