package io.dbop.dialect;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;

import io.dbop.failure.Classification;
import io.dbop.failure.FailureKind;
import io.dbop.failure.Redo;
import org.jspecify.annotations.Nullable;

/**
 * YugabyteDB (YSQL), as its documentation describes it. Never run by the tests of dbop.
 */
final class YugabyteDialect extends PostgresDialect {

	@Override
	public String name() {
		return "yugabytedb";
	}

	/** Its URLs are those of PostgreSQL: it is found by its name, or live. */
	@Override
	public List<String> urlPrefixes() {
		return List.of();
	}

	@Override
	public boolean serves(DatabaseMetaData metaData) throws SQLException {
		return super.serves(metaData) && String.valueOf(metaData.getDatabaseProductVersion()).contains("-YB-");
	}

	/**
	 * A deadlock aborts the transaction. There is no replica to be taken for the primary:
	 * what is read-only is the transaction.
	 */
	@Override
	public @Nullable Classification classify(SQLException exception) {
		return switch (String.valueOf(exception.getSQLState())) {
			case "40P01" -> Classification.retryable(FailureKind.DEADLOCK, Redo.TRANSACTION);
			case "25006" -> Classification.never(FailureKind.PERMANENT);
			default -> super.classify(exception);
		};
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
