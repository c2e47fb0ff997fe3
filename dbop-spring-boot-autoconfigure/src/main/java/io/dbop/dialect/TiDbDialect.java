package io.dbop.dialect;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * TiDB, as its documentation describes it. Never run by the tests of dbop.
 */
final class TiDbDialect extends MySqlDialect {

	TiDbDialect() {
		super(TiDbErrors.TABLE);
	}

	@Override
	public TransactionBoundaries transactions() {
		return TransactionBoundaries.JDBC;
	}

	@Override
	public String name() {
		return "tidb";
	}

	/** Its URLs are those of MySQL: it is found by its name, or live. */
	@Override
	public List<String> urlPrefixes() {
		return List.of();
	}

	@Override
	public boolean serves(DatabaseMetaData metaData) throws SQLException {
		return super.serves(metaData) && String.valueOf(metaData.getDatabaseProductVersion()).contains("-TiDB-");
	}

	/** Any of its servers takes writes. */
	@Override
	public @Nullable String readOnlyServerSql() {
		return null;
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
