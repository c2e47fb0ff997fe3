package io.dbop.dialect;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Vitess, by way of its vtgate, as its documentation describes it. It passes the codes of
 * MySQL on. Never run by the tests of dbop.
 */
final class VitessDialect extends MySqlDialect {

	@Override
	public TransactionBoundaries transactions() {
		return TransactionBoundaries.JDBC;
	}

	@Override
	public String name() {
		return "vitess";
	}

	/** Its URLs are those of MySQL: it is found by its name, or live. */
	@Override
	public List<String> urlPrefixes() {
		return List.of();
	}

	@Override
	public boolean serves(DatabaseMetaData metaData) throws SQLException {
		return super.serves(metaData)
				&& String.valueOf(metaData.getDatabaseProductVersion()).toLowerCase(Locale.ROOT).contains("-vitess");
	}

	/** Any vtgate takes writes, and finds the primary of each shard. */
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
