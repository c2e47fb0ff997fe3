package io.dbop.dialect;

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

}
