package io.dbop.pool;

import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;

/**
 * A prepared statement that tells the ledger of its thread what happens to it.
 *
 * @param <S> the kind of statement
 */
class RecordedPreparedStatement<S extends PreparedStatement> extends RecordedStatement<S>
		implements ExecutingPreparedStatement {

	private static final byte UNKNOWN = 0;

	private static final byte READS = 1;

	private static final byte WRITES = 2;

	private final String sql;

	private byte kind = UNKNOWN;

	RecordedPreparedStatement(RecordedConnection connection, S target, String sql) {
		super(connection, target);
		this.sql = sql;
	}

	@Override
	public final String sql() {
		return this.sql;
	}

	@Override
	final String batchSql() {
		return this.sql;
	}

	@Override
	final boolean batchMayCommit() {
		return mayCommit(this.sql);
	}

	/** MySQL's driver asks by executing it. */
	@Override
	public ResultSetMetaData getMetaData() throws SQLException {
		asking();
		return ExecutingPreparedStatement.super.getMetaData();
	}

	@Override
	public ParameterMetaData getParameterMetaData() throws SQLException {
		asking();
		return ExecutingPreparedStatement.super.getParameterMetaData();
	}

	@Override
	boolean readsOnly(String executed) {
		if (this.kind == UNKNOWN) {
			this.kind = super.readsOnly(this.sql) ? READS : WRITES;
		}
		return this.kind == READS;
	}

}
