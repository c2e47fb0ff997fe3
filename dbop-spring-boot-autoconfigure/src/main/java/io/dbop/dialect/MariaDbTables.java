package io.dbop.dialect;

import org.jspecify.annotations.Nullable;

/** Tables of MariaDB. */
final class MariaDbTables extends InnoDbTables {

	@Override
	String rowAlias() {
		return "";
	}

	@Override
	public String proposed(String column) {
		return "VALUES(" + column + ")";
	}

	@Override
	public String returning(String change, String columns) {
		return change + " RETURNING " + columns;
	}

	/**
	 * The driver sends the values of inserts alone and all at once, but each update by
	 * itself.
	 */
	@Override
	public boolean prefersBatches(Insert insert) {
		return insert.fresh();
	}

	/**
	 * Galera without a binary log of the node does not take back what a statement has
	 * written of more than {@code binlog_row_event_max_size}.
	 */
	@Override
	public @Nullable String failedRowsStay() {
		return """
				SELECT COUNT(*) FROM information_schema.global_variables
				WHERE variable_name = 'WSREP_ON' AND variable_value = 'ON' AND @@GLOBAL.log_bin = 0""";
	}

}
