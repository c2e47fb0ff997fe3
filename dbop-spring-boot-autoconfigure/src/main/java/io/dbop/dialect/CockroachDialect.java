package io.dbop.dialect;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;

import io.dbop.failure.Classification;
import io.dbop.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * CockroachDB, as its documentation describes it. Never run by the tests of dbop.
 */
final class CockroachDialect extends PostgresDialect {

	@Override
	public String name() {
		return "cockroachdb";
	}

	/** Its URLs are those of PostgreSQL: it is found by its name, or live. */
	@Override
	public List<String> urlPrefixes() {
		return List.of();
	}

	@Override
	public boolean serves(DatabaseMetaData metaData) throws SQLException {
		return super.serves(metaData) && CockroachVersion.reported(metaData.getConnection());
	}

	/** Other words than PostgreSQL's tell a cancel from a timeout. */
	@Override
	public @Nullable Classification classify(SQLException exception) {
		boolean cancelled = "57014".equals(exception.getSQLState())
				&& !String.valueOf(exception.getMessage()).contains("timeout");
		return cancelled ? Classification.never(FailureKind.CANCELLED) : super.classify(exception);
	}

	@Override
	public @Nullable String connectionLimitsSql() {
		return null;
	}

	@Override
	public ColumnValues columns() {
		throw UntriedEntities.on(this);
	}

	@Override
	public TableSql tables() {
		throw UntriedEntities.on(this);
	}

}
